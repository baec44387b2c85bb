"""One account over HTTP, as far as our connector asks it: messages, the list of them, and files."""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from tresen.fakes.sales import By, Letter, Talk
from tresen.fakes.world import NotPossible, World

ACCOUNT, AUTH_TOKEN = "AC00000000000000000000000000000001", "invented-token-of-an-account"
NUMBER = "+4930000000001"
LONGEST = 1600
OPTED_OUT, NOT_A_NUMBER, TOO_LONG, TOO_MANY = 21610, 21211, 21617, 20429
_BASE = "/2010-04-01/Accounts/<account>"
_PATHS = Map(
    [
        Rule("/2010-04-01/Accounts/<account>.json", endpoint="account", methods=["GET"]),
        Rule(f"{_BASE}/Messages.json", endpoint="write", methods=["POST"]),
        Rule(f"{_BASE}/Messages.json", endpoint="list", methods=["GET"]),
        Rule(f"{_BASE}/Messages/<message>/Media/<name>", endpoint="file", methods=["GET"]),
    ]
)
type Json = dict[str, Any]


class Refusal(Exception):
    """Twilio does not take it. `code` is its own number of why."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def sid_of(letter: Letter) -> str:
    """A message's number, as Twilio makes them."""
    return f"SM{sha256(letter.id.encode()).hexdigest()[:32]}"


@dataclass(slots=True, kw_only=True)
class FakeTwilio:
    """An account with one number. The world's buyers are those who write: their keys are telephone numbers."""

    world: World
    name: str = "Birkenhof"
    account: str = ACCOUNT
    number: str = NUMBER
    title: str = "Twilio"
    status: str = "active"
    stopped: set[str] = field(default_factory=set)
    """Who has said STOP to Twilio: it refuses what would reach them."""
    media: dict[str, bytes] = field(default_factory=dict)
    sent: list[Mapping[str, str]] = field(default_factory=list)
    """Each form that was taken."""

    def answer(self, request: Request) -> Response:
        """What Twilio says."""
        pair = b64encode(f"{self.account}:{AUTH_TOKEN}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {pair}":
            return _wrong(20003, "Authenticate", status=401)
        try:
            name, values = _PATHS.bind_to_environ(request.environ).match()
            own = {part: value for part, value in values.items() if part != "account"}
            if values["account"] != self.account:
                return _wrong(20404, "The requested resource was not found", status=404)
            with self.world.alone():
                return _HANDLERS[name](self, request, **own)
        except HTTPException as missing:
            return _wrong(20404, "The requested resource was not found", status=missing.code or 404)
        except Refusal as refusal:
            return _wrong(refusal.code, str(refusal))
        except (NotPossible, ValueError, KeyError) as not_done:
            return _wrong(20001, str(not_done))

    def too_many(self) -> Response:
        """Its 429."""
        return _wrong(TOO_MANY, "Too Many Requests", status=429)

    def broken(self) -> Response:
        """Its own fault."""
        return _wrong(20500, "Internal Server Error", status=500)

    def talk_with(self, number: str) -> Talk:
        """The conversation with a number. Raises Refusal."""
        found = next((talk for talk in self.world.talks.values() if talk.buyer.key == number), None)
        if found is None:
            raise Refusal(NOT_A_NUMBER, f"Invalid 'To' Phone Number: {number}")
        return found


def _account(fake: FakeTwilio, _request: Request) -> Response:
    return _said({"sid": fake.account, "friendly_name": fake.name, "status": fake.status, "type": "Full"})


def _write(fake: FakeTwilio, request: Request) -> Response:
    form = request.form.to_dict()
    to, text = form["To"], form["Body"]
    if form.get("From") != fake.number and "MessagingServiceSid" not in form:
        raise Refusal(21606, "The 'From' phone number provided is not a valid message-capable Twilio phone number.")
    if to in fake.stopped:
        raise Refusal(OPTED_OUT, "Attempt to send to unsubscribed recipient")
    if len(text) > LONGEST:
        raise Refusal(TOO_LONG, "The concatenated message body exceeds the 1600 character limit")
    letter = fake.world.write(fake.talk_with(to).id, by=By.SELLER, text=text)
    fake.sent.append(form)
    return _said(_told(fake, letter, to=to), status=201)


def _list(fake: FakeTwilio, request: Request) -> Response:
    to = request.args["To"]
    ours = [one for one in fake.talk_with(to).letters if one.by is By.SELLER]
    return _said({"messages": [_told(fake, one, to=to) for one in reversed(ours)], "next_page_uri": None})


def _file(fake: FakeTwilio, _request: Request, *, message: str, name: str) -> Response:
    del message
    return Response(fake.media[name]) if name in fake.media else Response(status=404)


def _told(fake: FakeTwilio, letter: Letter, *, to: str) -> Json:
    at = format_datetime(letter.at)
    return {
        "sid": sid_of(letter),
        "account_sid": fake.account,
        "body": letter.text,
        "from": fake.number,
        "to": to,
        "direction": "outbound-api",
        "status": "queued",
        "date_created": at,
        "date_updated": at,
        "date_sent": None,
        "num_media": "0",
        "num_segments": "1",
        "error_code": None,
        "error_message": None,
    }


def _said(body: Json, *, status: int = 200) -> Response:
    return Response(json.dumps(body), status=status, mimetype="application/json")


def _wrong(code: int, sentence: str, *, status: int = 400) -> Response:
    return _said({"code": code, "message": sentence, "status": status}, status=status)


_HANDLERS: Mapping[str, Callable[..., Response]] = {"account": _account, "write": _write, "list": _list, "file": _file}
