"""The platform's rule packs as the clocks read them."""

from datetime import datetime
from functools import cache

from tresen.channels.limits import Within
from tresen.channels.rule_files import load_rule_packs
from tresen.channels.rule_packs import NoResponse, RulePack, Unit
from tresen.clock.rules import NO_LIMIT, Cliff, Pack


def edition_at(channel: str, at: datetime, marketplace: str = "") -> str:
    """The name of the edition in force at `at`, e.g. "amazon 2026-11-22"; empty where the platform sets no time."""
    pack = load_rule_packs(channel).at(at, marketplace)
    return pack.name if pack.reply_cliffs and pack.unit is Unit.MESSAGE else ""


@cache
def pack_of(edition: str) -> Pack:
    """The pack that an edition's name stands for. An edition that is gone sets no time."""
    found = _edition(edition)
    if found is None:
        return NO_LIMIT
    return Pack(
        edition=edition,
        cliffs=tuple(
            Cliff(key=cliff.key, allowed=cliff.limit.allowed, hours=cliff.limit.calendar)
            for cliff in found.reply_cliffs
            if isinstance(cliff.limit, Within) and not cliff.applies_to.reasons
        ),
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
    return load_rule_packs(name.partition(" ")[0]).named(name)
