"""What is owed besides answers in the demo shop: cases are decided in time, and something of each is left to do."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tresen.accounts.actors import CHANNEL, Actor
from tresen.channels.cases import CaseKind
from tresen.duties.cases import CaseKnown, file_case
from tresen.duties.models import PromiseKind, RequestKind
from tresen.duties.promising import promise
from tresen.duties.requesting import note_request
from tresen.local.demo.tale.stores import LARGE_STORES
from tresen.orders.models import Case, CaseState
from tresen.routing.models import QueuePlace
from tresen.tickets import ledger
from tresen.tickets.events import CaseClosed, Key
from tresen.tickets.models import Ticket
from tresen.tickets.recorded import NewEvent

DECIDED_AFTER = timedelta(hours=40)
LOST_OF = 5
WORDS = (
    "Ersatz bis Montag klären",
    "Beim Versanddienst nachfragen",
    "Rückruf wegen der Garantie",
    "Neue Rechnung schicken",
)


def decide_cases(*, until: datetime) -> None:
    """The platform decides what has been open for long enough, at its time; one in five is lost."""
    old = Case.objects.exclude(state=CaseState.CLOSED).filter(opened_at__lte=until - DECIDED_AFTER)
    entries = [
        NewEvent(
            ticket=ticket,
            event=CaseClosed(case=case, outcome=Key("lost" if case % LOST_OF == 0 else "won")),
            by=CHANNEL,
            occurred_at=opened_at + DECIDED_AFTER,
            source_key=f"decided:{case}",
        )
        for case, ticket, opened_at in old.order_by("tie__ticket", "pk").values_list("pk", "tie__ticket", "opened_at")
    ]
    ledger.record_all(entries, at=until)


def owe_something(agents: Sequence[Actor], *, now: datetime) -> None:
    """Promises of the first agents, a legal request of either kind and a chargeback by hand, on today's tickets."""
    waiting = QueuePlace.objects.filter(queue_tier__in=[1, 2, 3], task="", ticket__store__name__in=LARGE_STORES)
    waiting = waiting.order_by("-sort_at", "ticket")
    tickets = list(waiting.values_list("ticket", flat=True)[: 2 * len(WORDS) + 3])
    for number, (ticket, what) in enumerate(zip(tickets, WORDS * 2, strict=False)):
        made = now - timedelta(hours=9 + number)
        promise(
            ticket,
            due=made + timedelta(hours=(6, 14, 30, 52)[number % len(WORDS)]),
            what=what,
            kind=PromiseKind.FOLLOW_UP if what.startswith("Beim") else PromiseKind.PROMISE,
            by=agents[number % min(2, len(agents))],
            at=made,
        )
    rest = tickets[2 * len(WORDS) :]
    for ticket, kind in zip(rest, (RequestKind.ACCESS, RequestKind.WITHDRAWAL), strict=False):
        note_request(ticket, kind=kind, by=agents[0], at=now - timedelta(hours=5))
    for ticket in rest[2:]:
        _chargeback(Ticket.objects.get(pk=ticket), by=agents[0], at=now - timedelta(hours=3))


def _chargeback(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    try:
        file_case(
            ticket.pk, kind=CaseKind.CHARGEBACK, external_id="CB-204417", due=at + timedelta(days=2), by=by, at=at
        )
    except CaseKnown:
        return
