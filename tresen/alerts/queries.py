"""The notices of one agent: how many are unread, and pages of them, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db.models import Q, QuerySet

from tresen.accounts.scope import Scope
from tresen.sla.models import Clock, Notice
from tresen.tickets.queries import visible
from tresen.tickets.recorded import RecordedEvent

MOST_COUNTED = 100
PAGE = 40


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last notice of a page: the next one begins behind it. Opaque outside."""

    at: datetime
    notice: int

    def token(self) -> str:
        """What a link carries."""
        return signing.dumps([self.at.isoformat(), self.notice], salt="notices", compress=True)

    @classmethod
    def read(cls, token: str) -> "Cursor | None":
        """The cursor in a link; None when it was tampered with: the list then begins at its top."""
        try:
            at, notice = signing.loads(token, salt="notices")
        except signing.BadSignature:
            return None
        return cls(datetime.fromisoformat(at), notice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Notices, the newest first, with the clocks they are about; `next` is None on the last page."""

    notices: list[Notice]
    clocks: dict[tuple[int, str], Clock]
    next: Cursor | None

    def clock_of(self, notice: Notice) -> Clock | None:
        """The clock that the notice is about, as it stands now; None where it is about none, or it is gone."""
        return self.clocks.get((notice.ticket_id, notice.clock))


def seen_from(steps: Sequence[RecordedEvent]) -> dict[tuple[datetime, int | None], datetime]:
    """From when on those told by these steps of one ticket's ladders could see it, by a step's time and recipient.

    The on-call address is None. Steps taken at the same time tell each recipient once.
    """
    if not steps:
        return {}
    found = Notice.objects.filter(ticket=steps[0].ticket, created_at__in={entry.occurred_at for entry in steps})
    rows = found.order_by("-shown_from").values_list("created_at", "recipient", "shown_from")
    return {(created, recipient): shown for created, recipient, shown in rows}


def unread(agent_id: int, *, scope: Scope, at: datetime) -> QuerySet[Notice]:
    """What this agent has not read of what is to be seen by now, about tickets of the scope."""
    return Notice.objects.filter(recipient=agent_id, read_at=None, shown_from__lte=at, ticket__in=visible(scope))


def unread_count(agent_id: int, *, scope: Scope, at: datetime) -> int:
    """How many that are; MOST_COUNTED stands for more."""
    return unread(agent_id, scope=scope, at=at)[:MOST_COUNTED].count()


def page_of(
    agent_id: int, *, scope: Scope, at: datetime, only_unread: bool = False, after: Cursor | None = None
) -> Page:
    """A page of what this agent was told, about tickets of the scope."""
    found = Notice.objects.filter(recipient=agent_id, shown_from__lte=at, ticket__in=visible(scope))
    if only_unread:
        found = found.filter(read_at=None)
    if after is not None:
        # A plain bound first, so that the index is entered where the page begins.
        behind = Q(shown_from__lt=after.at) | Q(shown_from=after.at, pk__lt=after.notice)
        found = found.filter(behind, shown_from__lte=after.at)
    notices = list(found.select_related("ticket__store", "by").order_by("-shown_from", "-pk")[: PAGE + 1])
    shown, more = notices[:PAGE], len(notices) > PAGE
    return Page(notices=shown, clocks=_clocks(shown), next=Cursor(shown[-1].shown_from, shown[-1].pk) if more else None)


def _clocks(notices: list[Notice]) -> dict[tuple[int, str], Clock]:
    keys = {notice.clock for notice in notices if notice.clock}
    found = Clock.objects.filter(ticket__in={notice.ticket_id for notice in notices}, key__in=keys) if keys else []
    return {(clock.ticket_id, clock.key): clock for clock in found}
