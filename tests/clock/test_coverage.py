from tests.clock.telling import OFFICE, SHOP_MAIL, asks, at, policy, state_of
from tresen.clock.coverage import act_by
from tresen.clock.hours import ALWAYS, WorkingHours


def act(when, allowed, coverage=OFFICE, hours="always"):
    story = [policy("Mon 08:00", first=allowed, hours=hours), asks(1, when, SHOP_MAIL)]
    (clock,) = state_of(story, when).clocks
    return act_by(clock, coverage)


def test_within_working_hours_one_may_act_until_it_is_due():
    assert act("Mon 10:00", 4) == (at("Mon 14:00"), False)


def test_due_at_night_one_must_act_before_going_home():
    assert act("Mon 10:00", 12) == (at("Mon 17:00"), False)


def test_due_before_the_team_comes_back_one_must_act_the_day_before():
    assert act("Mon 10:00", 22) == (at("Mon 17:00"), False)


def test_due_at_the_moment_the_team_comes_back_is_too_late_for_it():
    assert act("Mon 10:00", 23) == (at("Mon 17:00"), False)


def test_due_a_minute_after_the_team_comes_back_leaves_that_minute():
    assert act("Mon 10:00", 23 + 1 / 60) == (at("Tue 09:01"), False)


def test_nobody_between_start_and_due_means_the_start():
    assert act("Mon 18:00", 14) == (at("Mon 18:00"), True)


def test_a_clock_that_is_never_due_asks_for_nothing():
    assert act("Mon 10:00", 10**7, hours="office") is None


def test_coverage_may_be_always_or_never():
    assert act("Sat 10:00", 4, ALWAYS) == (at("Sat 14:00"), False)
    assert act("Mon 10:00", 4, WorkingHours("UTC", {})) == (at("Mon 10:00"), True)
