"""The coming weekend as it is drawn: what is expected on each day, and the shift it would need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.board.weekends import DayExposed, Weekend, exposed
from tresen.routing.views import Side, View
from tresen.workspace.board.numbers import Number
from tresen.workspace.dates import clock_time, day_and_time


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekendShown:
    """From when to when, each day, and all of it added up; so many `weeks` tell what to expect."""

    begins: datetime
    ends: datetime
    days: Sequence[tuple[DayExposed, Number]]
    weeks: int

    @property
    def messages(self) -> int:
        """How many are expected."""
        return sum(day.messages for day, _ in self.days)

    @property
    def limits(self) -> int:
        """How many limits run out before anybody is back."""
        return sum(day.limits + day.left for day, _ in self.days)

    @property
    def missing(self) -> float:
        """The person-hours that nobody covers; the sum of what is written beside the days, in tenths."""
        return sum(round(day.missing, 1) for day, _ in self.days)


def weekend_shown(weekend: Weekend) -> WeekendShown:
    """The weekend of those whose work is seen."""
    days = [(day, _open(number, day)) for number, day in enumerate(exposed(weekend))]
    weeks = max((weekend.weeks(day) for day in range(len(days))), default=0)
    return WeekendShown(begins=weekend.begins, ends=weekend.ends, days=days, weeks=weeks)


def _open(number: int, day: DayExposed) -> Number:
    said = {"from": day_and_time(day.begins, day.begins), "to": clock_time(day.ends)}
    return Number(
        name=f"weekend-{number}",
        many=day.open,
        view=View.due(Side.PLATFORM, day.ends, after=day.begins),
        words=_("platform limits of open tickets that run out between %(from)s and %(to)s") % said,
    )
