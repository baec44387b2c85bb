"""Tuesday after a bank holiday, 08:00: three thousand open, a third of them late by the marketplace's limit already.

Nobody worked from Thursday evening; the clocks were put forward on the Sunday. Of what came by Amazon, 1,050 is past
its 24 hours and 450 is not yet. The rest lies in the own shop and on eBay, which set no such limit.
"""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tresen.local.demo.tale.stores import BY_MAIL
from tresen.local.scenes.matters import AMAZON, Matters, spread
from tresen.local.scenes.trace import Scene, Shift

BERLIN = ZoneInfo("Europe/Berlin")
SEED = 20_270_330
BEGINS = datetime(2027, 3, 30, 8, 0, tzinfo=BERLIN)
CLOSED_SINCE = datetime(2027, 3, 25, 20, 0, tzinfo=BERLIN)
LASTS = timedelta(hours=8)
DAY = timedelta(hours=24)
AGENTS = 14
PAST_LIMIT, SAVABLE, OTHERS, MORE = 1050, 450, 1500, 400


def tell(size: float = 1.0) -> Scene:
    """The scene; a smaller one has fewer tickets and fewer people."""
    dice = Random(SEED)  # noqa: S311 (invented data)
    matters = Matters(dice)
    others = [store for store in BY_MAIL if store not in AMAZON]
    told = [
        *matters.messages(AMAZON, spread(dice, CLOSED_SINCE, BEGINS - DAY, round(PAST_LIMIT * size))),
        # Not in the last seconds of the 24 hours: these would be late before anybody could have pressed a key.
        *matters.messages(AMAZON, spread(dice, BEGINS - DAY + timedelta(minutes=20), BEGINS, round(SAVABLE * size))),
        *matters.messages(others, spread(dice, CLOSED_SINCE, BEGINS, round(OTHERS * size))),
        *matters.messages(BY_MAIL, spread(dice, BEGINS, BEGINS + LASTS, round(MORE * size))),
    ]
    return Scene(
        key="bank-holiday-tuesday",
        seed=SEED,
        begins=BEGINS,
        ends=BEGINS + LASTS,
        told=tuple(sorted(told, key=lambda one: one.at)),
        week={day: [("08:00", "16:00")] for day in range(5)},
        shifts=(Shift(begins=BEGINS, ends=BEGINS + LASTS, agents=max(2, round(AGENTS * size))),),
    )
