"""The platforms' rules as the screen shows them: by platform and region, and by store."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from tresen.accounts.scope import Scope
from tresen.channels.contract import Look
from tresen.channels.limits import Within, as_said
from tresen.channels.rule_files import LAW, all_rule_packs, load_rule_packs
from tresen.channels.rule_packs import RulePack, RulePacks
from tresen.sla.models import StoreRules
from tresen.sla.overriding import Said, said_by, said_in
from tresen.sla.packs import OWN_LIMIT, OWN_LIMIT_TITLE
from tresen.stores.connectors import connectors
from tresen.stores.models import Store
from tresen.stores.rule_words import rule_words
from tresen.workspace.setup.naming import any_channel_title, day_in_words, marketplace_title
from tresen.workspace.setup.rules.gathering import RulesShown, gathered
from tresen.workspace.setup.rules.words import limit_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformShown:
    """All rules of a platform. `in_use`: a store of ours is there, or it is the law. `coming`: day by day."""

    key: str
    title: str
    look: Look | None
    in_use: bool
    rules: RulesShown
    coming: tuple[RulesShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What counts for stores. `answers` as (time, for what), `coming`: the days on which other rules begin.

    `says` and `since`: why and since when it is the store's own word, else empty.
    """

    answers: tuple[tuple[str, str], ...]
    coming: tuple[str, ...]
    says: str
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreShown:
    """A store, what counts for it, and its platform's rules."""

    id: int
    name: str
    place: str
    counts: Counts
    rules: RulesShown | None


def platforms_shown(at: datetime, *, used: Collection[str]) -> list[PlatformShown]:
    """All platforms, those of our stores and the law first."""
    shown = [_platform(packs, at, in_use=packs.platform in used or packs.platform == LAW) for packs in all_rule_packs()]
    return sorted(shown, key=lambda one: not one.in_use)


def by_what_counts(stores: Iterable[StoreShown]) -> dict[Counts, list[StoreShown]]:
    """The stores for which the same counts, together."""
    found: dict[Counts, list[StoreShown]] = {}
    for store in stores:
        found.setdefault(store.counts, []).append(store)
    return found


def stores_shown(scope: Scope, at: datetime) -> list[StoreShown]:
    """The stores an agent sees, by name. Two queries."""
    stores = [store for store in Store.objects.filter(retired_at=None).order_by("name") if shows(scope, store)]
    said = said_by([store.pk for store in stores])
    return [store_shown(store, said.get(store.pk), at) for store in stores]


def shows(scope: Scope, store: Store) -> bool:
    """Whether the agent may see this store."""
    return scope.shows(team=store.default_team_id, store=store.pk, brand=store.brand_id)


def store_shown(store: Store, said: StoreRules | None, at: datetime) -> StoreShown:
    """What counts for a store at `at`."""
    packs = load_rule_packs(store.channel)
    pack = packs.at(at, store.marketplace)
    words = said_in(said) if said else Said()
    counts = Counts(
        answers=tuple(_answers(pack, words)),
        coming=tuple(day_in_words(one.valid_from) for one in packs.coming(at, store.marketplace)),
        says=said.reason if said and words else "",
        since=said.created_at if said and words else None,
    )
    return StoreShown(
        id=store.pk,
        name=store.name,
        place=marketplace_title(store.marketplace) or any_channel_title(store.channel),
        counts=counts,
        rules=gathered([pack], packs, at) if pack.known else None,
    )


def _answers(pack: RulePack, said: Said) -> Iterator[tuple[str, str]]:
    for cliff in pack.reply_cliffs:
        minutes = said.limits.get(cliff.key, 0)
        if minutes is not None:
            yield limit_in_words(as_said(cliff.limit, minutes), pack), rule_words(cliff.title)
    if own := said.limits.get(OWN_LIMIT):
        yield limit_in_words(Within(allowed=timedelta(minutes=own)), pack), rule_words(OWN_LIMIT_TITLE)


def _platform(packs: RulePacks, at: datetime, *, in_use: bool) -> PlatformShown:
    regions = ["", *(region.key for region in packs.regions)]
    in_force = [one for one in _once(packs.at(at, region) for region in regions) if one.known]
    coming = sorted(_once(one for region in regions for one in packs.coming(at, region)), key=_since)
    return PlatformShown(
        key=packs.platform,
        title=rule_words(packs.title),
        look=next((one.look for one in connectors() if one.key == packs.platform), None),
        in_use=in_use,
        rules=gathered(in_force, packs, at),
        coming=tuple(gathered(list(same_day), packs, at) for _day, same_day in groupby(coming, key=_since)),
    )


def _once(packs: Iterable[RulePack]) -> list[RulePack]:
    return list({pack.name: pack for pack in packs}.values())


def _since(pack: RulePack) -> date:
    return pack.valid_from
