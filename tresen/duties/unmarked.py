"""Keeping the list of what waits to be marked on the platform: what the clocks say, one row a message."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime

from tresen.batches.cursors import batch_cursor
from tresen.clock.clocks import Clock, ClockKind, Outcome
from tresen.duties.models import Unmarked
from tresen.sla.keeping import Kept, kept_of
from tresen.tickets.recorded import RecordedEvent
from tresen.tickets.replaying import Difference

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""No limit can be kept any more: it stands behind all that has one."""


def keep_unmarked(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Make the list say what the clocks of these tickets say; what is the same is not written."""
    tickets = {entry.ticket for entry in events}
    wanted = {row.message_id: row for row in _rows(kept_of(tickets, at=at).items())}
    stored = _stored(tickets)
    gone = stored.keys() - wanted.keys()
    fresh = [row for message, row in wanted.items() if stored.get(message) != (row.team_id, row.mark_by)]
    if gone:
        Unmarked.objects.filter(message__in=gone).delete()
    if fresh:
        Unmarked.objects.bulk_create(
            fresh, update_conflicts=True, unique_fields=["message"], update_fields=["team", "mark_by"]
        )


def differences(tickets: Collection[int], *, at: datetime) -> list[Difference]:
    """Where the list differs from what the clocks say at `at`; a limit that no sweep has noticed yet is late."""
    wanted = {row.message_id: row for row in _rows(kept_of(tickets, at=at).items())}
    stored = {row.message_id: row for row in Unmarked.objects.filter(ticket__in=tickets)}
    found = []
    for message in sorted(wanted.keys() | stored.keys()):
        ours, theirs = stored.get(message), wanted.get(message)
        if ours is None or theirs is None:
            (one,) = (row for row in (ours, theirs) if row is not None)
            found.append(_differs(one, "", _there(ours), _there(theirs)))
        elif ours.mark_by != theirs.mark_by and ours.mark_by > at:
            found.append(_differs(ours, ".mark_by", str(ours.mark_by), str(theirs.mark_by)))
    return found


def _differs(row: Unmarked, what: str, stored: str, recomputed: str) -> Difference:
    name = f"unmarked {row.message_id}{what}"
    return Difference(ticket=row.ticket_id, what=name, stored=stored, recomputed=recomputed)


def _there(row: Unmarked | None) -> str:
    return "missing" if row is None else "there"


def _rows(kept: Iterable[tuple[int, Kept]]) -> list[Unmarked]:
    return [
        Unmarked(
            message_id=each.message,
            ticket_id=ticket,
            team_id=one.ticket.state.team,
            store_id=one.ticket.store,
            brand_id=one.ticket.brand,
            mark_by=_mark_by(one.state.clocks, each.message),
        )
        for ticket, one in kept
        for each in one.state.unmarked
    ]


def _mark_by(clocks: Iterable[Clock], message: int) -> datetime:
    limits = [
        clock.due
        for clock in clocks
        if clock.kind is ClockKind.PLATFORM and clock.message == message and clock.outcome is Outcome.RUNNING
    ]
    return min((due for due in limits if due is not None), default=NEVER)


def _stored(tickets: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """What the list says of these tickets' messages: the team, and by when."""
    with batch_cursor() as cursor:
        cursor.execute(_STORED, [list(tickets)])
        return {message: (team, mark_by) for message, team, mark_by in cursor.fetchall()}


_STORED = "SELECT message_id, team_id, mark_by FROM duties_unmarked WHERE ticket_id = ANY(%b::bigint[])"
