"""How open clocks differ before and after an edit: counted, for the preview and for the record."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import NamedTuple

from tresen.batches.cursors import batch_cursor
from tresen.clock.clocks import ClockKind
from tresen.sla.models import EditReason
from tresen.sla.recalculations import Edit


class Due(NamedTuple):
    """When a clock that runs or waits is due; None while paused, and where its hours never come."""

    ticket: int
    key: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """So many clocks are due earlier or later than before, or as before; so many have begun, or ended unasked."""

    earlier: int = 0
    later: int = 0
    unchanged: int = 0
    begun: int = 0
    ended: int = 0

    @property
    def any(self) -> bool:
        """Whether anything moves."""
        return bool(self.earlier or self.later or self.begun or self.ended)

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(**{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)})


type Running = Mapping[tuple[int, str], datetime | None]
"""Due times by ticket and the clock's key."""


def moved(before: Running, after: Running) -> Moved:
    """The difference."""
    both = [(before[key], after[key]) for key in before.keys() & after.keys()]
    changed = [(old, new) for old, new in both if old != new]
    earlier = sum(_is_earlier(new, than=old) for old, new in changed)
    return Moved(
        earlier=earlier,
        later=len(changed) - earlier,
        unchanged=len(both) - len(changed),
        begun=len(after.keys() - before.keys()),
        ended=len(before.keys() - after.keys()),
    )


def kinds_moved_by(edit: Edit) -> frozenset[ClockKind]:
    """What an edit can move: clocks of ours, or the platform's where its rules were edited."""
    return _THEIRS if edit.reason is EditReason.RULES else _OURS


def running_clocks(tickets: Collection[int], kinds: Collection[ClockKind]) -> dict[tuple[int, str], datetime | None]:
    """The stored clocks of these kinds that run or are paused, of these tickets."""
    if not tickets:
        return {}
    with batch_cursor() as cursor:
        cursor.execute(_RUNNING, [list(tickets), [kind.value for kind in kinds]])
        return {(ticket, key): due for ticket, key, due in cursor.fetchall()}


def _is_earlier(new: datetime | None, *, than: datetime | None) -> bool:
    # Without a time it is later than any.
    return new is not None and (than is None or new < than)


_OURS = frozenset({ClockKind.OWN, ClockKind.RESOLUTION})
_THEIRS = frozenset({ClockKind.PLATFORM, ClockKind.AVERAGE, ClockKind.WINDOW, ClockKind.CASE})
_RUNNING = """
    SELECT ticket_id, key, due FROM sla_clock
    WHERE ticket_id = ANY(%b::bigint[]) AND kind = ANY(%b::text[]) AND outcome IN ('running', 'paused')
"""
