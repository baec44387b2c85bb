"""The platform's rules as the clocks read them, under the names the ledger has for them.

A name is an edition ("amazon 2020-07-01") and, where the store has said otherwise, the version of what it said
("amazon 2020-07-01 +12"). Both are kept for good, so a name means for ever what counted when it was recorded.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NamedTuple

from tresen.channels import rule_packs as written
from tresen.channels.limits import Average, SendWindow, Until, Within, as_said
from tresen.channels.rule_files import load_rule_packs
from tresen.channels.surfaces import Surface
from tresen.clock.rules import NO_LIMIT, Cliff, LeftOut, Measure, Pack, Unit, WeekHour
from tresen.sla.editions import Edition, edition_named, name_of, newest_numbers
from tresen.sla.models import StoreRules
from tresen.sla.overriding import Said, numbers_of, said_in
from tresen.stores.models import Store

OWN_LIMIT = "own_limit"
"""The limit a store sets where its platform's pack has none."""

OWN_LIMIT_TITLE = "Limit set for this store"
PERSON = "person"


class StoreAt(NamedTuple):
    """Whose rules are asked for."""

    store: int
    channel: str
    marketplace: str
    surface: str = Surface.DIRECT


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesInForce:
    """What counts for some stores. `numbers` of the kept editions; `said` by each store, the oldest first."""

    numbers: Mapping[str, int]
    said: Mapping[int, list[tuple[datetime, int]]]

    def name_at(self, one: StoreAt, at: datetime) -> str:
        """The name of what counts for this store at `at`; empty where nobody sets a time for answers."""
        if one.surface == Surface.BY_HAND:  # no platform knows that a telephone rang
            return ""
        pack = load_rule_packs(one.channel).at(at, one.marketplace, one.surface)
        said = [version for since, version in self.said.get(one.store, ()) if since <= at]
        if not pack.reply_cliffs and not said:
            return ""
        base = name_of(pack.name, self.numbers.get(pack.name, 1)) if pack.known else one.channel
        return f"{base} +{said[-1]}" if said else base


def rules_in_force(store_ids: Collection[int]) -> RulesInForce:
    """What counts for these stores. Two queries."""
    return RulesInForce(numbers=newest_numbers(), said=numbers_of(store_ids))


def edition_at(store: Store, at: datetime, surface: str = Surface.DIRECT) -> str:
    """The name of what counts for this store at `at`; empty where nobody sets a time for answers."""
    return rules_in_force([store.pk]).name_at(StoreAt(store.pk, store.channel, store.marketplace, surface), at)


class _Named(NamedTuple):
    edition: Edition | None
    said: Said
    pack: Pack


_known: dict[str, _Named] = {}


def pack_of(name: str) -> Pack:
    """The pack that a name in the ledger stands for. An edition that never was sets no time."""
    return _named(name).pack


def counts(name: str, author: str) -> bool:
    """Whether the platform counts an answer by this kind of author. Without a pack: a person's words."""
    edition = _named(name).edition
    return author == PERSON if edition is None else author in edition.pack.counts_as_answer


def leaves_out(name: str, author: str) -> bool:
    """Whether the platform leaves out what this kind of author has answered."""
    edition = _named(name).edition
    return edition is not None and any(author in one.handled_by for one in edition.pack.exclusions)


class WindowRule(NamedTuple):
    """A window for answers: as the platform calls it, and how long it is open for whom."""

    key: str
    title: str
    limit: SendWindow


def send_windows(name: str) -> tuple[WindowRule, ...]:
    """The windows in which the platform takes answers; none: it always does. A store's word may lengthen them."""
    edition, said, _ = _named(name)
    cliffs = edition.pack.reply_cliffs if edition else ()
    told = ((one, said.limits.get(one.key, 0)) for one in cliffs)
    rules = ((one, as_said(one.limit, minutes)) for one, minutes in told if minutes is not None)
    return tuple(WindowRule(one.key, one.title, limit) for one, limit in rules if isinstance(limit, SendWindow))


def cliff_title(name: str, key: str) -> str:
    """What the platform calls this limit."""
    if key == OWN_LIMIT:
        return OWN_LIMIT_TITLE
    edition = _named(name).edition
    return next((cliff.title for cliff in edition.pack.cliffs if cliff.key == key), key) if edition else key


def forget(version: int) -> None:
    """Keep nothing in mind of a store's word that was said to look at it only, and is not there any more."""
    for name in [name for name in _known if name.endswith(f" +{version}")]:
        del _known[name]


def _named(name: str) -> _Named:
    found = _known.get(name)
    if found is None:
        base, _, version = name.partition(" +")
        edition = edition_named(base)
        row = StoreRules.objects.filter(pk=int(version)).first() if version else None
        said = said_in(row) if row else Said()
        found = _Named(edition, said, _pack(name, edition, said))
        # What is not there yet may still come: a process may ask before another has kept it.
        if edition is not None and bool(row) == bool(version):
            _known[name] = found
    return found


def _pack(name: str, edition: Edition | None, said: Said) -> Pack:
    if edition is None:
        return Pack(edition=name, cliffs=_own_limit(said)) if said else NO_LIMIT
    pack = edition.pack
    cliffs = tuple(one for cliff in pack.reply_cliffs if (one := _cliff(cliff, said)) is not None)
    return Pack(
        edition=name,
        cliffs=(*cliffs, *_own_limit(said)),
        marked_there=pack.no_response is written.NoResponse.AT_PLATFORM,
        unit=Unit(pack.unit.value),
        idle=pack.idle,
        left_out=tuple(_left_out(one, said) for one in pack.exclusions if one.by_store),
        hours=edition.hours,
    )


def _own_limit(said: Said) -> tuple[Cliff, ...]:
    minutes = said.limits.get(OWN_LIMIT)
    return (Cliff(key=OWN_LIMIT, allowed=timedelta(minutes=minutes)),) if minutes else ()


def _cliff(cliff: written.Cliff, said: Said) -> Cliff | None:
    """The limit as the store has it; None where it does not count, or cannot be counted yet."""
    minutes = said.limits.get(cliff.key, 0)
    if minutes is None or cliff.applies_to.intents:
        return None
    own = timedelta(minutes=minutes)
    reasons = cliff.applies_to.reasons
    match cliff.limit:
        case Within(allowed=allowed, calendar=calendar):
            return Cliff(key=cliff.key, allowed=own or allowed, hours=calendar, reasons=reasons)
        case Until(weekday=weekday, time=clock, zone=zone, when=when):
            hour = WeekHour(weekday.number, time.fromisoformat(clock), zone)
            return Cliff(key=cliff.key, until=hour, when=when)
        case Average(below=below):
            return Cliff(key=cliff.key, allowed=own or below, measure=Measure.AVERAGE)
        case SendWindow(open_for=open_for):
            warn = cliff.warn_before
            return Cliff(key=cliff.key, allowed=own or open_for, measure=Measure.WINDOW, warn_before=warn)


def _left_out(one: written.Exclusion, said: Said) -> LeftOut:
    days = frozenset(day.number for day in one.days)
    return LeftOut(key=one.key, stretches=said.stretches.get(one.key, ()), days=days, zone=one.zone)
