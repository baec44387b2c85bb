"""Rules that nobody has looked up for long: platforms change theirs without telling us."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tresen.channels.rule_files import LAW, all_rule_packs
from tresen.channels.rule_packs import RulePack
from tresen.stores.models import Store

TOO_OLD = timedelta(days=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class OldRules:
    """Rules in force that were last checked on `checked`. Titles are English data (`stores.rule_words`)."""

    platform: str
    title: str
    region: str
    checked: date


def old_rules(at: datetime) -> list[OldRules]:
    """The rules that count for some store, and the law's, and were checked too long ago. One query."""
    places = set(Store.objects.filter(retired_at=None).values_list("channel", "marketplace"))
    return [
        OldRules(
            platform=packs.platform,
            title=packs.title,
            region=packs.region_title(edition.region),
            checked=edition.checked,
        )
        for packs in all_rule_packs()
        for edition in packs.editions
        if is_old(edition, at) and _counts(edition, packs.platform, places, at)
    ]


def is_old(edition: RulePack, at: datetime) -> bool:
    """Whether an edition was checked more than 180 days ago."""
    return at.date() - edition.checked > TOO_OLD


def _counts(edition: RulePack, platform: str, places: Collection[tuple[str, str]], at: datetime) -> bool:
    packs = next(one for one in all_rule_packs() if one.platform == platform)
    if platform == LAW:
        return packs.at(at, edition.region) == edition
    return any(packs.at(at, marketplace) == edition for channel, marketplace in places if channel == platform)
