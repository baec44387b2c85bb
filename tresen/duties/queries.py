"""Reading cases, promises and legal requests: always inside a scope, or of a ticket that was shown to be visible."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from tresen.accounts.scope import Scope
from tresen.duties.models import FormerWords, LegalRequest, Promise, UnknownNotice
from tresen.orders.models import Case, CaseState
from tresen.sla.duty_facts import promise_key
from tresen.sla.models import Clock
from tresen.tickets.events import PromiseDropped, PromiseKept, PromiseMade, PromiseMoved, PromiseReworded
from tresen.tickets.models import Ticket
from tresen.tickets.queries import visible
from tresen.tickets.recorded import RecordedEvent

MOST = 100


def cases_on(ticket_id: int) -> list[Case]:
    """The cases that this ticket handles, open ones first, then by their beginning."""
    rows = Case.objects.filter(tie__ticket=ticket_id).select_related("store", "order")
    return sorted(rows, key=lambda case: (case.state == CaseState.CLOSED, case.opened_at, case.pk))


def promises_on(ticket_id: int) -> list[Promise]:
    """What was promised on this ticket, the oldest first."""
    return list(Promise.objects.filter(ticket=ticket_id).select_related("agent").order_by("pk"))


def promised_words(history: Sequence[RecordedEvent]) -> dict[int, str]:
    """What each promise said when something happened to it, by the event's sequence; empty where it has no words.

    Two queries, none where nothing was promised.
    """
    told = [entry for entry in history if isinstance(entry.event, OfPromise)]
    if not told:
        return {}
    ticket = told[0].ticket
    now = dict(Promise.objects.filter(ticket=ticket).values_list("pk", "what"))
    former = dict(FormerWords.objects.filter(promise__ticket=ticket).values_list("pk", "what"))
    found: dict[int, str] = {}
    for entry in reversed(told):
        event = entry.event
        assert isinstance(event, OfPromise)
        found[entry.sequence] = now.get(event.promise, "")
        if isinstance(event, PromiseReworded):
            now[event.promise] = former.get(event.former, "")
    return found


OfPromise = PromiseMade | PromiseMoved | PromiseReworded | PromiseKept | PromiseDropped


def requests_on(ticket_id: int) -> list[LegalRequest]:
    """The legal requests noted on this ticket, the oldest first."""
    return list(LegalRequest.objects.filter(ticket=ticket_id).order_by("pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPromise:
    """A promise that still binds, with its clock and its ticket."""

    promise: Promise
    ticket: Ticket
    due: datetime | None
    started_at: datetime
    outcome: str


def open_promises_of(agent_id: int, *, scope: Scope, most: int = MOST) -> list[OpenPromise]:
    """What this agent promised and has not kept, the earliest due first, missed ones among them."""
    clocks = Clock.objects.filter(kind="promise", outcome__in=["running", "breached"], met_at=None)
    tickets = visible(scope).filter(promises__agent=agent_id, place__isnull=False).distinct()
    mine = {
        (made.ticket_id, promise_key(made.pk)): made
        for made in Promise.objects.filter(agent=agent_id, ticket__in=tickets).select_related("ticket__store")
    }
    found = [
        OpenPromise(promise=made, ticket=made.ticket, due=clock.due, started_at=clock.started_at, outcome=clock.outcome)
        for clock in clocks.filter(ticket__in={ticket for ticket, _key in mine}).order_by("due", "pk")
        if (made := mine.get((clock.ticket_id, _first_key(clock.key)))) is not None
    ]
    latest = {one.promise.pk: one for one in found}
    return list(latest.values())[:most]


def _first_key(key: str) -> str:
    return ":".join(key.split(":")[:2])


def unread_notices(scope: Scope, *, most: int = MOST) -> Sequence[UnknownNotice]:
    """The platform's notices that nobody understood and nobody has read, the oldest first."""
    found = UnknownNotice.objects.filter(read_at=None).select_related("message", "store", "ticket")
    if scope.teams is not None:
        # The ticket's own team: the row keeps the one it came to, and a ticket moves.
        found = found.filter(ticket__team__in=scope.teams)
    if scope.stores is not None and scope.brands is not None:
        found = found.filter(Q(store__in=scope.stores) | Q(brand__in=scope.brands))
    return list(found.order_by("occurred_at", "message")[:most])


def notice_to_read(message_id: int, *, scope: Scope) -> UnknownNotice | None:
    """One notice that nobody understood, read by somebody or not; None where it is not this scope's."""
    found = UnknownNotice.objects.select_related("message", "store", "ticket")
    return found.filter(message=message_id, ticket__in=visible(scope)).first()
