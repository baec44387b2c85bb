"""How a Twilio account is let in: its number and its token, which also signs what Twilio posts."""

from base64 import b64encode
from dataclasses import replace

import msgspec

from tresen.channels.answered import to_reader
from tresen.channels.connections import Connected, Connection, SetupStep
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpRequest
from tresen.channels.outbound import StoreAccess
from tresen.channels.setup_fields import SetupField
from tresen.channels.sms.asking import ACCOUNT, ADDRESS, READING, SERVICE, request
from tresen.channels.sms.quiet import PATTERN, SETTING
from tresen.channels.sms.sending import MORE_PAGES, SAID_STOP
from tresen.channels.sms.signing import AUTH_TOKEN, ENTERED
from tresen.channels.typed_json import NotAsDocumented, read_json

NOT_ACTIVE = "The account is not active at Twilio: nothing can leave."
NOT_TOLD_BACK = "This installation has no address with https:// yet: Twilio can’t tell what became of answers."


class _Account(msgspec.Struct, frozen=True):
    friendly_name: str | None = None
    status: str | None = None


def prove(asked: HttpRequest, access: StoreAccess, _token: str) -> HttpRequest:
    """The request with the account and its token (HTTP Basic)."""
    pair = f"{access.setting(ACCOUNT)}:{access.secret(AUTH_TOKEN)}"
    return replace(asked, headers={**asked.headers, "Authorization": f"Basic {b64encode(pair.encode()).decode()}"})


def test(access: StoreAccess) -> Connected | Stopped:
    """Ask for the account's name, and whether it may do anything."""
    answer = to_reader(access.http.send(request(access, "GET", ".json", allowance=READING)))
    if isinstance(answer, Stopped):
        return answer
    try:
        account = read_json(answer.body, _Account)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    lacks = [] if account.status == "active" else [NOT_ACTIVE]
    if not access.webhook.startswith("https://"):
        lacks.append(NOT_TOLD_BACK)
    return Connected(account=account.friendly_name or access.setting(ACCOUNT), lacks=tuple(lacks))


CONNECTION = Connection(
    steps=(
        SetupStep(
            text="Open the first page of Twilio’s Console. Paste the Account SID and the Auth Token that stand there "
            "under Account Info: the primary token, for Twilio signs with it.",
            address="https://console.twilio.com/",
            fields=(
                SetupField(
                    name=ACCOUNT,
                    label="Account SID",
                    pattern=r"AC[0-9a-f]{32}",
                    unfit="AC and 32 more characters, as Twilio shows it.",
                ),
                SetupField(name=AUTH_TOKEN, label="Auth Token", kind="secret"),
            ),
        ),
        SetupStep(
            text="Where your numbers are in a Messaging Service, paste its SID: answers leave through it, from the "
            "number that was written to.",
            fields=(
                SetupField(
                    name=SERVICE,
                    label="Messaging Service SID",
                    required=False,
                    pattern=r"MG[0-9a-f]{32}",
                    unfit="MG and 32 more characters, as Twilio shows it.",
                ),
            ),
        ),
        SetupStep(
            text=ENTERED,
            needs_webhook=True,
        ),
        SetupStep(
            text="Say when nothing leaves by itself: by the clock of the place that a number belongs to.",
            fields=(
                SetupField(
                    name=SETTING,
                    label="Quiet hours",
                    required=False,
                    help_text="Empty: 21:00-08:00. 0: none. A person’s answer to who has just written leaves at once.",
                    pattern=PATTERN,
                    unfit="From and until another time, as 21:00-08:00; or 0 for none.",
                ),
            ),
        ),
        SetupStep(
            text="Leave this empty, unless you try with something that stands for Twilio.",
            fields=(
                SetupField(
                    name=ADDRESS,
                    label="Address of the interface",
                    kind="url",
                    required=False,
                    help_text="Only where it is not the usual one.",
                ),
            ),
        ),
    ),
    prove=prove,
    test=test,
    says=(NOT_ACTIVE, NOT_TOLD_BACK, SAID_STOP, MORE_PAGES),
    allowances={"sending": "Answers", "files": "Files", "reading": "All other requests"},
)
