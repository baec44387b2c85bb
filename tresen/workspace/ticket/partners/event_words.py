"""What happened to questions, in sentences; and what of the rest goes without saying beside them.

An answer says itself that it came.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.partners.models import Question
from tresen.partners.waiting import TOLD_OTHERWISE
from tresen.tickets import events
from tresen.tickets.facts import Event
from tresen.tickets.recorded import RecordedEvent

OfQuestion = (
    events.QuestionAsked
    | events.QuestionRepeated
    | events.QuestionAwaited
    | events.QuestionAnswered
    | events.AnswerRead
    | events.QuestionWithdrawn
)
ICONS: dict[type[Event], str] = {
    events.QuestionAsked: "message-circle-question-mark",
    events.QuestionRepeated: "message-circle-question-mark",
    events.QuestionAwaited: "hourglass",
    events.AnswerRead: "check",
    events.QuestionWithdrawn: "circle-slash",
}


def question_event_words(event: Event, who: str, partners: Mapping[int, str]) -> str:
    """The event as a sentence in the active language."""
    assert isinstance(event, OfQuestion)
    said = {"who": who, "partner": partners.get(event.question, "?")}
    if isinstance(event, events.QuestionWithdrawn) and event.reason == TOLD_OTHERWISE:
        return _("%(partner)s told us in another way") % said
    return _SENTENCES[type(event)]() % said


_SENTENCES: Mapping[type[Event], Callable[[], str]] = {
    events.QuestionAsked: lambda: _("%(who)s asked %(partner)s"),
    events.QuestionRepeated: lambda: _("%(who)s asked %(partner)s again"),
    events.QuestionAwaited: lambda: _("%(who)s waits for %(partner)s again"),
    events.AnswerRead: lambda: _("%(who)s read what %(partner)s answered"),
    events.QuestionWithdrawn: lambda: _("%(who)s withdrew the question to %(partner)s"),
}


def asked_in(entries: Sequence[RecordedEvent]) -> Mapping[int, str]:
    """The names of those whom these events are about, by question."""
    numbers = {entry.event.question for entry in entries if isinstance(entry.event, OfQuestion)}
    if not numbers:
        return {}
    return dict(Question.objects.filter(pk__in=numbers).values_list("pk", "partner__name"))


def without_what_questions_say(told: Sequence[RecordedEvent]) -> list[RecordedEvent]:
    """The events but the waits and dates that came with a question: its own sentence and its banner say them."""
    promises = {
        entry.event.promise
        for entry in told
        if isinstance(entry.event, events.QuestionAsked | events.QuestionRepeated | events.QuestionAwaited)
    }
    moments: set[datetime] = {entry.occurred_at for entry in told if isinstance(entry.event, OfQuestion)}
    if not moments:
        return list(told)
    return [entry for entry in told if not _goes_along(entry, promises, moments)]


def _goes_along(entry: RecordedEvent, promises: set[int], moments: set[datetime]) -> bool:
    match entry.event:
        case (
            events.PromiseMade(promise=promise)
            | events.PromiseKept(promise=promise)
            | events.PromiseDropped(promise=promise)
        ):
            return promise in promises
        case events.PromiseMoved(promise=promise):
            return promise in promises and entry.occurred_at in moments
        case events.WaitingStarted() | events.WaitingEnded() | events.TicketReopened():
            return entry.occurred_at in moments
        case _:
            return False
