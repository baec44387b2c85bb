"""Which of our replies did not arrive though no clock asks for them, and still want a person. Pure.

One came back too late to take its acceptance back; another only followed an answer that had arrived. The clocks stand
as they were met; but the buyer got nothing, and nobody else would say so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeGuard

from tresen.channels.contract import Author
from tresen.clock.story import takes_back
from tresen.tickets import events as e
from tresen.tickets.recorded import RecordedEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class NotArrived:
    """A reply that did not arrive, by its message. `since`: when it failed last; `sequence`: of that event."""

    message: int
    conversation: int
    answers_up_to: int
    since: datetime
    sequence: int


def not_arrived(history: Sequence[RecordedEvent]) -> list[NotArrived]:
    """The replies in a ticket's history that failed and that no clock asks for, the oldest first.

    Not those sent again, answered anew in their conversation or there itself, waived, or dismissed since they failed.
    """
    if not any(isinstance(entry.event, e.ReplyBounced | e.ReplyRefused) for entry in history):
        return []
    failed = [one for one in _failed(history) if _accepted_for_good(one.message, history) or _followed(one, history)]
    return [
        one
        for one in failed
        if not any(_settles(entry, one, history) for entry in history if entry.sequence > one.sequence)
    ]


def _failed(history: Sequence[RecordedEvent]) -> Iterator[NotArrived]:
    """The replies that have not arrived and are not on their way."""
    # One that several read is queued for each of them: it stands with the first.
    queued = {entry.event.message: entry.event for entry in reversed(history) if isinstance(entry.event, e.ReplyQueued)}
    queued = dict(reversed(queued.items()))
    for message, reply in queued.items():
        last = _last(message, history)
        if isinstance(last.event, _FAILURES):
            yield NotArrived(
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


def _followed(failed: NotArrived, history: Sequence[RecordedEvent]) -> bool:
    """Whether all that the reply answers had been answered or waived when it was written, or nothing had been asked."""
    if isinstance(_last(failed.message, history).event, e.ReplyWithdrawn):
        return False
    begun = next(
        entry.sequence
        for entry in history
        if isinstance(entry.event, e.ReplyQueued) and entry.event.message == failed.message
    )
    before = [entry for entry in history if entry.sequence < begun]
    asked = [entry.event.message for entry in before if _asks(entry.event, failed)]
    return not asked or any(_had_done(entry, failed.conversation, max(asked), history) for entry in before)


def _asks(event: e.Event, failed: NotArrived) -> TypeGuard[e.MessageReceived]:
    return (
        isinstance(event, e.MessageReceived)
        and event.conversation == failed.conversation
        and event.expects_answer
        and event.message <= failed.answers_up_to
    )


def _had_done(entry: RecordedEvent, conversation: int, asked: int, history: Sequence[RecordedEvent]) -> bool:
    """Whether this answered or waived the message `asked`, and stands."""
    event = entry.event
    if isinstance(event, e.ReplyQueued):
        arrived = isinstance(_last(event.message, history).event, e.ReplyAccepted)
        return event.conversation == conversation and event.answers_up_to >= asked and arrived
    if isinstance(event, e.AnsweredElsewhere):
        return event.conversation == conversation and event.message > asked
    if isinstance(event, e.ResponseWaived):
        return event.conversation == conversation and event.up_to >= asked and not _taken_back(entry, history)
    return False


def _settles(entry: RecordedEvent, failed: NotArrived, history: Sequence[RecordedEvent]) -> bool:
    """Whether this, which was recorded after the failure, leaves nothing to do about it."""
    match entry.event:
        case e.ReplyQueued(message=other, conversation=failed.conversation, author=Author.PERSON):
            return not isinstance(_last(other, history).event, _FAILURES)
        case e.AnsweredElsewhere(conversation=failed.conversation):
            return entry.occurred_at >= failed.since
        case e.ResponseWaived(conversation=failed.conversation, up_to=up_to):
            return up_to >= failed.answers_up_to and not _taken_back(entry, history)
        case e.FailureDismissed(messages=messages):
            return failed.message in messages and not _taken_back(entry, history)
        case _:
            return False


def _taken_back(said: RecordedEvent, history: Sequence[RecordedEvent]) -> bool:
    return any(
        isinstance(entry.event, e.WaiverTakenBack) and entry.event.said_at == said.occurred_at for entry in history
    )
