"""Other rules of a platform, and what they do to its clocks that run."""

import pytest

from tests.clock.telling import AMAZON, HOUR, answers, asks, at, clocks_of, reads_again, state_of, voids, waives
from tresen.clock.facts import Counting
from tresen.clock.rules import Cliff, LeftOut, Pack, PackSince, Rules

HALF = Pack(edition="amazon +1", cliffs=(Cliff(key="rate", allowed=12 * HOUR), AMAZON.cliffs[1]))
DOUBLE = Pack(edition="amazon +4", cliffs=(Cliff(key="rate", allowed=48 * HOUR), AMAZON.cliffs[1]))
NO_RATE = Pack(edition="amazon +2", cliffs=AMAZON.cliffs[1:])
NOTHING = Pack(edition="amazon +3", marked_there=True)
NOW, START, KEPT = Counting.FROM_NOW, Counting.FROM_START, Counting.NEW_CLOCKS
EDITED = at("Tue 06:00")
QUESTION = asks(1, "Mon 10:00")

EDITS = [
    ("kept", HALF, KEPT, [QUESTION], {"platform:1:rate": "running, due Tue 10:00"}),
    ("from now", HALF, NOW, [asks(1, "Mon 20:00")], {"platform:1:rate": "running, due Tue 18:00"}),
    ("from now, more time is later", DOUBLE, NOW, [QUESTION], {"platform:1:rate": "running, due Thu 06:00"}),
    ("from now, less time puts nothing off", HALF, NOW, [QUESTION], {"platform:1:rate": "running, due Tue 10:00"}),
    (
        "from the start, never late before it",
        HALF,
        START,
        [asks(1, "Mon 12:00")],
        {"platform:1:rate": "running, due Tue 12:00"},
    ),
    ("from the start", HALF, START, [asks(1, "Mon 20:00")], {"platform:1:rate": "running, due Tue 08:00"}),
    ("what does not count any more is gone", NO_RATE, START, [QUESTION], {}),
    (
        "an answer before it stands",
        NO_RATE,
        NOW,
        [QUESTION, answers(9, "Mon 11:00", 1)],
        {"platform:1:rate": "met, due Tue 10:00, met Mon 11:00"},
    ),
    (
        "a breach stays",
        NO_RATE,
        START,
        [asks(1, "Mon 05:00")],
        {"platform:1:rate": "breached, due Tue 05:00"},
    ),
    (
        "what was misread before it stays void",
        NO_RATE,
        START,
        [QUESTION, reads_again(1, "Mon 11:00", expects_answer=False)],
        {"platform:1:rate": "void, due Tue 10:00"},
    ),
    (
        "what was struck out before it stays so",
        NO_RATE,
        NOW,
        [QUESTION, voids("Mon 11:00", "platform:1:rate")],
        {"platform:1:rate": "void, due Tue 10:00"},
    ),
    (
        "later ones go by it",
        HALF,
        NOW,
        [asks(1, "Tue 07:00")],
        {"platform:1:rate": "running, due Tue 19:00"},
    ),
]


def rules(before: Pack, after: Pack, counting: Counting) -> Rules:
    return Rules(packs={1: (PackSince(at("Mon 00:00"), before), PackSince(EDITED, after, counting))})


@pytest.mark.parametrize(("pack", "counting", "told", "rate"), [edit[1:] for edit in EDITS], ids=[e[0] for e in EDITS])
def test_other_rules_count_for_open_clocks_of_the_platform_as_was_chosen(pack, counting, told, rate) -> None:
    stand = clocks_of(told, "Tue 07:30", rules(AMAZON, pack, counting))
    assert {key: said for key, said in stand.items() if key.endswith("rate")} == rate
    unchanged = clocks_of(told, "Tue 07:30", rules(AMAZON, AMAZON, KEPT))
    assert stand["platform:1:claim"] == unchanged["platform:1:claim"]


def test_rules_that_are_taken_back_begin_a_clock_for_what_is_open() -> None:
    state = state_of([QUESTION], "Tue 07:00", rules(NO_RATE, AMAZON, NOW))
    (rate,) = [clock for clock in state.clocks if clock.metric == "rate"]
    assert (rate.started_at, rate.counted_from, rate.due) == (at("Mon 10:00"), EDITED, at("Wed 06:00"))
    assert rate.pack == AMAZON.edition


def test_what_counts_no_more_need_not_be_marked_there() -> None:
    told = [QUESTION, waives("Mon 11:00", 1)]
    edited = rules(AMAZON, NOTHING, START)
    assert [one.message for one in state_of(told, "Tue 07:00", rules(AMAZON, AMAZON, START)).unmarked] == [1]
    assert state_of(told, "Tue 07:00", edited).unmarked == ()


def test_a_shop_that_says_when_it_was_in_holiday_mode_has_no_limit_for_what_came_then() -> None:
    away = (LeftOut(key="holiday", stretches=((at("Mon 09:00"), at("Mon 12:00")),)),)
    edited = rules(AMAZON, Pack(edition="amazon +4", cliffs=AMAZON.cliffs, left_out=away), NOW)
    clocks = clocks_of([QUESTION, asks(2, "Mon 13:00")], "Tue 07:00", edited)
    assert {key.partition(":")[2].partition(":")[0] for key in clocks} == {"2"}
    assert clocks["platform:2:rate"] == "running, due Tue 13:00"
