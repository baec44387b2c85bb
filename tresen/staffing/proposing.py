"""When newer data says otherwise: holidays and time zones change by people's decisions, never by an upgrade alone."""

from dataclasses import dataclass
from datetime import date, datetime

from tresen.accounts.actors import SYSTEM, Actor
from tresen.staffing import zone_data
from tresen.staffing.holidays import public_holidays, years_around
from tresen.staffing.models import TimetableVersion
from tresen.staffing.timetables import public_days_kept, renew_version, years_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What today's data says otherwise than a version kept: holidays that came and went, another zone's offsets."""

    came: tuple[date, ...] = ()
    went: tuple[date, ...] = ()
    zone_changed: bool = False


def outdated(version: TimetableVersion) -> Difference | None:
    """What the packages in use now say otherwise about this version's years; None where they agree with it."""
    today = public_holidays(version.country, version.region, years_of(version))
    kept = public_days_kept(version)
    stamp = zone_data.stamp(version.zone, first_year=version.first_year, last_year=version.last_year)
    difference = Difference(
        came=tuple(sorted(today - kept)),
        went=tuple(sorted(kept - today)),
        zone_changed=not zone_data.says_the_same(version.zone_data, stamp),
    )
    return None if difference == Difference() else difference


def take_over(version: TimetableVersion, *, by: Actor, at: datetime) -> TimetableVersion:
    """A new version that counts by today's data: the edit that `outdated` proposes. Open clocks stay as they are."""
    return renew_version(
        version, public=public_holidays(version.country, version.region, years_of(version)), by=by, at=at
    )


def extend_years(*, at: datetime) -> list[TimetableVersion]:
    """New versions of all timetables in use whose holidays would run out, with the years ahead added.

    Years that were resolved before stay as they are. Run every night; a second run finds nothing to do.
    """
    last = years_around(at.year)[-1]
    newest = TimetableVersion.objects.order_by("timetable", "-number").distinct("timetable")
    short = [
        version for version in newest.filter(timetable__retired_at=None) if version.country and version.last_year < last
    ]
    return [renew_version(version, public=public_days_kept(version), by=SYSTEM, at=at) for version in short]
