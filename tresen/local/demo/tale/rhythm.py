"""When buyers write and when agents answer."""

from datetime import datetime, timedelta
from math import log
from random import Random
from zoneinfo import ZoneInfo

from tresen.local.demo.tale.people import AgentPlan, agents, hours

BERLIN = ZoneInfo("Europe/Berlin")
# Of a hundred messages of an average day; buyers write in the evening and on Sundays.
_BY_HOUR = (
    1.2,
    0.7,
    0.4,
    0.3,
    0.4,
    0.9,
    2.2,
    4.0,
    5.6,
    6.6,
    6.8,
    6.4,
    5.8,
    5.4,
    5.2,
    5.0,
    5.2,
    5.8,
    6.4,
    7.2,
    7.4,
    6.0,
    3.4,
    1.7,
)
_BY_DAY = (1.18, 1.05, 1.0, 0.98, 0.92, 0.82, 1.05)
STRIKE = range(13, 17)
"""So many days ago the parcel services stood still."""
RUSH = 36
"""In the last hours before now more came in than usual."""

JUST_NOW = timedelta(minutes=1)
"""The newest matter began so long ago at least."""

LONGEST_URGENT = 30
"""So many hours at most, a Sunday's, nobody gets round to a threat."""

_MEDIAN_HOURS = {"markets": 1.0, "shop": 0.7, "italy": 1.2}
_SPREAD = 0.7
_LATE = 0.03
_VERY_LATE = 8.0
_URGENT_MINUTES = 6.0


def arrivals(dice: Random, *, now: datetime, days: int, count: int) -> list[datetime]:
    """When `count` matters begin within the last `days`, oldest first."""
    began = now - timedelta(days=days)
    slots = [began + timedelta(hours=hour) for hour in range(days * 24)]
    chosen = dice.choices(slots, weights=[_weight(slot, now) for slot in slots], k=count)
    return sorted(min(slot + timedelta(seconds=dice.randint(0, 3599)), now - JUST_NOW) for slot in chosen)


def answered_at(dice: Random, team: str, since: datetime, *, urgent: bool) -> datetime:
    """When this team gets round to something that came in `since`."""
    if urgent:
        worked = timedelta(minutes=dice.lognormvariate(log(_URGENT_MINUTES), 0.6))
    else:
        worked = timedelta(hours=dice.lognormvariate(log(_MEDIAN_HOURS[team]), _SPREAD))
    if dice.random() < _LATE:
        worked *= _VERY_LATE
    at = hours("coverage", team).add(since, max(worked, timedelta(minutes=2)))
    assert at is not None  # every team works at some time
    return at


def still_open(dice: Random, since: datetime, *, now: datetime, urgent: bool) -> bool:
    """Whether something that came in `since` has not been got round to yet, though there was time."""
    age = (now - since) / timedelta(hours=1)
    if urgent and age >= LONGEST_URGENT:
        return False
    for until, share in ((4, 0.93), (10, 0.82), (18, 0.66), (30, 0.45), (54, 0.1), (120, 0.02)):
        if age < until:
            return dice.random() < share
    return False  # what was forgotten for days stood at the top of the queue: somebody saw it


def on_duty(dice: Random, team: str, at: datetime) -> AgentPlan:
    """Somebody of the team who works then."""
    members = [agent for agent in agents() if team in agent.teams]
    working = [agent for agent in members if hours("shifts", agent.shift).between(at, at + timedelta(minutes=1))]
    return dice.choice(working or members)


def _weight(slot: datetime, now: datetime) -> float:
    local = slot.astimezone(BERLIN)
    weight = _BY_HOUR[local.hour] * _BY_DAY[local.weekday()]
    return weight * (3.0 if now - slot < timedelta(hours=RUSH) else 1.0)
