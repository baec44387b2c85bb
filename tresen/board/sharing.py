"""One process counts, all of them show it: figures kept in a row, renewed by whoever finds them too old.

Whoever comes while another one counts is shown what was counted before. How often is renewed follows what it costs, so
that a board takes no more than a twentieth of one core, however much is open and however many people look.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from hashlib import md5
from time import perf_counter
from typing import Any

import msgspec
from django.db import connection, transaction

from tresen.board.counting import count
from tresen.board.figures import Figures
from tresen.board.models import SharedFigures

LASTS = timedelta(seconds=5)
SHARE = 20
"""So many times as long as they took to make, figures last."""
LOCK = 7_735_101
"""Advisory locks of this number and the figures' own; any will do, as long as it stays the same."""


def current(at: datetime) -> Figures:
    """What needs us, not older than LASTS or SHARE times what it takes to count."""
    return shared("now", at=at, lasts=LASTS, kind=Figures, make=count)


def shared[T](name: str, *, at: datetime, lasts: timedelta, kind: type[T], make: Callable[[datetime], T]) -> T:
    """The figures of this name; made anew by `make` when they are older than they last."""
    kept = _kept(name, kind)
    if kept is None or _is_old(kept, at, lasts):
        kept = _renewed(name, at=at, lasts=lasts, kind=kind, make=make, wait=kept is None) or kept
    assert kept is not None  # whoever waited for the lock has made them, or found them made
    return msgspec.json.decode(kept.value, type=kind)


@transaction.atomic
def _renewed(
    name: str, *, at: datetime, lasts: timedelta, kind: Any, make: Callable[[datetime], object], wait: bool
) -> SharedFigures | None:
    """None while another process is at it."""
    if not _locked(name, wait=wait):
        return None
    kept = _kept(name, kind)
    if kept is not None and not _is_old(kept, at, lasts):
        return kept
    begun = perf_counter()
    value = msgspec.json.encode(make(at)).decode()
    took = perf_counter() - begun
    fresh = SharedFigures(name=name, shape=_shape(kind), made_at=at, seconds=took, value=value)
    SharedFigures.objects.bulk_create(
        [fresh], update_conflicts=True, unique_fields=["name"], update_fields=["shape", "made_at", "seconds", "value"]
    )
    return fresh


def _kept(name: str, kind: Any) -> SharedFigures | None:
    return SharedFigures.objects.filter(name=name, shape=_shape(kind)).first()


@cache
def _shape(kind: Any) -> str:
    """Tells whether a row was written by a release whose figures have other fields."""
    return md5(msgspec.json.encode(msgspec.json.schema(kind)), usedforsecurity=False).hexdigest()


def _is_old(kept: SharedFigures, at: datetime, lasts: timedelta) -> bool:
    """Made too long ago; or later than now, by a clock that was set back."""
    return not timedelta(0) <= at - kept.made_at < max(lasts, timedelta(seconds=SHARE * kept.seconds))


def _locked(name: str, *, wait: bool) -> bool:
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, name])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [LOCK, name])
        return bool(cursor.fetchone()[0])
