"""The hours of "coverage" and of "store": the team's, at tier 0 those of the on-call list too; a store's own."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, time, timedelta
from typing import NamedTuple

from tresen.clock.hours import WorkingHours
from tresen.clock.queue import QueueTier
from tresen.sla.applying import covered, of_store, on_call_in, version_in
from tresen.staffing.on_call import on_call_hours, with_on_call
from tresen.staffing.on_call_editions import edition_of, openings_of
from tresen.staffing.queries import coverage_versions
from tresen.staffing.version_hours import hours_of
from tresen.stores.hours import own_versions
from tresen.tickets.events import Key

BEFORE, AHEAD = timedelta(days=7), timedelta(days=14)
"""So much of the on-call list is frozen, by whole days: a turn may have begun before a ticket came to tier 0."""


class Covered(NamedTuple):
    """By which version of whose timetable each team works, and the edition of the on-call list, where anybody is.

    `stores`: the version of each store's own timetable, of those that have one.
    """

    versions: Mapping[int, int]
    on_call: int | None
    stores: Mapping[int, int]

    def named(self, team: int, *, store: int, risk_tier: int) -> Callable[[Key], Key]:
        """How the hours of a ticket of this team are named in a conversation with this store, all frozen."""
        called = self.on_call if risk_tier == QueueTier.CRITICAL else None
        return of_store(self.stores.get(store), otherwise=covered(self.versions.get(team), on_call=called))


def covered_at(
    teams: Collection[int], *, risk_tiers: Collection[int], at: datetime, stores: Collection[int] = ()
) -> Covered:
    """What counts as covered for these teams' tickets at `at`; asks for the on-call list only where tier 0 is among.

    `stores` are those whose hours matter: mostly none.
    """
    called = _on_call_around(at) if QueueTier.CRITICAL in risk_tiers else None
    return Covered(coverage_versions(teams), called, own_versions(stores) if stores else {})


def _on_call_around(at: datetime) -> int | None:
    """When somebody is on call around `at`, as long as a policy applied then can need to know."""
    midnight = midnight_of(at)
    called = on_call_hours(midnight - BEFORE, midnight + AHEAD)
    return edition_of(called) if called else None


def midnight_of(at: datetime) -> datetime:
    """When the day of this instant began."""
    return datetime.combine(at.date(), time.min, at.tzinfo)


def hours_named(keys: Collection[str]) -> dict[str, WorkingHours]:
    """The hours of these keys that name a version of a timetable. At most two queries."""
    versions = {key: version for key in keys if (version := version_in(key)) is not None}
    working = hours_of(set(versions.values()))
    called = openings_of({edition for key in versions if (edition := on_call_in(key)) is not None})
    return {
        key: with_on_call(working[version], tuple(called[edition]))
        if (edition := on_call_in(key)) is not None
        else working[version]
        for key, version in versions.items()
    }
