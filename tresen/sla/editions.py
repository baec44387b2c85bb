"""Editions of rule packs as they counted, kept for good: an upgrade changes what comes, never what was.

A file may be corrected and the holiday data may change; the ledger names an edition and must mean by it for ever what
counted then. So what a file says is kept as a row before anybody counts by it, with its calendars' holidays resolved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db.models import Max

from tresen.channels.rule_files import all_rule_packs, kept_edition, load_rule_packs
from tresen.channels.rule_packs import RulePack
from tresen.clock.hours import WorkingHours
from tresen.sla.calendars import ClosedDays, closed_days, hours_in
from tresen.sla.models import RuleEdition
from tresen.staffing.holidays import YEARS_AHEAD

type Json = dict[str, object]

ABOUT_IT = {"checked", "sources", "title", "sure", "source", "closed", "words"}
"""What may change in an edition, or a limit of it, without changing what counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A rule pack and the hours its calendars count, under the name the ledger has for it."""

    name: str
    pack: RulePack
    hours: tuple[tuple[str, WorkingHours], ...] = ()


_known: dict[str, Edition] = {}


def edition_named(name: str) -> Edition | None:
    """The edition the ledger means by this name; None where there never was one."""
    if not name:
        return None
    found = _known.get(name)
    if found is None:
        row = RuleEdition.objects.filter(name=name).first()
        if row is None:
            return _of_file(name)
        _known[name] = found = _of_row(row)
    return found


def newest_numbers() -> Mapping[str, int]:
    """The number of the newest kept form of each edition, by the edition's name in its file. One query."""
    return dict(RuleEdition.objects.values("base").annotate(newest=Max("number")).values_list("base", "newest"))


def name_of(base: str, number: int) -> str:
    """What the ledger calls the form of this number."""
    return base if number <= 1 else f"{base} r{number}"


def keep_editions(*, at: datetime) -> int:
    """Keep every edition of today's files that says what no row says yet; how many were new. Twice changes nothing."""
    rows = {row.name: row for row in RuleEdition.objects.all()}
    numbers = newest_numbers()
    new: list[RuleEdition] = []
    for pack in _all_editions():
        number = numbers.get(pack.name, 0)
        kept = rows.get(name_of(pack.name, number)) if number else None
        contents = _contents(pack, closed_days(pack, year=at.year))
        if kept is not None and _counts_the_same(kept.contents, contents, year=at.year):
            continue
        name = name_of(pack.name, number + 1)
        new.append(RuleEdition(name=name, base=pack.name, number=number + 1, contents=contents, kept_at=at))
    RuleEdition.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _all_editions() -> Iterable[RulePack]:
    return (pack for packs in all_rule_packs() for pack in packs.editions)


def _contents(pack: RulePack, closed: ClosedDays) -> Json:
    written = {key: value.isoformat() if isinstance(value, date) else value for key, value in pack.written.items()}
    return {**written, "closed": {key: sorted(day.isoformat() for day in days) for key, days in closed.items()}}


def _counts_the_same(kept: Json, now: Json, *, year: int) -> bool:
    """Whether both count alike over the years the kept one knows, and it still knows next year."""
    known = _closed(kept)
    last = max((day.year for days in known.values() for day in days), default=year + YEARS_AHEAD)
    within = {key: frozenset(day for day in days if day.year <= last) for key, days in _closed(now).items()}
    return _said(kept) == _said(now) and known == within and last > year


def _said(contents: object) -> object:
    """The same without what is only said about it."""
    if isinstance(contents, dict):
        return {key: _said(value) for key, value in contents.items() if key not in ABOUT_IT}
    return [_said(one) for one in contents] if isinstance(contents, list) else contents


def _closed(contents: Json) -> dict[str, frozenset[date]]:
    closed = cast("Mapping[str, Iterable[str]]", contents.get("closed", {}))
    return {key: frozenset(date.fromisoformat(day) for day in days) for key, days in closed.items()}


def _of_row(row: RuleEdition) -> Edition:
    written = {key: value for key, value in row.contents.items() if key != "closed"}
    pack = kept_edition(written, name=row.name, platform=row.base.partition(" ")[0])
    return Edition(name=row.name, pack=pack, hours=hours_in(pack, _closed(row.contents)))


def _of_file(name: str) -> Edition | None:
    """Before anything was kept: what the file says today."""
    pack = load_rule_packs(name.partition(" ")[0]).named(name)
    if pack is None:
        return None
    return Edition(name=name, pack=pack, hours=hours_in(pack, closed_days(pack, year=pack.checked.year)))
