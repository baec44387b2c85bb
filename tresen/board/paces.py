"""What will not be answered in time if work goes on as it does: pure arithmetic over the board's figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from tresen.board.figures import NONE_RUNNING, Figures

HORIZONS = (1, 4, 12, 24)
LEAST_HOURS = 1
"""With less work than this, in person-hours, one answer more or less would be another pace."""
LEAST_ANSWERS = 5
ENOUGH_HOURS = 3
"""So much work tells a pace by itself, also that next to nothing is answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast those work whose shift it is: `answers` in `person_hours`; None an hour and person: too little to tell.

    `on_shift`: whether it is anybody's.
    """

    answers: int
    person_hours: float
    on_shift: bool

    @property
    def an_hour(self) -> float | None:
        """Answers an hour and person."""
        if self.person_hours < LEAST_HOURS:
            return None
        enough = self.answers >= LEAST_ANSWERS or self.person_hours >= ENOUGH_HOURS
        return self.answers / self.person_hours if enough else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The next so many hours: what runs out, who works, how much that answers, and what is left over then.

    `answers` and what is left over are None where there is no pace to go by.
    """

    hours: int
    own_due: int
    platform_due: int
    person_hours: float
    answers: int | None

    @property
    def own_left(self) -> int | None:
        """How many of our targets are missed."""
        return None if self.answers is None else max(0, self.own_due - self.answers)

    @property
    def platform_left(self) -> int | None:
        """How many of the platforms' limits are missed."""
        return None if self.answers is None else max(0, self.platform_due - self.answers)


def pace_of(figures: Figures) -> Pace:
    """The pace of those whose work is seen: the night's is not the day's, so who has gone home tells nothing."""
    return Pace(
        answers=sum(one.shift for one in figures.answered),
        person_hours=sum(crew.shift for crew in figures.crews),
        on_shift=any(crew.on_shift for crew in figures.crews),
    )


def outlook(figures: Figures, pace: Pace) -> Sequence[Outlook]:
    """For each horizon: due within it, against pace × person-hours on duty in it, whole answers."""
    own = sum((cell.own for cell in figures.cells), NONE_RUNNING)
    platform = sum((cell.platform for cell in figures.cells), NONE_RUNNING)
    found = []
    for hours in HORIZONS:
        people = sum(sum(crew.hours[:hours]) for crew in figures.crews)
        found.append(
            Outlook(
                hours=hours,
                own_due=own.within(hours),
                platform_due=platform.within(hours),
                person_hours=people,
                answers=None if pace.an_hour is None else int(pace.an_hour * people),
            )
        )
    return found
