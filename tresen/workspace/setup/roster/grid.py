"""A week of a team's roster as the screen shows it: who works when, who is away, and when nobody is there."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
from django.utils.translation import gettext as _

from tresen.accounts.models import Agent
from tresen.accounts.scope import Scope
from tresen.board.hourly import TeamWeek, week_of_team
from tresen.clock.crews import Stretch
from tresen.clock.stretches import Opening
from tresen.staffing.absences import absences_in
from tresen.staffing.models import Absence, AbsenceKind
from tresen.staffing.presence import Person, TeamPlan, coverage, crew
from tresen.staffing.queries import plan_of_team
from tresen.workspace.setup.roster.arrivals import ArrivalsShown, arrivals_of
from tresen.workspace.setup.roster.words import cell_text, day_words, hours_words

WEEK = 7
DAY = timedelta(days=1)
FULL = 100
SHOWN = "shown"
"""The field that carries what stood in the cells when they were shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarShown:
    """So many people at work, from `left` percent of the day on for `width` percent."""

    left: float
    width: float
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShown:
    """A column: `by_roster` says whether the roster counts on it or the timetable; `hours` when somebody works."""

    day: date
    title: str
    today: bool
    by_roster: bool
    hours: str
    bars: tuple[BarShown, ...]
    most: int
    arrivals: ArrivalsShown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CellShown:
    """What the roster says of an agent on a day: `text` as it is typed, `usual` what counts while it says nothing."""

    name: str
    label: str
    text: str
    usual: str
    away: str = ""
    elsewhere: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShown:
    """An agent's week."""

    agent: int
    name: str
    away_now: bool
    cells: tuple[CellShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekShown:
    """The whole grid, in the time zone of the team's timetable; `shown` is what its cells began with, as JSON.

    So many last `weeks` tell which messages to expect.
    """

    monday: date
    zone: str
    days: tuple[DayShown, ...]
    rows: tuple[RowShown, ...]
    shown: str
    weeks: int


def week_shown(
    team: int, monday: date, *, scope: Scope, at: datetime, typed: Mapping[str, str], wrong: Mapping[str, str]
) -> WeekShown:
    """The team's week, with the messages to expect in scope.

    `typed` is what was entered and not yet kept, `wrong` what is wrong with it, by cell.
    """
    plan = plan_of_team(team)
    zone = plan.timetable.zone
    days = [monday + timedelta(days=number) for number in range(WEEK)]
    names = dict(Agent.objects.filter(pk__in=plan.people).values_list("pk", "name"))
    start, end = midnight(monday, zone), midnight(monday + WEEK * DAY, zone)
    absences = list(absences_in(list(plan.people), start=min(start, at), end=end))
    arriving = week_of_team(team, zone=zone, at=at).seen(scope)
    return WeekShown(
        monday=monday,
        zone=str(zone),
        days=tuple(_day(plan, day, arriving, today=at.astimezone(zone).date()) for day in days),
        rows=tuple(
            RowShown(
                agent=agent,
                name=names[agent],
                away_now=any(
                    one.agent_id == agent and _touches(one, (at, at + timedelta(seconds=1))) for one in absences
                ),
                cells=tuple(_cell(plan, agent, names[agent], day, absences, typed=typed, wrong=wrong) for day in days),
            )
            for agent in plan.people
        ),
        shown=typed.get(SHOWN) or _planned(plan, days),
        weeks=arriving.weeks,
    )


def _planned(plan: TeamPlan, days: Collection[date]) -> str:
    cells = {
        cell_name(agent, day): planned_here(person, plan.team, day)
        for agent, person in plan.people.items()
        for day in days
    }
    return msgspec.json.encode(cells).decode()


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When this date begins there."""
    return datetime.combine(day, time.min, zone)


def cell_name(agent: int, day: date) -> str:
    """What a cell's field is called."""
    return f"shift-{agent}-{day.isoformat()}"


def planned_here(person: Person, team: int, day: date) -> str:
    """What stands in the cell of a person of this team."""
    return cell_text(one for one in person.planned if one.day == day and one.concerns(team))


def _day(plan: TeamPlan, day: date, arriving: TeamWeek, *, today: date) -> DayShown:
    zone = plan.timetable.zone
    start, end = midnight(day, zone), midnight(day + DAY, zone)
    stretches = crew(plan, start=start, end=end).stretches
    works = coverage(plan).openings(start, end)
    return DayShown(
        day=day,
        title=day_words(day),
        today=day == today,
        by_roster=day in plan.rostered,
        hours=hours_words(works, zone),
        bars=tuple(_bar(one, start, end) for one in stretches),
        most=max((round(one.people) for one in stretches), default=0),
        arrivals=arrivals_of(arriving.expected[day.weekday()], day, works, zone=zone, highest=arriving.highest),
    )


def _bar(one: Stretch, start: datetime, end: datetime) -> BarShown:
    whole = end.timestamp() - start.timestamp()
    return BarShown(
        left=round(FULL * (one.begins.timestamp() - start.timestamp()) / whole, 2),
        width=round(FULL * (one.ends - one.begins).total_seconds() / whole, 2),
        people=round(one.people),
    )


def _cell(
    plan: TeamPlan,
    agent: int,
    name: str,
    day: date,
    absences: Collection[Absence],
    *,
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
) -> CellShown:
    person, key, zone = plan.people[agent], cell_name(agent, day), plan.timetable.zone
    span = midnight(day, zone), midnight(day + DAY, zone)
    elsewhere = cell_text(one for one in person.planned if one.day == day and not one.concerns(plan.team))
    return CellShown(
        name=key,
        label=_("%(name)s, %(day)s") % {"name": name, "day": day_words(day)},
        text=typed.get(key, planned_here(person, plan.team, day)),
        usual=_usual(plan, person, day),
        away=_away((one for one in absences if one.agent_id == agent), span, zone),
        elsewhere=elsewhere,
        wrong=wrong.get(key, ""),
    )


def _usual(plan: TeamPlan, person: Person, day: date) -> str:
    """The hours that count for the person while the roster names them not."""
    if person.pattern is None and day in plan.rostered:
        return ""
    usual = (person.pattern or plan.timetable).only_on([day])
    zone = plan.timetable.zone
    return hours_words(usual.openings(midnight(day, zone) - DAY, midnight(day, zone) + 2 * DAY), zone)


def _away(absences: Iterable[Absence], span: Opening, zone: ZoneInfo) -> str:
    touching = [one for one in absences if _touches(one, span)]
    if not touching:
        return ""
    one = touching[0]
    title = kind_words(one.kind)
    begins, ends = max(one.starts_at, span[0]), min(one.ends_at or span[1], span[1])
    whole = begins <= span[0] and ends >= span[1]
    return title if whole else f"{title} {hours_words([(begins, ends)], zone)}"


def _touches(one: Absence, span: Opening) -> bool:
    return one.starts_at < span[1] and (one.ends_at is None or one.ends_at > span[0])


def kind_words(kind: str) -> str:
    """Why somebody is away, in a word."""
    return {
        AbsenceKind.SICK: _("sick"),
        AbsenceKind.HOLIDAY: _("on holiday"),
        AbsenceKind.OTHER: _("away"),
    }[AbsenceKind(kind)]
