from datetime import date

from tests.clock.telling import (
    HOUR,
    OFFICE,
    SHOP_MAIL,
    answers,
    asks,
    at,
    policy,
    reads_again,
    state_of,
    waits,
    waives,
)
from tresen.clock.explaining import explain
from tresen.clock.facts import Counting
from tresen.clock.hours import ALWAYS, WorkingHours

TEAM = WorkingHours("Europe/Berlin", dict.fromkeys(range(5), (("08:00", "20:00"),)))
OWN_14 = policy("Mon 08:00", first=14, version=2)


def steps(story, key, as_of, coverage=TEAM, *, team=None):
    state = state_of(story, as_of)
    (clock,) = [clock for clock in state.clocks if clock.key == key]
    return [(step.key, dict(step.params)) for step in explain(clock, state, coverage, team=team)]


def keys(story, key, as_of, coverage=TEAM):
    return [step for step, _ in steps(story, key, as_of, coverage)]


def test_a_friday_evening_on_amazon_is_explained_from_message_to_going_home():
    assert steps([OWN_14, asks(1, "Fri 16:40")], "own:1", "Fri 16:45") == [
        ("received", {"at": at("Fri 16:40"), "role": "buyer"}),
        ("policy", {"version": 2}),
        ("target", {"metric": "first_reply", "allowed": 14 * HOUR, "hours": "always"}),
        ("due", {"kind": "own", "at": at("Sat 06:40")}),
        ("platform_limit", {"at": at("Sat 16:40"), "cliff": "rate"}),
        ("covered_until", {"at": at("Fri 18:00")}),  # 20:00 in Berlin
        ("nobody_works", {"first": date(2026, 5, 9), "last": date(2026, 5, 10)}),
        ("act_by", {"at": at("Fri 18:00")}),
    ]


def test_a_saturday_message_is_explained_as_unstaffed():
    assert steps([OWN_14, asks(1, "Sat 10:00")], "own:1", "Sat 10:05")[-2:] == [
        ("nobody_works", {"first": date(2026, 5, 9), "last": date(2026, 5, 10)}),
        ("unstaffed", {"at": at("Sat 10:00")}),
    ]


def test_a_night_without_a_whole_free_day_names_none():
    assert keys([OWN_14, asks(1, "Mon 10:00")], "own:1", "Mon 10:05")[-2:] == ["covered_until", "act_by"]


def test_where_somebody_works_when_it_is_due_no_gap_is_told():
    assert keys([OWN_14, asks(1, "Mon 10:00")], "own:1", "Mon 10:05", ALWAYS)[-2:] == ["platform_limit", "act_by"]


def called(begins, ends):
    return TEAM.replaced(days=(), by=[(at(begins), at(ends))])


def test_who_is_on_call_when_it_is_due_is_told_after_the_team_that_went_home():
    assert steps([OWN_14, asks(1, "Fri 16:40")], "own:1", "Fri 16:45", called("Fri 20:00", "Sat 12:00"), team=TEAM)[
        -3:
    ] == [
        ("covered_until", {"at": at("Fri 18:00")}),
        ("on_call", {"at": at("Sat 06:40")}),
        ("act_by", {"at": at("Sat 06:40")}),
    ]


def test_until_when_somebody_is_on_call_before_it_is_due_is_told():
    assert steps([OWN_14, asks(1, "Sat 10:00")], "own:1", "Sat 10:05", called("Sat 08:00", "Sat 20:00"), team=TEAM)[
        -4:
    ] == [
        ("covered_until", {"at": at("Fri 18:00")}),
        ("on_call_until", {"at": at("Sat 20:00")}),
        ("nobody_works", {"first": date(2026, 5, 10), "last": date(2026, 5, 10)}),
        ("act_by", {"at": at("Sat 20:00")}),
    ]


def test_who_was_on_call_before_the_team_worked_is_not_told():
    story = [OWN_14, asks(1, "Fri 16:40")]
    both = called("Thu 20:00", "Fri 04:00")
    assert steps(story, "own:1", "Fri 16:45", both, team=TEAM) == steps(story, "own:1", "Fri 16:45")


def test_a_team_that_works_to_midnight_still_works_that_day():
    late = WorkingHours("Europe/Berlin", dict.fromkeys(range(5), (("08:00", "24:00"),)))
    assert ("nobody_works", {"first": date(2026, 5, 9), "last": date(2026, 5, 10)}) in steps(
        [OWN_14, asks(1, "Fri 16:40")], "own:1", "Fri 16:45", late
    )


def test_a_team_that_never_comes_back_is_told_until_the_due_day():
    once = WorkingHours("Europe/Berlin", {}, special={date(2026, 5, 8): [("08:00", "20:00")]})
    assert ("nobody_works", {"first": date(2026, 5, 9), "last": date(2026, 5, 9)}) in steps(
        [OWN_14, asks(1, "Fri 16:40")], "own:1", "Fri 16:45", once
    )


def test_a_team_that_never_worked_leaves_only_unstaffed():
    nobody = WorkingHours("Europe/Berlin", {})
    assert keys([OWN_14, asks(1, "Fri 16:40")], "own:1", "Fri 16:45", nobody)[-2:] == ["platform_limit", "unstaffed"]


def test_the_platforms_clock_names_its_pack_and_cliff():
    assert steps([asks(1, "Mon 10:00")], "platform:1:rate", "Mon 10:05", ALWAYS) == [
        ("received", {"at": at("Mon 10:00"), "role": "buyer"}),
        ("pack", {"edition": "amazon 2026-05-01", "cliff": "rate"}),
        ("target", {"metric": "rate", "allowed": 24 * HOUR, "hours": "always"}),
        ("due", {"kind": "platform", "at": at("Tue 10:00")}),
        ("act_by", {"at": at("Tue 10:00")}),
    ]


def test_after_a_missed_cliff_the_next_one_is_the_platforms_limit():
    story = [policy("Mon 08:00", first=40), asks(1, "Mon 10:00")]
    assert ("platform_limit", {"at": at("Wed 10:00"), "cliff": "claim"}) in steps(story, "own:1", "Tue 12:00")


def test_a_change_that_time_counts_from_is_told():
    story = [policy("Mon 08:00", first=8), asks(1, "Mon 10:00", SHOP_MAIL), policy("Mon 14:00", first=0.25)]
    assert ("counted_from", {"at": at("Mon 14:00")}) in steps(story, "own:1", "Mon 14:05")


def test_what_would_be_put_off_by_less_time_stays_due_and_is_told():
    story = [
        policy("Mon 08:00", first=8),
        asks(1, "Mon 10:00", SHOP_MAIL),
        policy("Mon 14:00", first=4, counting=Counting.FROM_NOW),
    ]
    assert keys(story, "own:1", "Mon 14:05")[2:6] == ["target", "counted_from", "due", "act_by"]
    late = [*story[:2], policy("Mon 14:30", first=4, counting=Counting.FROM_NOW)]
    told = steps(late, "own:1", "Mon 14:35")
    assert [key for key, _ in told[2:6]] == ["target", "counted_from", "as_before", "due"]
    assert told[5] == ("due", {"kind": "own", "at": at("Mon 18:00")})


def test_a_run_is_explained_without_the_queue():
    story = [policy("Mon 08:00", resolution=8, hours="office"), asks(1, "Mon 10:00", SHOP_MAIL)]
    assert keys(story, "resolution:1", "Mon 12:00", OFFICE) == ["run_began", "policy", "target", "due"]


def test_a_waiting_run_says_since_when():
    story = [policy("Mon 08:00", resolution=8), asks(1, "Mon 10:00", SHOP_MAIL), waits("Mon 12:00")]
    assert steps(story, "resolution:1", "Mon 13:00")[-1] == ("paused", {"since": at("Mon 12:00")})


def test_hours_that_never_come_are_told():
    story = [policy("Mon 08:00", first=10**7, hours="office"), asks(1, "Mon 10:00", SHOP_MAIL)]
    assert steps(story, "own:1", "Mon 13:00")[-1] == ("never_due", {"hours": "office"})


def test_the_end_of_a_clock_is_told():
    asked = [policy("Mon 08:00", first=4), asks(1, "Mon 10:00", SHOP_MAIL)]
    late = [*asked, answers(9, "Mon 15:00", 1, SHOP_MAIL)]
    assert steps(late, "own:1", "Mon 16:00")[-2:] == [
        ("breached", {"at": at("Mon 14:00")}),
        ("met", {"at": at("Mon 15:00")}),
    ]
    left = [*asked, answers(9, "Mon 11:00", 1, SHOP_MAIL, provisional_until=at("Thu 11:00"))]
    assert steps(left, "own:1", "Mon 16:00")[-1] == ("provisional", {"until": at("Thu 11:00")})
    assert steps([*asked, waives("Mon 11:00", 1, SHOP_MAIL)], "own:1", "Mon 16:00")[-1] == (
        "waived",
        {"at": at("Mon 11:00"), "reason": "thanks"},
    )
    assert steps([*asked, reads_again(1, "Mon 11:00", expects_answer=False)], "own:1", "Mon 16:00")[-1] == (
        "void",
        {"reason": "reinterpreted"},
    )
