"""A store's own word on its platform's rules: other limits, and when an exclusion holds. Versions, never edited."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.sla.models import StoreRules
from tresen.sla.wording import PolicyWrong, Problem
from tresen.stores.models import Store

LONGEST = 60 * 24 * 90
"""Minutes: no platform gives more than 90 days for an answer."""

type Stretch = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a store says: minutes by the key of a limit (None: it does not count), stretches by that of an exclusion."""

    limits: Mapping[str, int | None] = field(default_factory=dict)
    stretches: Mapping[str, tuple[Stretch, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.limits or self.stretches)


@transaction.atomic
def say_for_store(store_id: int, said: Said, *, reason: str, by: Actor, at: datetime) -> StoreRules:
    """From `at` on count for this store what it says in place of its platform's rules. Open clocks keep theirs.

    The same as before changes nothing. Raises `PolicyWrong` without a reason, and for times that are none.
    """
    problems = list(_problems(said, reason))
    if problems:
        raise PolicyWrong(problems)
    Store.objects.select_for_update().get(pk=store_id)
    newest = StoreRules.objects.filter(store=store_id).order_by("-number").first()
    if newest is not None and said_in(newest) == said:
        return newest
    return StoreRules.objects.create(
        store_id=store_id,
        number=newest.number + 1 if newest else 1,
        limits=dict(said.limits),
        stretches={key: [_written(one) for one in stretches] for key, stretches in said.stretches.items()},
        reason=reason.strip(),
        created_at=at,
        created_by_id=by.id,
    )


def take_back(store_id: int, *, reason: str, by: Actor, at: datetime) -> StoreRules:
    """From `at` on the platform's own rules count for this store again."""
    return say_for_store(store_id, Said(), reason=reason, by=by, at=at)


def said_in(row: StoreRules) -> Said:
    """What a version says."""
    return Said(
        limits=dict(row.limits),
        stretches={key: tuple(_stretch(one) for one in stretches) for key, stretches in row.stretches.items()},
    )


def said_by(store_ids: Collection[int]) -> dict[int, StoreRules]:
    """The newest version of each of these stores that has said anything. One query."""
    newest = StoreRules.objects.filter(store__in=store_ids).order_by("store", "-number").distinct("store")
    return {row.store_id: row for row in newest}


def said_at(store_id: int, at: datetime) -> StoreRules | None:
    """What counted for a store at `at`; None where it had said nothing by then."""
    return StoreRules.objects.filter(store=store_id, created_at__lte=at).order_by("-number").first()


def numbers_of(store_ids: Collection[int]) -> dict[int, list[tuple[datetime, int]]]:
    """All versions of these stores, the oldest first, as (from when on, id). One query."""
    found: dict[int, list[tuple[datetime, int]]] = {}
    rows = StoreRules.objects.filter(store__in=store_ids).order_by("number")
    for store, created_at, pk in rows.values_list("store_id", "created_at", "pk"):
        found.setdefault(store, []).append((created_at, pk))
    return found


def _problems(said: Said, reason: str) -> list[Problem]:
    found = []
    if not reason.strip():
        found.append(Problem("reason", _("Please say why: whoever asks later should find it here.")))
    for key, minutes in said.limits.items():
        if minutes is not None and not 1 <= minutes <= LONGEST:
            found.append(Problem(f"limits.{key}", _("Please give a time between one minute and 90 days.")))
    for key, stretches in said.stretches.items():
        if any(ended is not None and ended <= begun for begun, ended in stretches):
            found.append(Problem(f"stretches.{key}", _("The end must come after the beginning.")))
    return found


def _written(stretch: Stretch) -> list[str | None]:
    begun, ended = stretch
    return [begun.isoformat(), ended.isoformat() if ended else None]


def _stretch(written: list[str | None]) -> Stretch:
    begun, ended = written
    return datetime.fromisoformat(str(begun)), datetime.fromisoformat(ended) if ended else None
