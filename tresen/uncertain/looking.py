"""Looking for what nobody knows: who looks next, how often, and what becomes of it where nothing is found."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet

from tresen.channels.contract import Stopped
from tresen.timekeeping.running import running_from
from tresen.uncertain.models import Looked

log = structlog.get_logger()

FIRST_LOOK = timedelta(seconds=20)
"""So long after nobody knew, the platform is read: it may need a moment to show what it took."""
PAUSES = (timedelta(minutes=1), timedelta(minutes=4), timedelta(minutes=15), timedelta(hours=1))
"""Between one look and the next: a platform may show late what it took. After the last a person decides."""
HOLD = timedelta(minutes=3)
"""Longer than the requests of one look may take: nobody else looks meanwhile."""
AFTER_A_FAULT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The platform can't be read for this: a person decides, and at once."""


def look_for[Row: Looked, Found](
    uncertain: QuerySet[Row],
    *,
    find: Callable[[Row, datetime], Found | Stopped | Unreadable | None],
    settle: Callable[[Row, Found, datetime], bool],
    at: datetime,
    most: int,
) -> int:
    """Look for the rows of `uncertain` whose look is due, the longest due first; gives how many were settled.

    `find` asks the platform, None where it shows nothing; `settle` keeps what was found and says whether there was
    anything to settle. Both are given the instant.
    """
    clock = running_from(at)
    settled = 0
    for _ in range(most):
        began = clock()
        row = _claim(uncertain, at=began)
        if row is None:
            break
        still = uncertain.filter(pk=row.pk)  # unless it was settled meanwhile
        match _seen(row, find, at=began):
            case Stopped() as stopped:
                still.update(next_look_at=began + max(stopped.after, PAUSES[0]))
            case Unreadable():
                still.update(next_look_at=None)
            case None:
                _not_there(row, still, at=clock())
            case found:
                settled += settle(row, found, clock())
    return settled


@transaction.atomic
def _claim[Row: Looked](uncertain: QuerySet[Row], *, at: datetime) -> Row | None:
    due = uncertain.filter(next_look_at__lte=at).order_by("next_look_at", "pk")
    row = due.select_for_update(skip_locked=True, of=("self",)).first()
    if row is not None:
        row.next_look_at = at + HOLD
        row.save(update_fields=["next_look_at"])
    return row


def _seen[Row: Looked, Found](
    row: Row, find: Callable[[Row, datetime], Found | Stopped | Unreadable | None], *, at: datetime
) -> Found | Stopped | Unreadable | None:
    try:
        return find(row, at)
    except Exception as error:  # a look harms nobody: it is taken again
        log.exception("look_failed", kind=type(row).__name__, row=row.pk)
        return Stopped(reason=f"{type(error).__name__}: {error}"[:500], after=AFTER_A_FAULT)


def _not_there[Row: Looked](row: Row, still: QuerySet[Row], *, at: datetime) -> None:
    """It may come to be shown later; in the end a person decides, and knows that it was looked for."""
    pause = PAUSES[row.looks] if row.looks < len(PAUSES) else None
    still.update(looks=row.looks + 1, looked_at=at, next_look_at=at + pause if pause else None)
