"""A carrier's strike: in one hour 180 claims and 400 ordinary Amazon messages; 60 claims need the carrier's proof."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tresen.local.scenes.matters import AMAZON, Matters, spread
from tresen.local.scenes.trace import Scene, Shift

BERLIN = ZoneInfo("Europe/Berlin")
SEED = 20_261_109
WAVE = datetime(2026, 11, 10, 13, 0, tzinfo=BERLIN)
LASTS = timedelta(hours=1)
PROOF = datetime(2026, 11, 12, 10, 0, tzinfo=BERLIN)
"""When the carrier has promised its proof."""
CLAIMS, NEED_PROOF, MESSAGES = 180, 60, 400
AGENTS = 3
OPENS, CLOSES, DAYS = timedelta(hours=8), timedelta(hours=20), 4


def tell(size: float = 1.0) -> Scene:
    """The scene; a smaller one has fewer tickets and fewer people."""
    dice = Random(SEED)  # noqa: S311 (invented data)
    matters = Matters(dice)
    claims = spread(dice, WAVE, WAVE + LASTS, round(CLAIMS * size))
    waiting = set(dice.sample(range(len(claims)), round(NEED_PROOF * size)))
    told = [
        matters.claim(dice.choice(AMAZON), at, waits=PROOF if number in waiting else None)
        for number, at in enumerate(claims)
    ]
    told += matters.messages(AMAZON, spread(dice, WAVE, WAVE + LASTS, round(MESSAGES * size)))
    agents = max(2, round(AGENTS * size))
    midnight = WAVE.replace(hour=0)
    days = [midnight + timedelta(days=number) for number in range(DAYS)]
    return Scene(
        key="strike-wave",
        seed=SEED,
        begins=WAVE,
        ends=days[-1] + CLOSES,
        told=tuple(sorted(told, key=lambda one: one.at)),
        week={day: [("08:00", "20:00")] for day in range(6)},
        shifts=tuple(Shift(begins=max(day + OPENS, WAVE), ends=day + CLOSES, agents=agents) for day in days),
    )
