"""Who is told what about a clock: assignee, then the team's leads, then the admins; each in their working time."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from tresen.clock.alarms import Notice, NoticeKind
from tresen.staffing.queries import shifts_of

SOON_ENOUGH = timedelta(minutes=30)
"""A warning waits this long for the recipient's working time: later the clock might have run out."""


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who can be told about a ticket."""

    assignee: int | None
    leads: tuple[int, ...]
    admins: tuple[int, ...]

    def of(self, kind: NoticeKind) -> tuple[int, ...]:
        """A warning goes to who answers for it; a breach to the leads too."""
        ladder = self.leads or self.admins
        if self.assignee is None:
            return ladder
        return (self.assignee, *(one for one in ladder if one != self.assignee and kind is NoticeKind.BREACHED))


def tell(fallen: Mapping[int, Collection[Notice]], *, since: Mapping[int, datetime], at: datetime) -> set[int]:
    """Keep a notice for each recipient, once; gives the tickets it is about.

    What fell due before the alarm we came for was told before.
    """
    news = [
        (ticket, notice)
        for ticket, all_ in fallen.items()
        for notice in all_
        if notice.kind is not NoticeKind.CONFIRMED and notice.at >= since[ticket]
    ]
    if not news:
        return set()
    recipients = _recipients({ticket for ticket, _ in news})
    told = [(ticket, notice, agent) for ticket, notice in news for agent in recipients[ticket].of(notice.kind)]
    shifts = shifts_of({agent for _, _, agent in told})
    rows = [
        (
            ticket,
            notice.key,
            notice.kind.value,
            notice.clock,
            agent,
            notice.at,
            _shown_from(notice, shifts[agent].next_open(at), at),
        )
        for ticket, notice, agent in told
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_TELL, [at, *(list(column) for column in zip(*rows, strict=True))])
    return {ticket for ticket, *_ in rows}


def _shown_from(notice: Notice, next_open: datetime | None, at: datetime) -> datetime:
    """A breach is past helping: it waits for working time. A warning waits only where that is soon enough."""
    if next_open is None:
        return at
    return next_open if notice.kind is NoticeKind.BREACHED or next_open - at <= SOON_ENOUGH else at


def _recipients(tickets: Collection[int]) -> dict[int, Recipients]:
    leads: dict[int, set[int]] = defaultdict(set)
    assignees: dict[int, int | None] = {}
    admins: set[int] = set()
    with connection.cursor() as cursor:
        cursor.execute(_LADDER, [list(tickets)])
        for ticket, assignee, lead in cursor:
            assignees[ticket] = assignee
            if lead is not None:
                leads[ticket].add(lead)
        cursor.execute("SELECT id FROM accounts_agent WHERE role = 'admin' AND is_active")
        admins.update(agent for (agent,) in cursor)
    return {
        ticket: Recipients(assignees.get(ticket), tuple(sorted(leads[ticket])), tuple(sorted(admins)))
        for ticket in tickets
    }


_LADDER = """
    SELECT ticket.id, assignee.id, lead.id
    FROM tickets_ticket ticket
    LEFT JOIN accounts_agent assignee ON assignee.id = ticket.assignee_id AND assignee.is_active
    LEFT JOIN accounts_teammembership post ON post.team_id = ticket.team_id AND post.leads
    LEFT JOIN accounts_agent lead ON lead.id = post.agent_id AND lead.is_active
    WHERE ticket.id = ANY(%s)
"""
_TELL = """
    INSERT INTO sla_notice (ticket_id, key, kind, clock, recipient_id, fell_due_at, shown_from, created_at)
    SELECT given.*, %s FROM unnest(
        %s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::timestamptz[], %s::timestamptz[]
    ) AS given ON CONFLICT DO NOTHING
"""
