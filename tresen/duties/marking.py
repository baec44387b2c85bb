"""Confirming that messages are marked on the platform as needing no response: one, or many at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet

from tresen.accounts.actors import Actor
from tresen.accounts.scope import Scope
from tresen.duties.models import Unmarked
from tresen.duties.unmarked import NEVER
from tresen.tickets import ledger
from tresen.tickets.waiving import confirm_marked, take_back_mark

PAGE = 50
SPANS = (timedelta(hours=1), timedelta(hours=4), timedelta(hours=12), timedelta(hours=24))


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of a page."""

    mark_by: datetime
    message: int

    def token(self) -> str:
        """What a link carries."""
        return signing.dumps([self.mark_by.isoformat(), self.message], salt="marking")

    @classmethod
    def read(cls, token: str) -> "Cursor | None":
        """The cursor in a link; None when it was tampered with: the list then begins at its top."""
        try:
            mark_by, message = signing.loads(token, salt="marking")
        except signing.BadSignature:
            return None
        return cls(datetime.fromisoformat(mark_by), message)


def unmarked_in(scope: Scope) -> QuerySet[Unmarked]:
    """What waits to be marked, of a scope."""
    found = Unmarked.objects.all()
    if scope.teams is not None:
        found = found.filter(team__in=scope.teams)
    if scope.stores is not None and scope.brands is not None:
        found = found.filter(Q(store__in=scope.stores) | Q(brand__in=scope.brands))
    return found


def page_of(scope: Scope, *, behind: Cursor | None = None, size: int = PAGE) -> tuple[list[Unmarked], Cursor | None]:
    """The next rows, the limit that runs out first before all others, and where the page after them begins."""
    found = unmarked_in(scope).select_related("message__identity", "ticket__store").order_by("mark_by", "message")
    if behind is not None:
        later = Q(mark_by__gt=behind.mark_by)
        found = found.filter(later | Q(mark_by=behind.mark_by, message__gt=behind.message))
    rows = list(found[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return rows[:size], Cursor(last.mark_by, last.message_id) if last else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """How many wait: in all, by when the next limit passes (hours from now, growing), and past every limit."""

    all: int
    within: Mapping[int, int]
    past: int


def left(scope: Scope, *, at: datetime) -> Left:
    """How much is left to be marked."""
    found = unmarked_in(scope)
    counts = {int(span / timedelta(hours=1)): found.filter(mark_by__lte=at + span).count() for span in SPANS}
    return Left(all=found.count(), within=counts, past=found.filter(mark_by=NEVER).count())


@transaction.atomic
def confirm(message_ids: Collection[int], *, scope: Scope, by: Actor, at: datetime) -> dict[int, int]:
    """Confirm that these are marked there; gives how many of which ticket. Those of others, or done, are left out."""
    mine = unmarked_in(scope).filter(message__in=message_ids).values_list("ticket", "message")
    by_ticket: dict[int, list[int]] = defaultdict(list)
    for ticket, message in mine.order_by("ticket", "message"):
        by_ticket[ticket].append(message)
    with ledger.together(at=at):
        for ticket, messages in by_ticket.items():
            confirm_marked(ticket, message_ids=messages, by=by, at=at)
    return {ticket: len(messages) for ticket, messages in by_ticket.items()}


@transaction.atomic
def take_back(tickets: Sequence[int], *, said_at: datetime, by: Actor, at: datetime) -> None:
    """What was confirmed in these tickets at that instant waits to be marked again."""
    with ledger.together(at=at):
        for ticket in sorted(tickets):
            take_back_mark(ticket, said_at=said_at, by=by, at=at)
