"""The day on which to chase an answer: which one is usual, when the ticket comes up on it, and until when. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tresen.clock.hours import WorkingHours
from tresen.partners.models import Counting

MORNING, EVENING = time(9), time(18)
"""Where nobody has said when a team works, or somebody always does."""
LONGEST_LOOK = 120
"""A team that works on none of so many days has no timetable worth counting by."""
WHOLE_DAY = timedelta(hours=23)


@dataclass(frozen=True, slots=True)
class ChaseDay:
    """The ticket comes up when the team comes, and somebody should have chased the answer when it goes home."""

    comes_up: datetime
    due: datetime


def usual_day(days: int, counting: Counting, hours: WorkingHours, *, at: datetime) -> date:
    """The day by which an answer usually has come: never today, and one on which somebody of the team works."""
    today = at.astimezone(hours.zone).date()
    ahead = (today + timedelta(days=number) for number in range(1, LONGEST_LOOK))
    worked = [day for day in ahead if _works(day, hours)]
    if counting is Counting.WORKING_DAYS:
        return worked[days - 1] if len(worked) >= days else today + timedelta(days=days)
    earliest = today + timedelta(days=days)
    return next((day for day in worked if day >= earliest), earliest)


def chase_day(day: date, hours: WorkingHours) -> ChaseDay:
    """From when and until when the answer is to be chased on this day."""
    openings = _openings(day, hours)
    if not openings or openings[-1][1] - openings[0][0] > WHOLE_DAY:
        return ChaseDay(datetime.combine(day, MORNING, hours.zone), datetime.combine(day, EVENING, hours.zone))
    return ChaseDay(openings[0][0], openings[-1][1])


def _works(day: date, hours: WorkingHours) -> bool:
    return bool(_openings(day, hours))


def _openings(day: date, hours: WorkingHours) -> list[tuple[datetime, datetime]]:
    begins = datetime.combine(day, time.min, hours.zone)
    return hours.openings(begins, datetime.combine(day + timedelta(days=1), time.min, hours.zone))
