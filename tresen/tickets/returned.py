"""Which of our replies came back too late to take their acceptance back, and still want a person. Pure.

The clocks stand as they were met; but the buyer got nothing, and nobody else would say so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tresen.channels.contract import Author
from tresen.clock.story import takes_back
from tresen.tickets import events as e
from tresen.tickets.recorded import RecordedEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """A reply that did not arrive, by its message. `since`: when it failed last; `sequence`: of that event."""

    message: int
    conversation: int
    answers_up_to: int
    since: datetime
    sequence: int


def came_back_late(history: Sequence[RecordedEvent]) -> list[CameBack]:
    """The replies in a ticket's history that bounced after their clocks had stopped for good, the oldest first.

    Not those sent again, answered anew in their conversation or there itself, waived, or dismissed since they failed.
    """
    if not any(type(entry.event) is e.ReplyBounced for entry in history):
        return []
    failed = [one for one in _failed(history) if _accepted_for_good(one.message, history)]
    return [
        one
        for one in failed
        if not any(_settles(entry, one, history) for entry in history if entry.sequence > one.sequence)
    ]


def _failed(history: Sequence[RecordedEvent]) -> Iterator[CameBack]:
    """The replies that have not arrived and are not on their way."""
    queued = {entry.event.message: entry.event for entry in history if isinstance(entry.event, e.ReplyQueued)}
    for message, reply in queued.items():
        last = _last(message, history)
        if isinstance(last.event, _FAILURES):
            yield CameBack(
                message=message,
                conversation=reply.conversation,
                answers_up_to=reply.answers_up_to,
                since=last.occurred_at,
                sequence=last.sequence,
            )


def _last(message: int, history: Sequence[RecordedEvent]) -> RecordedEvent:
    """What became of a reply, as far as it was recorded."""
    return next(
        entry
        for entry in reversed(history)
        if isinstance(entry.event, _FAILURES | _HOPES) and entry.event.message == message
    )


_FAILURES = e.ReplyBounced | e.ReplyRefused | e.ReplyWithdrawn
_HOPES = e.ReplyQueued | e.ReplyResent | e.ReplyAccepted | e.ReplyUncertain


def _accepted_for_good(message: int, history: Sequence[RecordedEvent]) -> bool:
    """Whether the clocks count an acceptance of this reply although it came back after it."""
    bounces = [
        entry.occurred_at
        for entry in history
        if isinstance(entry.event, e.ReplyBounced) and entry.event.message == message
    ]
    accepted = [
        (entry.occurred_at, entry.event.provisional_until)
        for entry in history
        if isinstance(entry.event, e.ReplyAccepted) and entry.event.message == message
    ]
    return any(
        any(bounced >= at for bounced in bounces)
        and not any(takes_back(bounced, accepted_at=at, provisional_until=until) for bounced in bounces)
        for at, until in accepted
    )


def _settles(entry: RecordedEvent, failed: CameBack, history: Sequence[RecordedEvent]) -> bool:
    """Whether this, which was recorded after the failure, leaves nothing to do about it."""
    match entry.event:
        case e.ReplyQueued(message=other, conversation=failed.conversation, author=Author.PERSON):
            return not isinstance(_last(other, history).event, _FAILURES)
        case e.AnsweredElsewhere(conversation=failed.conversation):
            return entry.occurred_at >= failed.since
        case e.ResponseWaived(conversation=failed.conversation, up_to=up_to):
            return up_to >= failed.answers_up_to and not _taken_back(entry, history)
        case e.BounceDismissed(messages=messages):
            return failed.message in messages and not _taken_back(entry, history)
        case _:
            return False


def _taken_back(said: RecordedEvent, history: Sequence[RecordedEvent]) -> bool:
    return any(
        isinstance(entry.event, e.WaiverTakenBack) and entry.event.said_at == said.occurred_at for entry in history
    )
