"""What a store said in place of its platform's rules, version by version, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tresen.channels.rule_files import load_rule_packs
from tresen.sla.models import StoreRules
from tresen.sla.overriding import Stretch, said_in
from tresen.sla.packs import OWN_LIMIT, OWN_LIMIT_TITLE
from tresen.sla.sentences import span
from tresen.stores.models import Store
from tresen.stores.rule_words import rule_words
from tresen.workspace.dates import day_and_time

MOST_VERSIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionShown:
    """What was said, why, when and by whom."""

    at: datetime
    by: str
    reason: str
    said: tuple[str, ...]


def versions_shown(store: Store, *, at: datetime) -> list[VersionShown]:
    """The newest versions, the newest first. Two queries."""
    titles = _titles(store.channel)
    return [
        VersionShown(
            at=version.created_at,
            by=version.created_by.name if version.created_by else "",
            reason=version.reason,
            said=tuple(_said(version, titles, at)) or (_("the platform’s own rules"),),
        )
        for version in store.rule_versions.select_related("created_by").order_by("-number")[:MOST_VERSIONS]
    ]


def _titles(channel: str) -> dict[str, str]:
    """What limits and exclusions are called, also those of editions that count no longer."""
    editions = load_rule_packs(channel).editions
    limits = {cliff.key: cliff.title for pack in editions for cliff in pack.cliffs}
    exclusions = {one.key: one.title for pack in editions for one in pack.exclusions}
    titles = {**limits, **exclusions, OWN_LIMIT: OWN_LIMIT_TITLE}
    return {key: rule_words(title) for key, title in titles.items()}


def _said(version: StoreRules, titles: dict[str, str], at: datetime) -> Iterator[str]:
    said = said_in(version)
    for key, minutes in said.limits.items():
        time = _("does not count here") if minutes is None else span(timedelta(minutes=minutes))
        yield f"{titles.get(key, key)}: {time}"
    for key, stretches in said.stretches.items():
        yield f"{titles.get(key, key)}: {', '.join(_stretch(one, at) for one in stretches)}"


def _stretch(stretch: Stretch, at: datetime) -> str:
    begun, ended = stretch
    return f"{day_and_time(begun, at)} – {day_and_time(ended, at) if ended else '…'}"
