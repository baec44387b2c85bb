"""Watching the clocks: what fell due is recorded at its due time, however late anybody looks.

A sweep reads only clocks whose alarm has come and goes on from the last one it saw: cost follows what is due, also
after a thousand sweeps, when the index's head is full of rows that are no longer there. Alarms that had come before
they were written stand apart (`late_alarms`), where every worker's next sweep sees them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from tresen.accounts.actors import SYSTEM
from tresen.clock.alarms import Notice, NoticeKind, notices
from tresen.crashing.points import Point, reached
from tresen.sla import late_alarms, noticing
from tresen.sla.keeping import Kept, kept_of, looked_at
from tresen.tickets import ledger
from tresen.tickets.events import ClockBreached, Key
from tresen.tickets.recorded import NewEvent

FULL_PASS_EVERY = timedelta(minutes=10)
OVERLAP = timedelta(minutes=1)
"""How far a sweep looks back behind its mark: a transaction may commit an alarm a little late."""

BEGINNING = "-infinity"


@dataclass(slots=True)
class Watch:
    """Where a worker's sweeps have got to."""

    mark: datetime | None = None
    full_pass_at: datetime | None = None

    def start(self, at: datetime) -> datetime | str:
        """From which alarm on to look at `at`."""
        if self.mark is None or self.full_pass_at is None or at - self.full_pass_at >= FULL_PASS_EVERY:
            self.full_pass_at = at
            return BEGINNING
        return self.mark - OVERLAP


def sweep(watch: Watch, at: datetime, *, most: int = 200) -> int:
    """Attend to what is due, a batch at a time, until nothing is left; gives how many tickets were looked at."""
    start, done, highest = watch.start(at), 0, watch.mark
    while True:
        tickets, mark = _sweep_batch(start, at, most)
        done += tickets
        if mark is None:
            # Only now: one of the late alarms may have been later than others that were still to be seen.
            watch.mark = highest or at
            return done
        highest = max(mark, highest or mark)


@transaction.atomic
def _sweep_batch(start: datetime | str, at: datetime, most: int) -> tuple[int, datetime | None]:
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"start": start, "at": at, "most": most})
        due = dict(cursor.fetchall())
    if not due:
        return 0, None
    # Read behind the locks: what was written while we waited for them counts too.
    for ticket, alarm in late_alarms.taken(due, at=at).items():
        due[ticket] = min(alarm, due[ticket])
    states = kept_of(due, at=at)
    looked_at(states, at=at)
    fallen = {ticket: notices(kept.state, kept.rules.coverage) for ticket, kept in states.items()}
    ledger.record_all([_breach(ticket, one, states) for ticket, one in _breaches(fallen)], at=at)
    noticing.plan(fallen, kept=states, since=due)
    reached(Point.INSIDE_DUE_SWEEP)
    return len(due), max(due.values())


def _breaches(fallen: Mapping[int, Collection[Notice]]) -> list[tuple[int, Notice]]:
    return [(ticket, one) for ticket, all_ in fallen.items() for one in all_ if one.kind is NoticeKind.BREACHED]


def _breach(ticket: int, notice: Notice, states: Mapping[int, Kept]) -> NewEvent:
    metric = next(clock.metric for clock in states[ticket].state.clocks if clock.key == notice.clock)
    return NewEvent(
        ticket=ticket,
        event=ClockBreached(clock=Key(notice.clock), metric=Key(metric)),
        by=SYSTEM,
        occurred_at=notice.at,
        source_key=notice.key,
    )


# Tickets are what is locked, as everywhere else, so that a sweep and an agent's action never wait in a circle.
_DUE = f"""
    WITH alarms AS (
        SELECT ticket_id, min(alarm) AS alarm FROM (
            (SELECT ticket_id, next_alarm_at AS alarm FROM sla_clock
             WHERE next_alarm_at > %(start)s AND next_alarm_at <= %(at)s
             ORDER BY next_alarm_at LIMIT %(most)s)
            UNION ALL
            (SELECT ticket_id, alarm FROM {late_alarms.TABLE} WHERE alarm <= %(at)s ORDER BY id LIMIT %(most)s)
        ) AS due GROUP BY ticket_id
    ), locked AS (
        SELECT ticket.id FROM tickets_ticket ticket
        WHERE ticket.id IN (SELECT ticket_id FROM alarms) ORDER BY ticket.id FOR UPDATE SKIP LOCKED
    )
    SELECT alarms.ticket_id, alarms.alarm FROM alarms JOIN locked ON locked.id = alarms.ticket_id
"""
