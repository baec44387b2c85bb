"""What is asked of third parties, and what comes of it. Until when we wait is a promise's date: see `duties`."""

from typing import ClassVar

from tresen.tickets.facts import Event, Key


class QuestionAsked(Event, frozen=True, kw_only=True):
    """A partner is asked by the mail `message`; `promise` holds the date on which to chase the answer.

    How the mail fares is told by the events of replies: it is none, and answers nothing.
    """

    kind: ClassVar[str] = "question_asked"
    question: int
    conversation: int
    message: int
    promise: int


class QuestionRepeated(Event, frozen=True, kw_only=True):
    """Asked again by another mail in the same thread; we wait anew, whatever had been answered."""

    kind: ClassVar[str] = "question_repeated"
    question: int
    message: int
    promise: int


class QuestionAwaited(Event, frozen=True, kw_only=True):
    """Without another mail we wait for the answer until the date of this promise: it had none, or was over."""

    kind: ClassVar[str] = "question_awaited"
    question: int
    promise: int


class QuestionAnswered(Event, frozen=True, kw_only=True):
    """The partner wrote, by the link or by mail. Nobody has read it yet."""

    kind: ClassVar[str] = "question_answered"
    question: int
    message: int


class AnswerRead(Event, frozen=True, kw_only=True):
    """An agent has read what the partner wrote, up to this message."""

    kind: ClassVar[str] = "answer_read"
    question: int
    message: int


class QuestionWithdrawn(Event, frozen=True, kw_only=True):
    """We need no answer any more: taken back, told in another way, or the mail never left."""

    kind: ClassVar[str] = "question_withdrawn"
    question: int
    reason: Key
