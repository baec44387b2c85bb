"""What the rule packs say of duties that are no messages: cases that were filed, and what the law gives time for."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tresen.channels.dated_data import Mark
from tresen.channels.limits import ALWAYS, Within
from tresen.channels.rule_files import LAW, load_rule_packs
from tresen.channels.rule_packs import Cliff, RulePack
from tresen.clock.rules import months_later
from tresen.sla.calendars import closed_days, hours_in
from tresen.sla.models import StoreRules
from tresen.sla.overriding import said_at, said_in

STRICTEST = "eu"
"""Whose law counts where nobody knows where the buyer is."""

AMERICAN = {"com": "us"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRule:
    """How long there is for one kind of duty. `title` is English data: `stores.channel_words.limit_title` says it.

    `edition` names the rule pack in force; `sure` is how sure we are of it, `source` where it is written.
    """

    key: str
    title: str
    edition: str
    limit: Within
    sure: Mark
    source: str
    pack: RulePack

    def due(self, began_at: datetime) -> datetime | None:
        """When a duty that began then is due, in UTC."""
        if self.limit.months:
            return months_later(began_at, self.limit.months)
        if self.limit.calendar == ALWAYS:
            return began_at + self.limit.allowed
        hours = dict(hours_in(self.pack, closed_days(self.pack, year=began_at.year)))
        return hours[self.limit.calendar].add(began_at, self.limit.allowed)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDue:
    """When a case is due, and by which rule."""

    at: datetime
    rule: DutyRule


def case_rules(
    platform: str, *, marketplace: str = "", kind: str, at: datetime, store: int | None = None
) -> tuple[DutyRule, ...]:
    """The rules in force at `at` for a kind of case on this platform, the earliest first. None: nobody sets a time.

    With `store`, what it has said in their place counts.
    """
    rules = _rules(load_rule_packs(platform).at(at, marketplace), kind)
    version = said_at(store, at) if store is not None and rules else None
    if version is None:
        return rules
    return tuple(said for rule in rules if (said := _as_said(rule, version)) is not None)


def case_due(
    platform: str, *, marketplace: str = "", kind: str, filed_at: datetime, store: int | None = None
) -> CaseDue | None:
    """When a case of this kind, filed then, is first due by the rules as `case_rules` has them; None without any."""
    dues = [
        CaseDue(at=at, rule=rule)
        for rule in case_rules(platform, marketplace=marketplace, kind=kind, at=filed_at, store=store)
        if (at := rule.due(filed_at)) is not None
    ]
    return min(dues, key=lambda due: due.at, default=None)


def legal_rules(place: str, *, at: datetime) -> tuple[DutyRule, ...]:
    """What the law gives time for at `at`, where the buyer is: a country ("de"), a marketplace ("amazon.de") or "eu".

    Where nobody knows where that is, the strictest law we know counts.
    """
    packs = load_rule_packs(LAW)
    ending = place.casefold().rpartition(".")[2]
    pack = packs.at(at, packs.region_of(AMERICAN.get(ending, ending)) or STRICTEST)
    return tuple(rule for cliff in pack.cliffs for rule in _rule(pack, cliff))


def legal_due(key: str, place: str, *, received_at: datetime) -> CaseDue | None:
    """When what the law asks under this key ("access_request") is due; None for a key it does not know there."""
    rule = next((one for one in legal_rules(place, at=received_at) if one.key == key), None)
    at = rule.due(received_at) if rule else None
    return CaseDue(at=at, rule=rule) if rule and at else None


def _as_said(rule: DutyRule, version: StoreRules) -> DutyRule | None:
    limits = said_in(version).limits
    if rule.key not in limits:
        return rule
    minutes = limits[rule.key]
    if minutes is None:
        return None
    within = replace(rule.limit, allowed=timedelta(minutes=minutes))
    return replace(rule, limit=within, edition=f"{rule.edition} +{version.pk}")


def _rules(pack: RulePack, duty: str) -> tuple[DutyRule, ...]:
    return tuple(rule for cliff in pack.cliffs_for(duty) for rule in _rule(pack, cliff))


def _rule(pack: RulePack, cliff: Cliff) -> tuple[DutyRule, ...]:
    if not isinstance(cliff.limit, Within):
        return ()
    return (
        DutyRule(
            key=cliff.key,
            title=cliff.title,
            edition=pack.name,
            limit=cliff.limit,
            sure=cliff.sure,
            source=cliff.source,
            pack=pack,
        ),
    )
