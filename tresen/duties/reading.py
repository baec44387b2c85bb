"""A notice that nobody understood is read by a person: then it leaves the list."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from tresen.accounts.scope import Scope
from tresen.channels.cases import CaseKind
from tresen.channels.contract import Deadline
from tresen.channels.mailed.figures import last_days_in
from tresen.duties.models import UnknownNotice
from tresen.duties.news import due_of
from tresen.tickets.models import TicketOrder
from tresen.tickets.queries import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCase:
    """What a notice that nobody understood says of a case all the same."""

    kind: CaseKind
    order_number: str
    external_id: str
    due: datetime | None
    stated: str
    """The words that `due` was read from."""


_NUMBERS = ("case_id", "request_id", "return_id")


def case_from(notice: UnknownNotice) -> FoundCase:
    """What can be filled in for whoever makes a case of it, where it was found and nothing else can be meant."""
    facts, words = notice.message.facts, f"{notice.message.subject}\n{notice.message.text}"
    orders = TicketOrder.objects.filter(ticket=notice.ticket_id).order_by("-primary", "pk")
    numbers = list(orders.values_list("number", flat=True))
    days = {day: said for day, said in last_days_in(words).items() if day > notice.occurred_at.date()}
    day, stated = next(iter(days.items())) if len(days) == 1 else (None, "")
    said = [number for number in numbers if number in words]
    return FoundCase(
        kind=CaseKind(facts.get("case_kind") or CaseKind.OTHER),
        order_number=facts.get("case_order") or next(iter(said or numbers), ""),
        external_id=_only({facts[name] for name in _NUMBERS if name in facts}),
        due=due_of(Deadline(stated=stated, on=day), asked=True, at=notice.occurred_at) if stated else None,
        stated=stated,
    )


def _only(found: Collection[str]) -> str:
    return next(iter(found)) if len(found) == 1 else ""


def read_notice(message_id: int, *, scope: Scope, agent_id: int, at: datetime) -> bool:
    """Note who has read it; False where somebody has already, or where it is not this scope's."""
    shown = UnknownNotice.objects.filter(message=message_id, read_at=None, ticket__in=visible(scope))
    return shown.update(read_at=at, read_by=agent_id) > 0


def unread_again(message_id: int, *, scope: Scope) -> None:
    """Put it back where people see it."""
    UnknownNotice.objects.filter(message=message_id, ticket__in=visible(scope)).update(read_at=None, read_by=None)
