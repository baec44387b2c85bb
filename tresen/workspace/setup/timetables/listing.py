"""The timetables as the screens show them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tresen.sla.queries import listed_policies
from tresen.staffing.holidays import region_names
from tresen.staffing.models import Shift, TeamCoverage, TimetableVersion
from tresen.staffing.proposing import outdated
from tresen.staffing.queries import listed_timetables
from tresen.stores.hours import stores_by
from tresen.workspace.setup.timetables.words import bars, closed_days, country_title, difference_in_words, week_in_words

SOON = timedelta(days=366)
"""The days to come that are seen at once; later ones are folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableShown:
    """One line of the list. `bars` draw the week: day, opens, closes in minutes."""

    id: int
    name: str
    default: bool
    week: tuple[str, ...]
    zone: str
    place: str
    bars: tuple[tuple[int, int, int], ...]
    outdated: bool


def shown() -> list[TimetableShown]:
    """All timetables in use, by name."""
    return [
        TimetableShown(
            id=version.timetable_id,
            name=version.timetable.name,
            default=version.timetable.is_default,
            week=tuple(week_in_words(version)),
            zone=version.zone,
            place=place_of(version),
            bars=tuple(bars(version)),
            outdated=outdated(version) is not None,
        )
        for version in listed_timetables()
    ]


def details(version: TimetableVersion | None, *, at: datetime) -> dict[str, object]:
    """What stands beside a timetable's form: its days to come, what newer data says, who goes by it."""
    if version is None:
        return {"version": None, "soon": [], "later": [], "differences": [], "users": []}
    difference = outdated(version)
    days = closed_days(version, since=at.date())
    timetable = version.timetable
    return {
        "version": version,
        "soon": [day for day in days if day.day < at.date() + SOON],
        "later": [day for day in days if day.day >= at.date() + SOON],
        "differences": difference_in_words(version, difference) if difference else [],
        "users": _users(timetable.pk),
    }


def _users(timetable: int) -> list[tuple[str, list[str]]]:
    """Who goes by it, kind by kind, by name; policies in their order."""
    teams = TeamCoverage.objects.filter(timetable=timetable).order_by("team__name")
    agents = Shift.objects.filter(timetable=timetable).order_by("agent__name")
    policies = [policy.name for policy in listed_policies() if timetable in policy.targets.timetables]
    named = [
        (_("Teams"), list(teams.values_list("team__name", flat=True))),
        (_("Agents"), list(agents.values_list("agent__name", flat=True))),
        (_("Stores"), stores_by(timetable)),
        (_("Policies"), policies),
    ]
    return [(title, names) for title, names in named if names]


def place_of(version: TimetableVersion) -> str:
    """Whose holidays count: Germany, Bayern."""
    if not version.country:
        return ""
    region = region_names(version.country).get(version.region, version.region)
    return ", ".join(filter(None, (country_title(version.country), region)))
