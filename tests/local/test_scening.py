from datetime import timedelta

from tresen.local.scenes.figures import Figures, Kept
from tresen.local.scening import SERVINGS, table

OURS = Figures(
    answered=1_700,
    limits={"response_rate": Kept(kept=98, all=100)},
    savable={"response_rate": Kept(kept=40, all=40)},
    own=Kept(kept=90, all=100),
    cases=Kept(),
    urgent_wait=timedelta(minutes=15, seconds=30.5),
    starved=0,
    too_early=0,
)
THEIRS = Figures(
    answered=1_690,
    limits={"response_rate": Kept(kept=50, all=100)},
    savable={"response_rate": Kept(kept=0, all=40)},
    own=Kept(kept=60, all=100),
    cases=Kept(),
    urgent_wait=None,
    starved=3,
    too_early=0,
)


def test_both_ways_of_serving_stand_side_by_side():
    lines = list(table(SERVINGS, [OURS, THEIRS]))
    assert lines[0].split("  ")[-1].strip() == "order of arrival"
    limit = next(line for line in lines if line.startswith("platform limit response_rate"))
    assert "98 of 100 (98.0 %)" in limit
    assert "50 of 100 (50.0 %)" in limit
    assert next(line for line in lines if line.startswith("median wait")).split()[-2:] == ["0:15:30", "–"]
    assert next(line for line in lines if line.startswith("answers")).split() == ["answers", "1,700", "1,690"]


def test_a_figure_of_nothing_is_a_dash():
    claims = next(line for line in table(SERVINGS, [OURS, THEIRS]) if line.startswith("claims"))
    assert claims.split()[-2:] == ["–", "–"]
