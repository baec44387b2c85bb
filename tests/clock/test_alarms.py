from datetime import timedelta

from tests.clock.telling import (
    HOUR,
    OFFICE,
    SHOP_MAIL,
    answers,
    asks,
    at,
    comes_back,
    policy,
    resumes,
    state_of,
    voids,
    waits,
    waives,
    written,
)
from tresen.clock import facts
from tresen.clock.alarms import next_alarm, notices
from tresen.clock.hours import ALWAYS

WARNING_4 = policy("Mon 08:00", first=4, warn_percent=(50, 75), warn_before=(timedelta(minutes=30),))
QUESTION = asks(1, "Mon 10:00", SHOP_MAIL)


def told(story, as_of, coverage=ALWAYS):
    return [(notice.key, written(notice.at)) for notice in notices(state_of(story, as_of), coverage)]


def alarms(story, as_of, coverage=ALWAYS):
    """Every alarm of the only clock from then on, each found by looking again at the one before."""
    rung = []
    while True:
        (clock,) = state_of(story, as_of).clocks
        following = next_alarm(clock, coverage, at(as_of))
        if following is None:
            return rung
        as_of = written(following)
        rung.append(as_of)


def test_a_clock_rings_for_its_warnings_and_when_it_is_due():
    assert alarms([WARNING_4, QUESTION], "Mon 10:00") == ["Mon 12:00", "Mon 13:00", "Mon 13:30", "Mon 14:00"]


def test_it_rings_also_when_the_last_who_could_act_goes_home():
    story = [policy("Mon 08:00", first=12), QUESTION]
    assert alarms(story, "Mon 10:00", OFFICE) == ["Mon 17:00", "Mon 22:00"]


def test_where_nobody_could_ever_act_only_the_due_time_rings():
    story = [policy("Mon 08:00", first=12), asks(1, "Mon 18:00", SHOP_MAIL)]
    assert alarms(story, "Mon 18:00", OFFICE) == ["Tue 06:00"]


def test_a_provisional_answer_rings_when_it_can_no_longer_bounce():
    story = [WARNING_4, QUESTION, answers(9, "Mon 11:00", 1, SHOP_MAIL, provisional_until=at("Thu 11:00"))]
    assert alarms(story, "Mon 11:00") == ["Thu 11:00"]
    assert told(story, "Thu 11:00") == [("own:1:confirmed", "Thu 11:00")]


def test_met_waived_void_and_paused_clocks_are_silent():
    for story in (
        [WARNING_4, QUESTION, answers(9, "Mon 13:59", 1, SHOP_MAIL)],
        [WARNING_4, QUESTION, waives("Mon 13:59", 1, SHOP_MAIL)],
        [WARNING_4, QUESTION, voids("Mon 15:00", "own:1")],
        [policy("Mon 08:00", resolution=8, warn_percent=(10,)), QUESTION, waits("Mon 12:00")],
    ):
        assert alarms(story, "Mon 13:59") == []
        assert told(story, "Fri 10:00") == []


def test_warnings_are_told_as_they_fall_due_and_not_before():
    assert told([WARNING_4, QUESTION], "Mon 11:59") == []
    assert told([WARNING_4, QUESTION], "Mon 13:00") == [
        ("own:1:warning:50%", "Mon 12:00"),
        ("own:1:warning:75%", "Mon 13:00"),
    ]


def test_after_three_days_of_silence_the_breach_is_told_at_its_time_and_no_stale_warning():
    assert told([WARNING_4, QUESTION], "Thu 14:00") == [("own:1:breached", "Mon 14:00")]


def test_a_breach_is_told_also_when_it_was_answered_meanwhile():
    story = [WARNING_4, QUESTION, answers(9, "Mon 15:00", 1, SHOP_MAIL)]
    assert told(story, "Thu 14:00") == [("own:1:breached", "Mon 14:00")]


def test_a_missed_act_by_time_is_told_while_the_clock_still_runs():
    story = [policy("Mon 08:00", first=12), QUESTION]
    assert told(story, "Mon 18:00", OFFICE) == [("own:1:act_by_passed", "Mon 17:00")]
    assert told(story, "Mon 22:00", OFFICE) == [("own:1:breached", "Mon 22:00")]


def test_each_cliff_is_told_by_itself():
    assert told([asks(1, "Mon 10:00")], "Wed 10:00") == [
        ("platform:1:rate:breached", "Tue 10:00"),
        ("platform:1:claim:breached", "Wed 10:00"),
    ]


def test_a_bounce_after_the_due_time_tells_the_breach_at_that_time():
    story = [WARNING_4, QUESTION, answers(9, "Mon 11:00", 1, SHOP_MAIL, provisional_until=at("Thu 11:00"))]
    assert told(story, "Tue 09:00") == []
    assert told([*story, comes_back(9, "Tue 09:00")], "Tue 09:00") == [("own:1:breached", "Mon 14:00")]


def test_warnings_count_in_the_hours_of_the_clock():
    story = [
        policy("Mon 08:00", first=8, hours="office", warn_percent=(50,), warn_before=(HOUR,)),
        asks(1, "Fri 15:00", SHOP_MAIL),
    ]
    assert alarms(story, "Fri 15:00") == ["Mon2 11:00", "Mon2 14:00", "Mon2 15:00"]


def test_warnings_of_a_resolution_leave_out_its_pauses():
    story = [
        policy("Mon 08:00", resolution=8, warn_percent=(50,)),
        QUESTION,
        waits("Mon 12:00"),
        resumes("Tue 12:00"),
    ]
    assert alarms(story, "Tue 12:00") == ["Tue 14:00", "Tue 18:00"]


def test_a_warning_longer_than_the_target_is_none():
    story = [policy("Mon 08:00", first=4, warn_before=(5 * HOUR,), warn_percent=(0, 100)), QUESTION]
    assert alarms(story, "Mon 10:00") == ["Mon 14:00"]
    assert told(story, "Mon 13:59") == []
    assert [clock.warnings for clock in state_of(story, "Mon 10:00").clocks] == [()]


def test_a_target_with_warnings_of_its_own_has_no_others() -> None:
    own = ((facts.Metric.RESOLUTION, facts.Warnings(before=(2 * HOUR,))), (facts.Metric.NEXT_REPLY, facts.Warnings()))
    told = policy("Mon 08:00", first=4, following=4, resolution=8, warn_percent=(50,), own_warnings=own)
    story = [told, asks(1, "Mon 10:00", SHOP_MAIL)]
    warned = {clock.key: [warning.name for warning in clock.warnings] for clock in state_of(story, "Mon 10:00").clocks}
    assert warned == {"own:1": ["50%"], "resolution:1": ["120min"]}
    later = [*story, answers(9, "Mon 10:30", 1, SHOP_MAIL), asks(2, "Mon 11:00", SHOP_MAIL)]
    (following,) = [clock for clock in state_of(later, "Mon 11:00").clocks if clock.key == "own:2"]
    assert following.warnings == ()
