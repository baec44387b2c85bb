"""The demo shop's roster: a weekend that nobody works, people on holiday, a late evening, who is on call."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Team
from tresen.local.demo.founding import Shop
from tresen.local.demo.tale.data import data_file
from tresen.local.demo.tale.people import SATURDAY, SUNDAY, agents, zone_of
from tresen.staffing.absences import report_absence
from tresen.staffing.models import AbsenceKind
from tresen.staffing.on_call import put_on_call
from tresen.staffing.rostering import OFF, copy_week, plan_day

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
FREE_TEAM, ON_CALL, ON_HOLIDAY, LATE = "markets", "katharina", "alina", "ronja"
LATE_DAY = 3
HOLIDAY = range(2, 5)


def plan_roster(shop: Shop, *, now: datetime) -> None:
    """Plan this week and the next one, as of `now`."""
    zone = ZoneInfo(zone_of("coverage", FREE_TEAM))
    monday = now.astimezone(zone).date()
    monday -= timedelta(days=monday.weekday())
    _a_free_weekend(shop, monday, zone, now)
    team = Team.objects.get(name=data_file("people.yaml")["teams"][FREE_TEAM])
    copy_week(team.pk, source=monday, target=monday + WEEK, by=SYSTEM, at=now)
    next_week = monday + WEEK
    holiday = [_midnight(next_week + day * DAY, zone) for day in (HOLIDAY.start, HOLIDAY.stop)]
    report_absence(
        _id(shop, ON_HOLIDAY),
        AbsenceKind.HOLIDAY,
        starts=holiday[0],
        ends=holiday[1],
        hand_over=True,
        by=SYSTEM,
        at=now,
    )
    weekend = _midnight(monday + SATURDAY * DAY, zone) + timedelta(hours=8)
    put_on_call(_id(shop, ON_CALL), starts=weekend, ends=weekend + 2 * DAY, by=SYSTEM, at=now)


def _a_free_weekend(shop: Shop, monday: date, zone: ZoneInfo, now: datetime) -> None:
    for plan in agents():
        if FREE_TEAM in plan.teams:
            for day in (SATURDAY, SUNDAY):
                plan_day(_id(shop, plan.local), monday + day * DAY, OFF, team=None, zone=str(zone), by=SYSTEM, at=now)
    late = [("13:00", "22:00")]
    plan_day(_id(shop, LATE), monday + LATE_DAY * DAY, late, team=None, zone=str(zone), by=SYSTEM, at=now)


def _id(shop: Shop, local: str) -> int:
    agent = shop.agents[local].id
    assert agent is not None
    return agent


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)
