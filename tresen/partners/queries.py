"""Reading partners and questions, of tickets that were shown to be visible."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db.models import Prefetch, Q, QuerySet

from tresen.clock.clocks import ClockKind, Outcome
from tresen.clock.duties import duties_of
from tresen.clock.story import Story
from tresen.partners.models import Partner, Question
from tresen.sla.duty_facts import duty_fact, promise_key
from tresen.sla.models import Clock
from tresen.stores.models import Brand, Store
from tresen.tickets.models import Ticket
from tresen.tickets.questions import QuestionNow, QuestionState
from tresen.tickets.recorded import RecordedEvent


def listed_partners() -> QuerySet[Partner]:
    """The whole address book, those in use first, by name."""
    return (
        Partner.objects.select_related("mailbox")
        .prefetch_related(
            Prefetch("brands", Brand.objects.order_by("name")), Prefetch("stores", Store.objects.order_by("name"))
        )
        .order_by("retired_at", "name")
    )


def partners_for(ticket: Ticket) -> QuerySet[Partner]:
    """Who can be asked from this ticket, by name."""
    anywhere = Q(brands=None, stores=None)
    fitting = Partner.objects.filter(anywhere | Q(brands=ticket.brand_id) | Q(stores=ticket.store_id), retired_at=None)
    return Partner.objects.filter(pk__in=fitting.values("pk")).order_by("name")


def questions_on(ticket_id: int) -> list[Question]:
    """What was asked from this ticket, the oldest first."""
    return list(Question.objects.filter(ticket=ticket_id).select_related("partner", "conversation").order_by("pk"))


def chased_by(promises: Iterable[int]) -> set[int]:
    """Those of these promises that hold the date of a question."""
    return set(Question.objects.filter(promise__in=list(promises)).values_list("promise_id", flat=True))


def chased_on(tickets: Iterable[int]) -> dict[int, str]:
    """By ticket: the partner to chase, where that is the first of the promises that still bind us there."""
    tickets = list(tickets)
    asked = Question.objects.filter(ticket__in=tickets, state=QuestionState.OPEN, promise__isnull=False)
    partners = {promise_key(promise): name for promise, name in asked.values_list("promise_id", "partner__name")}
    binding = Clock.objects.filter(
        ticket__in=tickets, kind=ClockKind.PROMISE, outcome__in=[Outcome.RUNNING, Outcome.BREACHED], met_at=None
    )
    first = binding.order_by("ticket", "due", "pk").distinct("ticket").values_list("ticket_id", "key")
    return {ticket: partners[key] for ticket, key in first if key in partners}


def chase_due(question: QuestionNow, history: Sequence[RecordedEvent]) -> datetime | None:
    """Until when the answer is to be chased, as its promise says; None where that binds nobody any more. Pure."""
    facts = [fact for entry in history if (fact := duty_fact(entry)) is not None]
    key = promise_key(question.promise)
    duties = duties_of(Story(facts), datetime.max.replace(tzinfo=UTC))
    return next((duty.due for duty in duties if duty.key == key and duty.open and duty.owed), None)
