"""How a page or account is let in: an app of the seller's at Meta, one for all of them, and a token of each."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import msgspec

from tresen.channels.connections import Connected, Connection, SetupStep
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpRequest
from tresen.channels.meta.account import (
    ACCESS_TOKEN,
    ACCOUNT,
    APP,
    APP_SECRET,
    FACEBOOK,
    INSTAGRAM,
    VERIFY_TOKEN,
    Account,
)
from tresen.channels.meta.asking import meant, own, read, request
from tresen.channels.meta.ending import NOT_VALID, term_of
from tresen.channels.meta.renewing import NO_TOKEN, OF_INSTAGRAM
from tresen.channels.outbound import StoreAccess
from tresen.channels.setup_fields import SetupField

NOT_TOLD = "It does not tell this app of messages yet: subscribe the app to it at Meta, step 3."
DIGITS, NUMBER = r"\d{3,25}", "A number, as Meta shows it."
TOKENS = {
    FACEBOOK.object: "Choose Messenger, API setup. Add the page, and choose Generate token beside it. Paste the page’s "
    "number and its token here.",
    INSTAGRAM.object: "Choose Instagram, API setup with Instagram login. Add the account, and choose Generate token "
    "beside it. Paste the account’s number and its token here.",
}


class _Known(msgspec.Struct, frozen=True):
    name: str = ""
    username: str = ""


class _Subscribed(msgspec.Struct, frozen=True):
    id: str = ""
    subscribed_fields: Sequence[str] = ()


class _AllSubscribed(msgspec.Struct, frozen=True):
    data: Sequence[_Subscribed]


def prove(asked: HttpRequest, access: StoreAccess, _token: str) -> HttpRequest:
    """The request with the page's or account's own token."""
    return replace(asked, headers={**asked.headers, "Authorization": f"Bearer {access.secret(ACCESS_TOKEN)}"})


def _test_of(of: Account) -> Callable[[StoreAccess], Connected | Stopped]:
    def test(access: StoreAccess) -> Connected | Stopped:
        """Ask for its name, and whether it tells our app."""
        known = read(access, _Known, request(access, of, "GET", own(access), ("fields", of.name)))
        if isinstance(known, Stopped):
            return known
        apps = read(access, _AllSubscribed, request(access, of, "GET", f"{own(access)}/subscribed_apps"))
        told = isinstance(apps, _AllSubscribed) and any("messages" in one.subscribed_fields for one in apps.data)
        return Connected(account=known.name or known.username, lacks=() if told else (NOT_TOLD,))

    return test


APP_FIELDS = (
    SetupField(name=APP, label="App ID", pattern=DIGITS, unfit=NUMBER),
    SetupField(name=APP_SECRET, label="App secret", kind="secret"),
)
APP_STEP = SetupStep(
    text="At Meta’s pages for developers create an app of the kind Business, or open the one that you "
    "have: one app serves all pages and accounts. Open App settings, Basic, and paste its number and "
    "secret here.",
    address="https://developers.facebook.com/apps/",
    fields=APP_FIELDS,
)
INSTAGRAMS_APP_STEP = SetupStep(
    text="At Meta’s pages for developers create an app of the kind Business, or open the one that you have: one app "
    "serves all accounts. Choose Instagram, API setup with Instagram login, and paste the app ID and the app secret "
    "that stand there. They are Instagram’s own: those of App settings, Basic, do not fit.",
    address=APP_STEP.address,
    fields=APP_FIELDS,
)
WEBHOOK = (
    "Make up a word for Meta’s question whether the address below is yours, the same for all stores of this app. "
    "Connect first. Then enter address and word at Meta, Webhooks, and subscribe to the fields that the page about "
    "webhooks names."
)


def webhook_step(text: str) -> SetupStep:
    """The word that Meta asks for, and where address and word are entered."""
    return SetupStep(
        text=text,
        needs_webhook=True,
        fields=(
            SetupField(
                name=VERIFY_TOKEN,
                label="Verify token",
                kind="secret",
                help_text="Enter the same word at Meta, beside the address. It can be read here later, too.",
                readable=True,
            ),
        ),
    )


ELSEWHERE_STEP = SetupStep(
    text="Leave this empty, unless you try with something that stands for Meta.",
    fields=(
        SetupField(
            name="address",
            label="Address of the interface",
            kind="url",
            required=False,
            help_text="Only where it is not the usual one.",
        ),
    ),
)


def _own(of: Account) -> SetupStep:
    return SetupStep(
        text=TOKENS[of.object],
        fields=(
            SetupField(
                name=ACCOUNT,
                label="Page ID" if of is FACEBOOK else "Account ID",
                pattern=DIGITS,
                unfit=NUMBER,
            ),
            SetupField(name=ACCESS_TOKEN, label="Access token", kind="secret"),
        ),
    )


def connection(of: Account) -> Connection:
    """What an administrator does at Meta."""
    return Connection(
        steps=(INSTAGRAMS_APP_STEP if of is INSTAGRAM else APP_STEP, _own(of), webhook_step(WEBHOOK), ELSEWHERE_STEP),
        prove=prove,
        test=_test_of(of),
        meant=meant,
        terms=(OF_INSTAGRAM if of is INSTAGRAM else term_of(of),),
        says=(NOT_TOLD, NO_TOKEN if of is INSTAGRAM else NOT_VALID),
        allowances={
            "sending": "Answers",
            "reading": "Conversations",
            "private replies": "Answers to comments’ writers alone",
            "files": "Files",
        },
    )
