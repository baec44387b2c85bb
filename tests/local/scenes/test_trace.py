from datetime import UTC, datetime, timedelta

from tresen.local.scenes.trace import Scene, Shift

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_people_of_overlapping_shifts_work_together():
    shifts = (
        Shift(begins=MONDAY, ends=MONDAY + 4 * HOUR, agents=3),
        Shift(begins=MONDAY + 2 * HOUR, ends=MONDAY + 6 * HOUR, agents=2),
        Shift(begins=MONDAY + 6 * HOUR, ends=MONDAY + 8 * HOUR, agents=4),
    )
    scene = Scene(key="a", seed=1, begins=MONDAY, ends=MONDAY + 8 * HOUR, told=(), shifts=shifts, week={})
    assert scene.agents == 5
