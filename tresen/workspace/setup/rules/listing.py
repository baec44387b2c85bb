"""The platforms' rules as the screen shows them: by platform and region, and by store."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tresen.accounts.scope import Scope
from tresen.channels.contract import Look
from tresen.channels.limits import Within, as_said
from tresen.channels.rule_files import LAW, all_rule_packs, load_rule_packs
from tresen.channels.rule_packs import Cliff, RulePack, RulePacks
from tresen.sla.ageing import is_old
from tresen.sla.models import StoreRules
from tresen.sla.overriding import Said, said_by, said_in
from tresen.sla.packs import OWN_LIMIT, OWN_LIMIT_TITLE
from tresen.stores.channel_words import source_title
from tresen.stores.connectors import connectors
from tresen.stores.models import Store
from tresen.stores.rule_words import rule_words
from tresen.workspace.setup.naming import any_channel_title, day_in_words, marketplace_title
from tresen.workspace.setup.rules.words import (
    exclusion_in_words,
    is_sure,
    limit_in_words,
    notes_on,
    pack_in_words,
    sure_in_words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShown:
    """One limit. `address` is empty where the source is no address."""

    key: str
    title: str
    time: str
    notes: tuple[str, ...]
    sure: str
    is_sure: bool
    source: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionShown:
    """One edition. `place` names the region, empty for everywhere."""

    id: str
    name: str
    place: str
    since: str
    checked: str
    old: bool
    answers: tuple[RuleShown, ...]
    duties: tuple[RuleShown, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformShown:
    """All rules of a platform. `in_use`: a store of ours is there, or it is the law."""

    key: str
    title: str
    look: Look | None
    in_use: bool
    editions: tuple[EditionShown, ...]
    coming: tuple[EditionShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreShown:
    """What counts for a store: the edition, and what it says itself. `answers` as (time, for what), as it says."""

    id: int
    name: str
    channel: str
    marketplace: str
    answers: tuple[tuple[str, str], ...]
    edition: EditionShown | None
    coming: tuple[EditionShown, ...]
    says: str
    since: datetime | None


def platforms_shown(at: datetime, *, used: Collection[str]) -> list[PlatformShown]:
    """All platforms, those of our stores and the law first."""
    shown = [_platform(packs, at, in_use=packs.platform in used or packs.platform == LAW) for packs in all_rule_packs()]
    return sorted(shown, key=lambda one: not one.in_use)


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
    return StoreShown(
        id=store.pk,
        name=store.name,
        channel=any_channel_title(store.channel),
        marketplace=marketplace_title(store.marketplace),
        answers=tuple(_answers(pack, words)),
        edition=edition_shown(pack, packs, at) if pack.known else None,
        coming=tuple(edition_shown(one, packs, at) for one in packs.coming(at, store.marketplace)),
        says=said.reason if said and words else "",
        since=said.created_at if said and words else None,
    )


def edition_shown(pack: RulePack, packs: RulePacks, at: datetime) -> EditionShown:
    """An edition, its limits for answers apart from those for cases and requests."""
    answers = pack.reply_cliffs
    return EditionShown(
        id=pack.name.replace(" ", "-"),
        name=pack.name,
        place=rule_words(packs.region_title(pack.region)) if pack.region else "",
        since=day_in_words(pack.valid_from),
        checked=day_in_words(pack.checked),
        old=is_old(pack, at),
        answers=tuple(_rule(cliff, pack) for cliff in answers),
        duties=tuple(_rule(cliff, pack) for cliff in pack.cliffs if cliff not in answers),
        notes=(*pack_in_words(pack), *exclusion_in_words(pack)) if packs.platform != LAW else (),
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
    coming = _once(one for region in regions for one in packs.coming(at, region))
    return PlatformShown(
        key=packs.platform,
        title=rule_words(packs.title),
        look=next((one.look for one in connectors() if one.key == packs.platform), None),
        in_use=in_use,
        editions=tuple(edition_shown(one, packs, at) for one in in_force),
        coming=tuple(edition_shown(one, packs, at) for one in coming),
    )


def _once(packs: Iterable[RulePack]) -> list[RulePack]:
    return list({pack.name: pack for pack in packs}.values())


def _rule(cliff: Cliff, pack: RulePack) -> RuleShown:
    address = cliff.source if cliff.source.startswith("https://") else ""
    return RuleShown(
        key=cliff.key,
        title=rule_words(cliff.title),
        time=limit_in_words(cliff.limit, pack),
        notes=tuple(notes_on(cliff, pack)),
        sure=sure_in_words(cliff.sure),
        is_sure=is_sure(cliff.sure),
        source=cliff.source.removeprefix("https://").partition("/")[0] if address else source_title(cliff.source),
        address=address,
    )
