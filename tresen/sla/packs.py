"""The platform's rule packs as the clocks read them."""

from datetime import date, datetime
from functools import cache

from tresen.channels.rule_packs import NoResponse, RulePack
from tresen.clock.rules import NO_LIMIT, Cliff, Pack
from tresen.stores.connectors import connector_of


def edition_at(channel: str, at: datetime) -> str:
    """The name of the edition in force at `at`, e.g. "amazon 2026-11-22"; empty where the platform sets no time."""
    pack = connector_of(channel).rule_packs.at(at)
    return f"{channel} {pack.valid_from.isoformat()}" if pack.cliffs else ""


@cache
def pack_of(edition: str) -> Pack:
    """The pack that an edition's name stands for. An edition that is gone sets no time."""
    found = _edition(edition)
    if found is None:
        return NO_LIMIT
    return Pack(
        edition=edition,
        cliffs=tuple(Cliff(key=cliff.key, allowed=cliff.within, hours=cliff.calendar) for cliff in found.cliffs),
        marked_there=found.no_response is NoResponse.AT_PLATFORM,
    )


@cache
def counts(edition: str, author: str) -> bool:
    """Whether the platform counts an answer by this kind of author. Without a pack: a person's words."""
    found = _edition(edition)
    return author == "person" if found is None else author in found.counts_as_answer


@cache
def cliff_title(edition: str, key: str) -> str:
    """What the platform calls this limit."""
    found = _edition(edition)
    return next((cliff.title for cliff in found.cliffs if cliff.key == key), key) if found else key


@cache
def _edition(name: str) -> RulePack | None:
    channel, _, day = name.partition(" ")
    if not day:
        return None
    packs = connector_of(channel).rule_packs
    return next((pack for pack in packs.editions if pack.valid_from == date.fromisoformat(day)), None)
