"""What a ticket's questions to partners have come to, folded from its events. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from tresen.tickets import events as e
from tresen.tickets.recorded import RecordedEvent

NOT_SENT = e.Key("not_sent")
"""Why a question is over whose mail was taken back before it left."""


class QuestionState(StrEnum):
    """Whether we wait."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class QuestionNow(msgspec.Struct, frozen=True, kw_only=True):
    """How a question stands. `messages` are our mails, `answers` the partner's; `since`: when it was asked last.

    `unread_since`: when the first answer came that nobody has read; None where all were.
    """

    question: int
    conversation: int
    messages: tuple[int, ...]
    promise: int
    asked_at: datetime
    since: datetime
    state: QuestionState = QuestionState.OPEN
    answers: tuple[int, ...] = ()
    unread_since: datetime | None = None
    reason: str = ""


type Questions = Mapping[int, QuestionNow]


def questions_in(history: Iterable[RecordedEvent]) -> Questions:
    """The questions of one ticket by their numbers, in the order in which they were asked."""
    found: dict[int, QuestionNow] = {}
    before: dict[int, QuestionNow] = {}
    for entry in history:
        match entry.event:
            case e.QuestionAsked() as asked:
                found[asked.question] = QuestionNow(
                    question=asked.question,
                    conversation=asked.conversation,
                    messages=(asked.message,),
                    promise=asked.promise,
                    asked_at=entry.occurred_at,
                    since=entry.occurred_at,
                )
            case e.TicketSolved():  # whoever solves a ticket has read it
                found = {number: replace(one, unread_since=None) for number, one in found.items()}
            case e.QuestionRepeated(question=number, message=message) if number in found:
                before[message] = found[number]
                _tell(found, entry)
            case e.ReplyWithdrawn(message=message):
                found |= {number: _without(one, message, before) for number, one in found.items()}
            case _:
                _tell(found, entry)
    return found


def _without(one: QuestionNow, message: int, before: Mapping[int, QuestionNow]) -> QuestionNow:
    """A mail was taken back before it left: the first of a question was the question, another one changes nothing."""
    if message not in one.messages:
        return one
    if message not in before:
        return replace(one, state=QuestionState.WITHDRAWN, reason=NOT_SENT)
    kept, then = tuple(number for number in one.messages if number != message), before[message]
    if one.answers != then.answers:
        return replace(one, messages=kept)
    return replace(one, messages=kept, since=then.since, state=then.state, promise=then.promise, reason=then.reason)


def unread_since(history: Sequence[RecordedEvent]) -> datetime | None:
    """Since when an answer of a partner waits to be read; None where none does."""
    if not any(isinstance(entry.event, e.QuestionAnswered) for entry in history):
        return None
    unread = (one.unread_since for one in questions_in(history).values())
    return min((since for since in unread if since is not None), default=None)


def _tell(found: dict[int, QuestionNow], entry: RecordedEvent) -> None:
    """What happened to a question that was asked."""
    event = entry.event
    if not isinstance(event, _ABOUT_ONE) or event.question not in found:
        return
    one = found[event.question]
    match event:
        case e.QuestionRepeated():
            one = replace(
                one,
                messages=(*one.messages, event.message),
                promise=event.promise,
                since=entry.occurred_at,
                state=QuestionState.OPEN,
                unread_since=None,  # whoever asks on has read what was answered
            )
        case e.QuestionAwaited():
            one = replace(one, promise=event.promise, state=QuestionState.OPEN)
        case e.QuestionAnswered():
            state = QuestionState.ANSWERED if one.state is QuestionState.OPEN else one.state
            unread = one.unread_since or entry.occurred_at
            one = replace(one, state=state, answers=(*one.answers, event.message), unread_since=unread)
        case e.AnswerRead():
            if not any(answer > event.message for answer in one.answers):
                one = replace(one, unread_since=None)
        case e.QuestionWithdrawn():
            one = replace(one, state=QuestionState.WITHDRAWN, reason=event.reason)
    found[event.question] = one


_ABOUT_ONE = e.QuestionRepeated | e.QuestionAwaited | e.QuestionAnswered | e.AnswerRead | e.QuestionWithdrawn
