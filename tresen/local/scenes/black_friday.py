"""Black Friday's week: more comes in than can be answered in time, on some days twice as much as on others."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tresen.local.demo.tale.stores import BY_MAIL
from tresen.local.scenes.matters import Matters, spread
from tresen.local.scenes.trace import Scene, Shift

BERLIN = ZoneInfo("Europe/Berlin")
SEED = 20_261_127
MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=BERLIN)
DAY = timedelta(days=1)
PER_DAY = (1_200, 1_250, 1_350, 1_700, 2_900, 2_300, 2_100, 2_600, 2_200, 1_500)
"""Monday to the Wednesday after next; on that Friday everybody buys, and over the week-end asks where it is."""
FULL, HALF = (24, timedelta(hours=8), timedelta(hours=16)), (8, timedelta(hours=9), timedelta(hours=15))
SATURDAY, SUNDAY = 5, 6


def tell(size: float = 1.0) -> Scene:
    """The scene; a smaller one has fewer tickets and fewer people."""
    dice = Random(SEED)  # noqa: S311 (invented data)
    matters = Matters(dice)
    told = []
    shifts = []
    for number, count in enumerate(PER_DAY):
        day = MONDAY + number * DAY
        told += matters.messages(BY_MAIL, spread(dice, day, day + DAY, round(count * size)))
        if day.weekday() != SUNDAY:
            people, opens, closes = HALF if day.weekday() == SATURDAY else FULL
            shifts.append(Shift(begins=day + opens, ends=day + closes, agents=max(1, round(people * size))))
    return Scene(
        key="black-friday",
        seed=SEED,
        begins=MONDAY,
        ends=MONDAY + len(PER_DAY) * DAY,
        told=tuple(told),
        shifts=tuple(shifts),
        week={day: [("08:00", "16:00")] for day in range(SATURDAY)} | {SATURDAY: [("09:00", "15:00")]},
    )
