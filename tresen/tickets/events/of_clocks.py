"""What is said of clocks: which policy counts, what was breached, what never counted."""

from datetime import datetime
from typing import ClassVar

from tresen.tickets.facts import Event, Key


class PolicyApplied(Event, frozen=True, kw_only=True):
    """Which policy counts from now on for a conversation, with a copy of its targets: later edits change no history.

    Allowed times are seconds, also those before which is warned; a target without warnings of its own (None) has
    `warn_percent` and `warn_before`. Hours are "always", "coverage" or "timetable:<version id>", at
    tier 0 with "+on_call:<edition>": the on-call list as it was, whose hours count besides; with "+store" where the
    timetable was the store's own.
    `counting` says what this does to clocks that run already: "from_start" (all that was recorded before this could be
    chosen), "from_now", or "new_clocks" (nothing). `pack_counting` says the same of the platform's clocks, where `pack`
    is another than before.
    """

    kind: ClassVar[str] = "policy_applied"
    policy_version: int | None
    conversation: int | None = None
    counting: Key = Key("from_start")
    first_reply: int | None = None
    first_reply_hours: Key = Key("always")
    next_reply: int | None = None
    next_reply_hours: Key = Key("always")
    resolution: int | None = None
    resolution_hours: Key = Key("always")
    warn_percent: tuple[int, ...] = ()
    warn_before: tuple[int, ...] = ()
    first_reply_warn_percent: tuple[int, ...] | None = None
    first_reply_warn_before: tuple[int, ...] | None = None
    next_reply_warn_percent: tuple[int, ...] | None = None
    next_reply_warn_before: tuple[int, ...] | None = None
    resolution_warn_percent: tuple[int, ...] | None = None
    resolution_warn_before: tuple[int, ...] | None = None
    pack: Key = Key("")
    pack_counting: Key = Key("new_clocks")
    zone_data: Key = Key("")


class ClockBreached(Event, frozen=True, kw_only=True):
    """A clock passed its due time, at the due time."""

    kind: ClassVar[str] = "clock_breached"
    clock: Key
    metric: Key


class ClockVoided(Event, frozen=True, kw_only=True):
    """A recorded correction: this clock should never have counted. `outcome` and `due` are what it said before."""

    kind: ClassVar[str] = "clock_voided"
    clock: Key
    reason: Key
    outcome: Key = Key("")
    due: datetime | None = None
