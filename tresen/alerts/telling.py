"""Keeping notices: each for one recipient, once, and to be seen in the recipient's working time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tresen.alerts.models import Preference
from tresen.batches.cursors import columns_of
from tresen.staffing.queries import shifts_of

WAKES_PASSING_ON = "tresen_notices"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something to tell one agent, or the on-call address (None) about a ticket.

    `key` makes it once for ever. `limits`: when the platform's clocks of the ticket run out; `by`: whose doing it is;
    `at_once`: the recipient is on call for it, so that it is seen whatever their working time.
    """

    ticket: int
    key: str
    kind: str
    recipient: int | None
    fell_due_at: datetime
    clock: str = ""
    by: int | None = None
    limits: tuple[datetime, ...] = ()
    at_once: bool = False


def tell(news: Sequence[News], *, at: datetime) -> None:
    """Keep these notices; what was told before is not told again."""
    if not news:
        return
    shown = _shown_from(news, at)
    rows = [
        (one.ticket, one.key, one.kind, one.clock, one.by, one.recipient, one.fell_due_at, shown_from)
        for one, shown_from in zip(news, shown, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [at, *columns_of(rows)])
        cursor.execute("SELECT pg_notify(%s, '')", [WAKES_PASSING_ON])


def _shown_from(news: Sequence[News], at: datetime) -> list[datetime]:
    """Who is not at work is told when they are, unless on call or a platform's clock would run out before that."""
    recipients = {one.recipient for one in news if one.recipient is not None and not one.at_once}
    awake = Preference.objects.filter(agent__in=recipients, quiet=False).values_list("agent_id", flat=True)
    shifts = shifts_of(recipients - set(awake))
    opening = {agent: hours.next_open(at) for agent, hours in shifts.items()}
    opens = [None if one.at_once else opening.get(one.recipient or 0) for one in news]
    return [quiet_until(next_open, limits=one.limits, at=at) for one, next_open in zip(news, opens, strict=True)]


def quiet_until(next_open: datetime | None, *, limits: Collection[datetime], at: datetime) -> datetime:
    """From when on a notice is seen by somebody who works next at `next_open`; None: never, or around the clock."""
    if next_open is None or any(at < limit <= next_open for limit in limits):
        return at
    return next_open


_TELL = """
    INSERT INTO sla_notice (
        ticket_id, key, kind, clock, by_id, recipient_id, fell_due_at, shown_from, created_at
    )
    SELECT given.*, %s FROM unnest(
        %s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::timestamptz[],
        %s::timestamptz[]
    ) AS given ON CONFLICT DO NOTHING
"""
