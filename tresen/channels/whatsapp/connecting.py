"""How a number is let in: the seller's app at Meta, the number's id, its business account, and a token."""

import msgspec

from tresen.channels.connections import Connected, Connection, SetupStep
from tresen.channels.feeds import Stopped
from tresen.channels.meta.account import ACCESS_TOKEN, ACCOUNT, BUSINESS, WHATSAPP
from tresen.channels.meta.asking import meant, own, part, read, request
from tresen.channels.meta.connecting import APP_STEP, DIGITS, ELSEWHERE_STEP, NUMBER, prove, webhook_step
from tresen.channels.meta.ending import NOT_VALID, term_of
from tresen.channels.outbound import StoreAccess
from tresen.channels.setup_fields import SetupField

NOT_TOLD = "The business account does not tell this app of messages yet: subscribe the app to it at Meta."


class _Known(msgspec.Struct, frozen=True):
    verified_name: str = ""
    display_phone_number: str = ""


class _App(msgspec.Struct, frozen=True):
    whatsapp_business_api_data: object = None


class _Apps(msgspec.Struct, frozen=True):
    data: list[_App]


def test(access: StoreAccess) -> Connected | Stopped:
    """Ask for the number and its name, and whether the account tells an app."""
    known = read(access, _Known, request(access, WHATSAPP, "GET", own(access)))
    if isinstance(known, Stopped):
        return known
    apps = read(access, _Apps, request(access, WHATSAPP, "GET", f"{part(access.setting(BUSINESS))}/subscribed_apps"))
    told = isinstance(apps, _Apps) and bool(apps.data)
    name = " ".join(part for part in (known.verified_name, known.display_phone_number) if part)
    return Connected(account=name, lacks=() if told else (NOT_TOLD,))


CONNECTION = Connection(
    steps=(
        APP_STEP,
        SetupStep(
            text="Choose WhatsApp, API setup. Paste the number’s id, the id of the WhatsApp Business Account that "
            "stands beside it, and a token of a system user, which does not end (Business settings, System users), "
            "with the permissions whatsapp_business_messaging and whatsapp_business_management.",
            fields=(
                SetupField(name=ACCOUNT, label="Phone number ID", pattern=DIGITS, unfit=NUMBER),
                SetupField(name=BUSINESS, label="WhatsApp Business Account ID", pattern=DIGITS, unfit=NUMBER),
                SetupField(name=ACCESS_TOKEN, label="Access token", kind="secret"),
            ),
        ),
        webhook_step(
            "Make up a word for Meta’s question whether the address below is yours, the same for all stores of this "
            "app. Connect first. Then enter address and word at Meta, WhatsApp, Configuration, and subscribe to the "
            "fields that the page about webhooks names."
        ),
        ELSEWHERE_STEP,
    ),
    prove=prove,
    test=test,
    meant=meant,
    terms=(term_of(WHATSAPP),),
    says=(NOT_TOLD, NOT_VALID),
    allowances={"sending": "Answers", "reading": "All other requests"},
)
