"""The messages by which the board expects more: those of the same hours of earlier weeks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import OuterRef, Q, QuerySet, Subquery

from tresen.accounts.scope import Scope
from tresen.board.earlier import Span
from tresen.board.weekends import Weekend
from tresen.sla.models import Clock, ClockKind
from tresen.tickets.models import Direction, Message, MessageKind
from tresen.tickets.queries import visible

MOST = 500
NEVER = Q(pk__in=[])


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A message that came in, its ticket and, where limits are asked for, its platform's first limit."""

    ticket: int
    subject: str
    store: str
    at: datetime
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Arrivals:
    """So many messages came in, and the newest of them."""

    total: int
    messages: Sequence[Arrival]


def came(spans: Iterable[Span], *, scope: Scope, team: int | None = None, most: int = MOST) -> Arrivals:
    """What came in then, in scope."""
    found = _inbound(scope).filter(reduce(or_, (_within("occurred_at", span) for span in spans), NEVER))
    return _listed(found if team is None else found.filter(ticket__team=team), most)


def limits_of(weekend: Weekend, days: Iterable[int], *, scope: Scope, most: int = MOST) -> Arrivals:
    """What came in on earlier weekends and had its platform's limit in the hours of these days, with that."""
    first = Clock.objects.filter(message=OuterRef("pk"), kind=ClockKind.PLATFORM).order_by("due")
    spans = [
        _within("occurred_at", _whole(weekend, week)) & _within("due", span)
        for day in days
        for week, span in weekend.earlier[day]
    ]
    found = _inbound(scope).annotate(due=Subquery(first.values("due")[:1]))
    return _listed(found.filter(reduce(or_, spans, NEVER)), most)


def _inbound(scope: Scope) -> QuerySet[Message]:
    return Message.objects.filter(direction=Direction.IN, kind=MessageKind.MESSAGE, ticket__in=visible(scope))


def _whole(weekend: Weekend, week: int) -> Span:
    """The weekend so many weeks earlier."""
    spans = [span for day in weekend.earlier for when, span in day if when == week]
    return min(begins for begins, _ in spans), max(ends for _, ends in spans)


def _within(name: str, span: Span) -> Q:
    return Q(**{f"{name}__gte": span[0], f"{name}__lt": span[1]})


def _listed(found: QuerySet[Message], most: int) -> Arrivals:
    newest = found.select_related("ticket__store").order_by("-occurred_at", "-pk")
    return Arrivals(found.count(), [_arrival(message) for message in newest[:most]])


def _arrival(message: Message) -> Arrival:
    return Arrival(
        ticket=message.ticket_id,
        subject=message.ticket.subject,
        store=message.ticket.store.name,
        at=message.occurred_at,
        due=getattr(message, "due", None),
    )
