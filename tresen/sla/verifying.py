"""Comparing the stored clocks with what the fold says of the ledger."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from django.db import connection

from tresen.clock.alarms import next_alarm
from tresen.clock.fold import CRITICAL_TIER
from tresen.sla.clock_rows import CLOCK_COLUMNS, clock_row
from tresen.sla.keeping import kept_of
from tresen.staffing.following import changing, on_call_unfollowed
from tresen.tickets.replaying import Difference

_NAMES = CLOCK_COLUMNS.split(", ")
_ALARM = _NAMES.index("next_alarm_at")
type Row = tuple[object, ...]


def differences(tickets: Collection[int], *, at: datetime) -> list[Difference]:
    """Where these tickets' clocks differ from the fold at `at`.

    Clocks whose alarm has come but that no sweep has looked at yet are late, not wrong: they are left out, and so are
    those of teams whose changed coverage the queue has not followed yet, and of tier 0 while that is so of the on-call
    list.
    """
    stored, moved, uncalled = _stored(tickets), changing(), on_call_unfollowed()
    found: list[Difference] = []
    for ticket, kept in kept_of(tickets, at=at).items():
        if kept.ticket.state.team in moved or (uncalled and kept.state.risk_tier == CRITICAL_TIER):
            continue
        recomputed = {
            clock.key: clock_row(
                ticket, clock, kept.credits[clock.key], alarm=next_alarm(clock, kept.rules.coverage, at)
            )
            for clock in kept.state.clocks
        }
        found += _compare(ticket, stored.get(ticket, {}), recomputed, at)
    return found


def _stored(tickets: Collection[int]) -> dict[int, dict[str, Row]]:
    found: dict[int, dict[str, Row]] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {CLOCK_COLUMNS} FROM sla_clock WHERE ticket_id = ANY(%s)", [list(tickets)])
        for row in cursor:
            found.setdefault(row[0], {})[row[1]] = row
    return found


def _compare(
    ticket: int, stored: Mapping[str, Row], recomputed: Mapping[str, Row], at: datetime
) -> Iterator[Difference]:
    for key in sorted(stored.keys() | recomputed.keys()):
        ours, theirs = stored.get(key), recomputed.get(key)
        if ours is None or theirs is None:
            yield Difference(ticket=ticket, what=f"clock {key}", stored=_there(ours), recomputed=_there(theirs))
            continue
        alarm = ours[_ALARM]
        if isinstance(alarm, datetime) and alarm <= at:
            continue
        for name, one, other in zip(_NAMES, ours, theirs, strict=True):
            if one != other:
                yield Difference(ticket=ticket, what=f"clock {key}.{name}", stored=str(one), recomputed=str(other))


def _there(row: Row | None) -> str:
    return "missing" if row is None else "there"
