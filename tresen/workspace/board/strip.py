"""The next 24 hours: what runs out in each, against who is on duty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.board.figures import HOURS, NONE_RUNNING, Figures
from tresen.routing.views import Side, View
from tresen.workspace.board.numbers import HOUR, Number, whose
from tresen.workspace.dates import clock_time

BAR = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A number and how high it stands, in hundredths of the highest."""

    side: str
    number: Number
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HourShown:
    """One hour from now. `people`: how many are on duty, on average; `unstaffed`: something runs out and nobody is."""

    until: datetime
    bars: Sequence[Bar]
    people: float

    @property
    def unstaffed(self) -> bool:
        """Nobody would see it run out."""
        return not self.people and any(bar.number.many for bar in self.bars)


def strip(figures: Figures) -> list[HourShown]:
    """One after the other."""
    sides = {side: _hours(figures, side) for side in (Side.PLATFORM, Side.OWN)}
    highest = max(1, *(many for hours in sides.values() for many in hours))
    return [
        HourShown(
            until=figures.at + HOUR * (hour + 1),
            bars=[_bar(side, hour, hours[hour], highest, figures.at) for side, hours in sides.items()],
            people=round(sum(crew.hours[hour] for crew in figures.crews), 1),
        )
        for hour in range(HOURS)
    ]


def _hours(figures: Figures, side: Side) -> tuple[int, ...]:
    running = (cell.own if side is Side.OWN else cell.platform for cell in figures.cells)
    return sum(running, NONE_RUNNING).hours


def _bar(side: Side, hour: int, many: int, highest: int, at: datetime) -> Bar:
    after = at + HOUR * hour if hour else None
    until = at + HOUR * (hour + 1)
    said = {"clocks": whose(side), "from": clock_time(after or at), "to": clock_time(until)}
    return Bar(
        side=side.value,
        height=-(-many * BAR // highest),
        number=Number(
            name=f"strip-{side}-{hour}",
            many=many,
            view=View.due(side, until, after=after),
            words=_("%(clocks)s that run out between %(from)s and %(to)s") % said,
        ),
    )
