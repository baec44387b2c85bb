"""Answers: one message from the number that was written to. Twilio takes it, and tells later what became of it.

It takes no key of ours. Whether it took a message whose answer was lost is read from its list: by the two numbers and
the words, and not by the day it was sent, for what still waits in its queue has none.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import msgspec

from tresen.channels.answered import LATER, answered_at, to_reader, to_sender
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpOutcome, HttpResponse
from tresen.channels.outbound import Later, OutboundMessage, Refused, SendResult, Sent, StoreAccess, Uncertain
from tresen.channels.sms.asking import READING, SENDING, SERVICE, Told, request
from tresen.channels.sms.numbers import pair_in
from tresen.channels.typed_json import NotAsDocumented, read_json
from tresen.timekeeping import wall

LONGEST = 1600
OPTED_OUT, TOO_MANY = 21610, 20429
SAID_STOP = "This number has said STOP to Twilio: nothing reaches it before it sends START."
MORE_PAGES = "There are more messages to this number than Twilio lists at once: look there."
PAGE = "1000"
AMONG_CLOCKS = timedelta(minutes=2)
"""So far may Twilio's clock and ours be apart."""


class _Wrong(msgspec.Struct, frozen=True):
    code: int = 0


class _List(msgspec.Struct, frozen=True):
    messages: list[Told]
    next_page_uri: str | None = None


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One message."""
    pair = pair_in(message.thread)
    if pair is None:
        return Refused(reason="This conversation is none of this channel’s: answer it where it came from.")
    ours, theirs = pair
    form = [("To", theirs), ("From", ours), ("Body", message.text)]
    if service := access.setting(SERVICE):
        form.append(("MessagingServiceSid", service))
    if access.webhook.startswith("https://"):
        form.append(("StatusCallback", access.webhook))
    asked = request(access, "POST", "/Messages.json", allowance=SENDING, form=form)
    answer = _taken(access.http.send(asked))
    if not isinstance(answer, HttpResponse):
        return answer
    try:
        told = read_json(answer.body, Told)
    except NotAsDocumented as wrong:
        return Uncertain(reason=str(wrong))
    # Queued is not arrived: what Twilio tells later may take it back.
    return Sent(external_id=told.sid, at=answered_at(answer, now=wall.now()), provisional=True)


def find_sent(message: OutboundMessage, access: StoreAccess) -> Sent | Stopped | None:
    """The message with these words between these numbers, taken since it was first tried."""
    pair = pair_in(message.thread)
    if pair is None:
        return None
    query = (("To", pair[1]), ("From", pair[0]), ("PageSize", PAGE))
    answer = to_reader(access.http.send(request(access, "GET", "/Messages.json", allowance=READING, query=query)))
    if isinstance(answer, Stopped):
        return answer
    try:
        told = read_json(answer.body, _List)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    for one in told.messages:
        at = _moment(one.date_created)
        late_enough = at is not None and (message.since is None or at >= message.since - AMONG_CLOCKS)
        if at is not None and late_enough and _words(one.body) == _words(message.text):
            return Sent(external_id=one.sid, at=at, provisional=True)
    # On another page it may stand: "not there" would be a guess.
    return Stopped(reason=MORE_PAGES) if told.next_page_uri else None


def _taken(outcome: HttpOutcome) -> HttpResponse | Later | Refused | Uncertain:
    code = _code(outcome)
    if code == OPTED_OUT:
        return Refused(reason=SAID_STOP)
    if code == TOO_MANY:
        return Later(after=LATER, reason=str(TOO_MANY))
    return to_sender(outcome)


def _code(outcome: HttpOutcome) -> int:
    """Twilio's own number of what is wrong; 0 where it names none."""
    if not isinstance(outcome, HttpResponse):
        return 0
    try:
        return read_json(outcome.body, _Wrong).code
    except NotAsDocumented:
        return 0


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


def _moment(told: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(told or "").astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
