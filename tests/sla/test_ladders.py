"""The ladder in a policy's targets."""

from collections.abc import Mapping

import pytest

from tresen.sla.ladders import (
    MOST_STEPS,
    STANDARD,
    Moment,
    Reassign,
    Rung,
    Step,
    ladder_as_json,
    ladder_in,
    read_ladder,
)
from tresen.sla.wording import Problem

WHOLE = Step(
    when=Moment.BREACHED, minutes=90, notify=(Rung.LEAD, Rung.ON_CALL), reassign=Reassign.AVAILABLE, tier=1, team=3
)


def wrong(value: object) -> list[str]:
    problems: list[Problem] = []
    assert read_ladder(value, where="ladder", problems=problems) is None or problems
    return [problem.where for problem in problems]


@pytest.mark.parametrize("ladder", [STANDARD, (), (WHOLE,), (Step(when=Moment.WARNING, reassign=Reassign.LEAD),)])
def test_a_ladder_is_read_as_it_was_written(ladder: tuple[Step, ...]) -> None:
    stated = ladder_as_json(ladder)
    problems: list[Problem] = []
    assert ladder_in({"ladder": stated}) == read_ladder(stated, where="ladder", problems=problems) == ladder
    assert problems == []


def test_a_policy_that_names_none_has_the_standard_one() -> None:
    assert ladder_in({"first_reply": {"minutes": 5, "hours": "always"}}) == STANDARD
    assert ladder_in({"ladder": []}) == ()


@pytest.mark.parametrize(
    ("step", "field"),
    [
        ({"notify": ["lead"]}, "when"),
        ({"when": "someday", "notify": ["lead"]}, "when"),
        ({"when": "breached"}, "notify"),
        ({"when": "breached", "notify": ["boss"]}, "notify"),
        ({"when": "breached", "notify": "lead"}, "notify"),
        ({"when": "breached", "minutes": -1, "tier": 0}, "minutes"),
        ({"when": "breached", "minutes": 10**6, "tier": 0}, "minutes"),
        ({"when": "breached", "reassign": "anybody"}, "reassign"),
        ({"when": "breached", "tier": 2}, "tier"),
        ({"when": "breached", "team": "support"}, "team"),
        ({"when": "breached", "tier": 0, "shout": True}, "shout"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(step: Mapping[str, object], field: str) -> None:
    assert f"ladder.0.{field}" in wrong([step])


def test_it_is_a_list_and_ends_somewhere() -> None:
    assert wrong({"when": "breached"}) == ["ladder"]
    assert wrong([{"when": "breached", "tier": 0}] * (MOST_STEPS + 1)) == ["ladder"]
    assert wrong(["breached"]) == ["ladder.0"]
