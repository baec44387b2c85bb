from tests.clock.telling import RULES, answers, asks, at, policy, state_of, waives
from tresen.clock.owing import owing

OWN_14 = policy("Mon 08:00", first=14)


def owed(story, as_of):
    return owing(state_of(story, as_of, RULES))


def test_the_next_of_our_targets_is_told_and_since_when_the_oldest_message_waits():
    found = owed([OWN_14, asks(1, "Fri 10:00"), asks(2, "Fri 12:00")], "Fri 13:00")
    assert (found.own_due, found.duty_due) == (at("Sat 00:00"), None)
    assert (found.own_missed, found.platform_missed, found.since) == (False, False, at("Fri 10:00"))


def test_a_lost_limit_is_missed_while_the_next_one_still_runs():
    found = owed([OWN_14, asks(1, "Fri 10:00")], "Sat 11:00")
    assert (found.own_due, found.own_missed) == (None, True)
    assert found.platform_missed is True


def test_what_was_answered_or_waived_too_late_is_missed_no_more():
    story = [OWN_14, asks(1, "Fri 10:00")]
    late = owed([*story, answers(1, "Sat 11:00", up_to=1)], "Sat 12:00")
    assert (late.own_missed, late.platform_missed, late.since) == (False, False, None)
    thanks = owed([*story, waives("Sat 11:00", up_to=1)], "Sat 12:00")
    assert (thanks.own_missed, thanks.since) == (False, None)
