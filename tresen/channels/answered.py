"""What an outcome of HTTP means to who asked: to a reader, who may ask again, and to a sender, who may not."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from tresen.channels.feeds import Stopped
from tresen.channels.http import HeldBack, HttpOutcome, HttpResponse, Unanswered, Unreached
from tresen.channels.outbound import Later, Refused, Uncertain

LATER = timedelta(minutes=1)
AFTER_A_FAULT = timedelta(minutes=15)
"""We ask wrongly, or for what we may not: nothing changes by itself soon."""
_WORDS = 300
UNTIL_A_RIGHT_IS_GIVEN = timedelta(hours=6)


def to_reader(outcome: HttpOutcome) -> HttpResponse | Stopped:
    """The answer, where it is one of success; else why not, and when to ask again."""
    match outcome:
        case HttpResponse() if outcome.status < HTTPStatus.MULTIPLE_CHOICES:
            return outcome
        case HttpResponse():
            return _not_read(outcome)
        case HeldBack():
            return Stopped(reason=outcome.reason, after=outcome.after, held=True)
        case Unreached() | Unanswered():
            return Stopped(reason=outcome.reason, after=LATER)


def _not_read(answer: HttpResponse) -> Stopped:
    """What is forbidden is so for want of a role or scope: signing in again helps nobody, and the rest may do well."""
    match answer.status:
        case HTTPStatus.TOO_MANY_REQUESTS:  # told in the body of an answer of success: else nobody sees it here
            return Stopped(reason=words(answer), after=LATER, held=True)
        case HTTPStatus.FORBIDDEN:
            return Stopped(reason=words(answer), after=UNTIL_A_RIGHT_IS_GIVEN, lacks=True)
        case HTTPStatus.UNAUTHORIZED:
            return Stopped(reason=words(answer), after=AFTER_A_FAULT, reconnect=True)
        case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Stopped(reason=words(answer), after=LATER)
        case _:
            return Stopped(reason=words(answer), after=AFTER_A_FAULT)


def to_sender(outcome: HttpOutcome) -> HttpResponse | Later | Refused | Uncertain:
    """The answer, where it is one of success; else what became of what was sent."""
    match outcome:
        case HttpResponse():
            return outcome if outcome.status < HTTPStatus.MULTIPLE_CHOICES else _not_taken(outcome)
        case HeldBack():
            return Later(after=outcome.after, reason=outcome.reason, held=True)
        case Unreached():
            return Later(after=LATER, reason=outcome.reason)
        case Unanswered():
            return Uncertain(reason=outcome.reason)


def words(answer: HttpResponse) -> str:
    """What the platform said, cut to a length that can be shown."""
    return f"{answer.status} {' '.join(answer.body[:2000].decode('utf-8', 'replace').split())}"[:_WORDS].strip()


def answered_at(answer: HttpResponse, *, now: datetime) -> datetime:
    """The platform's time of its answer; `now` where it tells none."""
    try:
        return min(parsedate_to_datetime(answer.headers.get("date", "")).astimezone(UTC), now)
    except (ValueError, TypeError, OverflowError):
        return now


def _not_taken(answer: HttpResponse) -> Later | Refused | Uncertain:
    """Of errors on the platform's side only 503 says that nothing was taken; 429 does, too."""
    match answer.status:
        case HTTPStatus.SERVICE_UNAVAILABLE | HTTPStatus.TOO_MANY_REQUESTS:
            return Later(after=LATER, reason=words(answer))
        case HTTPStatus.UNAUTHORIZED:
            return Later(after=AFTER_A_FAULT, reason=words(answer))
        case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Uncertain(reason=words(answer))
        case _:
            return Refused(reason=words(answer))
