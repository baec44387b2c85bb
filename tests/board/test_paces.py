"""What will not be answered in time, if work goes on as it does."""

from datetime import UTC, datetime

import pytest

from tresen.board.figures import Answered, Cell, Crewed, Figures, Running, Where
from tresen.board.paces import outlook, pace_of

HERE = Where(1, 1, 1)
NOBODY = (0.0,) * 24


def hours(**many: int) -> tuple[int, ...]:
    """So many in the hour of this number: `h3=5` is five in the fourth."""
    return tuple(many.get(f"h{number}", 0) for number in range(24))


def figures(*, answers: int, lately: float, crew: tuple[float, ...], platform: Running, own: Running | None = None):
    return Figures(
        at=datetime(2026, 11, 16, 9, tzinfo=UTC),
        cells=(Cell(HERE, "amazon", 99, 0, 0, 0, own or Running(0), platform, Running(0), None),),
        assigned=(),
        held=(),
        answered=(Answered(HERE, 1, 0, 99, answers),),
        crews=(Crewed(1, 2, lately, crew),),
        cases=(),
    )


def test_pace_is_answers_an_hour_and_person() -> None:
    assert pace_of(figures(answers=36, lately=6, crew=NOBODY, platform=Running(0))).an_hour == 6


def test_what_runs_out_beyond_what_the_crew_answers_at_this_pace_is_left_over() -> None:
    crew = (2.0, 2.0, 1.0, 1.0, *NOBODY[4:])
    now = figures(
        answers=30, lately=6, crew=crew, platform=Running(7, hours(h0=8, h3=40)), own=Running(0, hours(h0=20))
    )
    one, four, twelve, _ = outlook(now, pace_of(now))
    assert (one.platform_due, one.answers, one.platform_left, one.own_left) == (8, 10, 0, 10)
    assert (four.platform_due, four.person_hours, four.answers, four.platform_left) == (48, 6, 30, 18)
    assert twelve.answers == four.answers  # nobody works later


def test_where_nobody_worked_lately_there_is_no_pace_to_go_by() -> None:
    now = figures(answers=0, lately=0, crew=NOBODY, platform=Running(0, hours(h0=3)))
    assert pace_of(now).an_hour is None
    assert outlook(now, pace_of(now))[0].platform_left is None


@pytest.mark.parametrize(
    ("answers", "lately", "pace"),
    [(1, 0.01, None), (30, 0.9, None), (4, 1, None), (5, 1, 5), (4, 2.9, None), (3, 3, 1), (0, 3, 0)],
)
def test_too_little_work_tells_no_pace_and_much_work_also_that_nothing_is_answered(answers, lately, pace) -> None:
    now = figures(answers=answers, lately=lately, crew=(2.0,) * 24, platform=Running(0, hours(h0=3)))
    assert pace_of(now).an_hour == pace
    assert outlook(now, pace_of(now))[0].answers == (None if pace is None else pace * 2)
