"""From when on people must work to keep every limit: what is due, what it costs, and who is there to do it."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from tresen.clock.crews import Crew

STRETCH = 1.3
"""Nobody answers without a break: expected handling takes so many times as long."""
MARGIN = timedelta(minutes=30)
"""How long before the last moment a ticket is said to be in danger."""
UNKNOWN_HANDLING = timedelta(minutes=3)
"""What an answer is expected to take where nothing is known."""
HORIZON = timedelta(hours=48)
"""What is due later cannot be in danger yet."""


class Piece(NamedTuple):
    """So many tickets that are due at the same time, and how long handling each is expected to take."""

    due: datetime
    handling: timedelta
    tickets: int = 1


class StartBy(NamedTuple):
    """When work must have begun for what is due at `due` to be kept; None: too late for all who were ever there."""

    due: datetime
    at: datetime | None

    def is_past(self, now: datetime) -> bool:
        """Whether what is due then is in danger."""
        return self.at is None or self.at <= now


def start_bys(pieces: Iterable[Piece], crew: Crew) -> Iterator[StartBy]:
    """The latest start for each due time of `pieces`, which come in order of it. One pass.

    It is the last covered minute up to the due time, less what all that is due before it is expected to take, as the
    people on shift share it, less MARGIN. Of those due at the same time one is the last, and all others come before it.
    """
    before = timedelta(0)
    for due, together in groupby(pieces, key=lambda piece: piece.due):
        same = list(together)
        before += sum((piece.handling * piece.tickets for piece in same), timedelta(0))
        last = min(piece.handling for piece in same)
        yield StartBy(due, start_by(due, before - last, crew))


def start_by(due: datetime, before: timedelta, crew: Crew) -> datetime | None:
    """When work must begin for a limit at `due` with so much handling before it; None where nobody ever worked."""
    covered = crew.last_covered_before(due)
    begins = crew.work_back(covered, before * STRETCH) if covered is not None else None
    return begins - MARGIN if begins is not None else None
