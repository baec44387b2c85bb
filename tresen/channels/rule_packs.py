"""A platform's rules as dated, sourced data: `tresen/channels/<key>/rules.yaml`.

Rules change and differ by year and region, so a file holds several editions, and a clock keeps the edition it was
opened under. Not every pack has a connector: the law has none, and channels that are still to come bring theirs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from tresen.channels.dated_data import Mark
from tresen.channels.limits import Author, Calendar, Limit, Weekday
from tresen.channels.surfaces import Surface
from tresen.channels.word_rules import WordRule


class NoResponse(StrEnum):
    """What "no response needed" does to the platform clock: end it, or leave it until it is marked there."""

    WAIVES = "waives"
    AT_PLATFORM = "at_platform"


class Unit(StrEnum):
    """What the platform counts: each message, each unanswered run of messages, or each conversation."""

    MESSAGE = "message"
    TURN = "turn"
    CONVERSATION = "conversation"


class CaseKind(StrEnum):
    """What can be filed against a sale, with a deadline of its own."""

    A_TO_Z = "a_to_z"
    CHARGEBACK = "chargeback"
    RETURN_REQUEST = "return_request"
    RETURN_ARRIVED = "return_arrived"
    ITEM_NOT_RECEIVED = "item_not_received"
    INFORMATION_REQUEST = "information_request"
    DISPUTE = "dispute"
    CLAIM = "claim"
    UNAUTHORISED = "unauthorised"
    APPEAL = "appeal"
    CANCELLATION = "cancellation"
    AUTHORITY_COMPLAINT = "authority_complaint"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliesTo:
    """What a limit is for. All empty: every message. `cases`, `requests`: a duty of its own, no message.

    `reasons` are reasons of a raised risk tier: the limit counts from there. `intents`: what a message is about; nobody
    tells them apart yet, so such a limit is shown and not counted.
    """

    cases: frozenset[CaseKind] = frozenset()
    requests: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    intents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cliff:
    """One limit of the platform, and what is lost behind it. `source` is where it is written, `sure` how sure we are.

    `warn_before` are the warnings a window gives before it closes.
    """

    key: str
    title: str
    limit: Limit
    sure: Mark = Mark.DOCUMENTED
    source: str = ""
    applies_to: AppliesTo = AppliesTo()
    warn_before: tuple[timedelta, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """What the platform leaves out. `handled_by`: whatever such an author has answered.

    Else it holds in the stretches for which a store says so (holiday mode), and where `days` are given only for
    messages of these days in `zone`.
    """

    key: str
    title: str
    sure: Mark = Mark.DOCUMENTED
    source: str = ""
    handled_by: frozenset[Author] = frozenset()
    days: frozenset[Weekday] = frozenset()
    zone: str = "UTC"

    @property
    def by_store(self) -> bool:
        """Whether a store has to say when it holds."""
        return not self.handled_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of a platform with rules of its own: the stores of these marketplaces, or conversations of `surfaces`."""

    key: str
    title: str
    marketplaces: frozenset[str] = frozenset()
    surfaces: frozenset[Surface] = frozenset()
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePack:
    """One edition of a platform's rules. No cliffs means: this platform sets no time.

    `idle`: after so long without a message a conversation is counted as a new one. `written` is the edition as it
    stands in its file, so that it can be kept. `words`: what answers may not say; no time hangs on it.
    """

    platform: str
    valid_from: date
    checked: date
    region: str = ""
    sources: tuple[str, ...] = ()
    cliffs: tuple[Cliff, ...] = ()
    counts_as_answer: frozenset[Author] = frozenset({Author.PERSON})
    no_response: NoResponse = NoResponse.WAIVES
    unit: Unit = Unit.TURN
    exclusions: tuple[Exclusion, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    words: tuple[WordRule, ...] = ()
    idle: timedelta | None = None
    written: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def name(self) -> str:
        """How the ledger names it: "amazon 2020-07-01", "tiktok_shop us 2026-01-01"."""
        return " ".join(filter(None, (self.platform, self.region, self.valid_from.isoformat())))

    @property
    def known(self) -> bool:
        """Whether anybody has written this edition; false for the time before the first one."""
        return self.valid_from > date.min

    @property
    def reply_cliffs(self) -> tuple[Cliff, ...]:
        """The limits for answers to messages."""
        return tuple(one for one in self.cliffs if one.applies_to.reasons or not _duties(one))

    def cliffs_for(self, duty: str) -> tuple[Cliff, ...]:
        """The limits for a kind of case or of legal request, the earliest first."""
        return tuple(one for one in self.cliffs if duty in _duties(one))


def _duties(cliff: Cliff) -> frozenset[str]:
    return cliff.applies_to.cases | cliff.applies_to.requests


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePacks:
    """All editions of one platform, of each region the oldest first."""

    platform: str
    title: str = ""
    regions: tuple[Region, ...] = ()
    editions: tuple[RulePack, ...] = ()

    def region_of(self, marketplace: str) -> str:
        """The region whose rules hold for a marketplace, given as the store names it or as the region's own key."""
        name = marketplace.casefold()
        found = (one.key for one in self.regions if name and (name == one.key or name in one.marketplaces))
        return next(found, "")

    def at(self, instant: datetime, marketplace: str = "", surface: str = Surface.DIRECT) -> RulePack:
        """The edition in force at `instant`; before the first one: a pack without a platform clock.

        A region without an edition of its own follows the one for everywhere.
        """
        day = instant.astimezone(UTC).date()
        held_at = next((one.key for one in self.regions if surface in one.surfaces), "")
        for region in dict.fromkeys((held_at or self.region_of(marketplace), "")):
            in_force = [pack for pack in self.editions if pack.region == region and pack.valid_from <= day]
            if in_force:
                return in_force[-1]
        return RulePack(platform=self.platform, valid_from=date.min, checked=date.min)

    def coming(self, instant: datetime, marketplace: str = "") -> Sequence[RulePack]:
        """The editions that are known to come into force for this marketplace, the next first."""
        day, now = instant.astimezone(UTC).date(), self.at(instant, marketplace)
        own = self.region_of(marketplace)
        later = [pack for pack in self.editions if pack.valid_from > day and pack.region in (own, now.region)]
        return sorted(later, key=lambda pack: pack.valid_from)

    def named(self, name: str) -> RulePack | None:
        """The edition of that name; None where there is none (any more)."""
        return next((pack for pack in self.editions if pack.name == name), None)

    def region_title(self, region: str) -> str:
        """What the region is called; empty for everywhere."""
        return next((one.title for one in self.regions if one.key == region), "")


def pack_at(packs: RulePacks, instant: datetime, marketplace: str = "") -> RulePack:
    """The edition of `packs` in force at `instant`."""
    return packs.at(instant, marketplace)
