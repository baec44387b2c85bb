from datetime import date
from itertools import permutations

import pytest

from tests.clock.telling import (
    AMAZON_CHAT,
    EBAY_CHAT,
    HOUR,
    RULES,
    SHOP_MAIL,
    answers,
    asks,
    at,
    catches_up,
    marks,
    numbered,
    policy,
    reads_again,
    resumes,
    risks,
    solves,
    state_of,
    voids,
    waits,
    waives,
)
from tresen.clock.clocks import Outcome
from tresen.clock.facts import Metric
from tresen.clock.fold import fold
from tresen.clock.hours import WorkingHours
from tresen.clock.rules import Rules


def owed(story, as_of="Mon 20:00"):
    return [each.message for each in state_of(story, as_of).owed]


def unmarked(story, as_of="Mon 20:00"):
    return [each.message for each in state_of(story, as_of).unmarked]


def crossed(story, as_of="Mon 20:00"):
    return [each.message for each in state_of(story, as_of).owed if each.crossed]


def clock(story, key, as_of="Mon 20:00"):
    (found,) = [clock for clock in state_of(story, as_of).clocks if clock.key == key]
    return found


def test_nothing_happened_and_nothing_is_owed():
    state = fold([], RULES, at("Mon 10:00"))
    assert (state.clocks, state.owed, state.unmarked, state.risk_tier) == ((), (), (), 2)


def test_what_is_not_answered_is_owed_oldest_first():
    assert owed([asks(2, "Mon 11:00"), asks(1, "Mon 12:00"), asks(3, "Mon 10:00", expects_answer=False)]) == [2, 1]


def test_an_answer_ends_what_it_saw_and_no_more():
    assert owed([asks(1, "Mon 10:00"), asks(2, "Mon 11:00"), answers(9, "Mon 11:30", 1)]) == [2]


def test_a_message_that_came_before_the_answer_and_was_not_seen_has_crossed():
    story = [asks(1, "Mon 10:00"), asks(2, "Mon 11:00"), answers(9, "Mon 11:30", 1)]
    assert crossed(story) == [2]
    assert crossed([*story, catches_up("Mon 12:00", 2)]) == []
    assert owed([*story, catches_up("Mon 12:00", 2)]) == []


def test_a_message_that_came_after_the_answer_has_not_crossed():
    story = [asks(1, "Mon 10:00"), answers(9, "Mon 11:30", 1), asks(2, "Mon 11:31")]
    assert (owed(story), crossed(story)) == ([2], [])


def test_a_robots_answer_does_not_cross():
    story = [asks(1, "Mon 10:00"), answers(9, "Mon 10:30", 0, counts_own=False)]
    assert (owed(story), crossed(story)) == ([1], [])


def test_an_answer_to_somebody_else_does_not_cross():
    story = [asks(1, "Mon 10:00"), answers(9, "Mon 11:30", 0, role="operator")]
    assert (owed(story), crossed(story)) == ([1], [])


def test_catching_up_before_the_answer_clears_nothing():
    story = [asks(1, "Mon 10:00"), asks(2, "Mon 11:00"), catches_up("Mon 11:15", 2), answers(9, "Mon 11:30", 1)]
    assert owed(story) == [2]


def test_a_waived_message_on_amazon_must_be_marked_there():
    story = [asks(1, "Mon 10:00"), waives("Mon 11:00", 1)]
    assert (owed(story), unmarked(story)) == ([], [1])
    assert unmarked([*story, marks("Mon 12:00", 1)]) == []
    assert unmarked([*story, answers(9, "Mon 12:00", 1)]) == []


def test_where_a_waiver_is_enough_nothing_is_left_to_mark():
    story = [asks(1, "Mon 10:00", EBAY_CHAT), waives("Mon 11:00", 1, EBAY_CHAT)]
    assert (owed(story), unmarked(story)) == ([], [])


def test_an_answer_that_the_platform_does_not_count_leaves_the_message_owed():
    assert owed([asks(1, "Mon 10:00"), answers(9, "Mon 11:00", 1, counts_platform=False)]) == [1]


def test_a_misread_message_is_not_owed():
    assert owed([asks(1, "Mon 10:00"), reads_again(1, "Mon 11:00", expects_answer=False)]) == []
    assert owed([asks(1, "Mon 10:00", expects_answer=False), reads_again(1, "Mon 11:00", expects_answer=True)]) == [1]


def test_the_last_word_on_the_risk_counts():
    assert state_of([risks("Mon 10:00", 0)], "Mon 11:00").risk_tier == 0
    assert state_of([risks("Mon 10:30", 3), risks("Mon 10:00", 0)], "Mon 11:00").risk_tier == 3


def test_a_later_turn_is_a_next_reply_even_if_the_first_was_waived():
    story = [policy("Mon 08:00", first=4), asks(1, "Mon 10:00"), waives("Mon 10:30", 1), asks(2, "Mon 11:00")]
    assert clock(story, "own:1").metric == Metric.FIRST_REPLY
    assert clock(story, "own:2").metric == Metric.NEXT_REPLY


def test_a_misread_first_turn_leaves_the_first_reply_to_the_next():
    story = [
        policy("Mon 08:00", first=4),
        asks(1, "Mon 10:00"),
        answers(9, "Mon 10:30", 1),
        asks(2, "Mon 11:00"),
        reads_again(1, "Mon 12:00", expects_answer=False),
    ]
    assert clock(story, "own:2").metric == Metric.FIRST_REPLY


def test_each_role_has_a_first_reply_of_its_own():
    story = [policy("Mon 08:00", first=4), asks(1, "Mon 10:00"), asks(2, "Mon 11:00", role="operator")]
    assert clock(story, "own:2").metric == Metric.FIRST_REPLY


def test_a_late_arrival_makes_no_second_first_reply():
    story = [policy("Mon 08:00", first=4), asks(1, "Mon 10:00"), answers(9, "Mon 11:00", 1), asks(2, "Mon 09:00")]
    assert clock(story, "own:1").metric == Metric.FIRST_REPLY
    assert clock(story, "own:2").metric == Metric.NEXT_REPLY


def test_a_clock_names_what_it_goes_by():
    story = [policy("Mon 08:00", first=4, version=7), asks(1, "Mon 10:00"), answers(9, "Mon 11:00", 1)]
    own, limit = clock(story, "own:1"), clock(story, "platform:1:rate")
    assert (own.policy_version, own.allowed, own.hours, own.reply) == (7, 4 * HOUR, "always", 9)
    assert (limit.pack, limit.metric, limit.allowed, limit.message) == ("amazon 2026-05-01", "rate", 24 * HOUR, 1)
    assert (limit.conversation, limit.role) == (AMAZON_CHAT, "buyer")


def test_a_change_that_comes_too_late_is_what_the_time_counts_from():
    story = [policy("Mon 08:00", first=8), asks(1, "Mon 10:00"), policy("Mon 14:00", first=1, version=2)]
    assert clock(story, "own:1").counted_from == at("Mon 14:00")
    assert clock(story[:2], "own:1").counted_from is None


def test_the_same_target_of_a_newer_version_is_named_by_it():
    story = [policy("Mon 08:00", first=4), asks(1, "Mon 10:00"), policy("Mon 11:00", first=4, version=2)]
    assert clock(story, "own:1").policy_version == 2


def test_a_waived_and_a_void_clock_say_why():
    story = [policy("Mon 08:00", first=4), asks(1, "Mon 10:00"), waives("Mon 11:00", 1, reason="spam")]
    assert clock(story, "own:1").reason == "spam"
    assert clock([*story, voids("Mon 12:00", "own:1", "wrong_pack")], "own:1").reason == "wrong_pack"


def test_a_waiting_resolution_says_since_when():
    story = [policy("Mon 08:00", resolution=8), asks(1, "Mon 10:00"), waits("Mon 11:00")]
    assert clock(story, "resolution:1").paused_since == at("Mon 11:00")
    assert clock([*story, solves("Mon 12:00")], "resolution:1").paused_since is None


def test_only_a_running_clock_has_warnings():
    story = [policy("Mon 08:00", first=4, warn_percent=(50,)), asks(1, "Mon 10:00")]
    assert clock(story, "own:1", "Mon 10:01").warnings == (("50%", at("Mon 12:00")),)
    assert clock([*story, answers(9, "Mon 11:00", 1)], "own:1", "Mon 11:00").warnings == ()


def test_the_oldest_clock_comes_first():
    story = [policy("Mon 08:00", first=4), asks(3, "Mon 12:00", EBAY_CHAT), asks(7, "Mon 10:00", SHOP_MAIL)]
    assert [each.key for each in state_of(story, "Mon 13:00").clocks] == ["own:7", "own:3", "platform:3:promise"]


def test_a_pause_on_a_holiday_costs_no_working_time():
    closed = WorkingHours("UTC", dict.fromkeys(range(5), (("09:00", "17:00"),)), closed=[date(2026, 5, 5)])
    story = [policy("Mon 08:00", resolution=8, hours="office"), asks(1, "Mon 10:00", SHOP_MAIL)]
    holiday = [waits("Tue 10:00"), resumes("Tue 15:00")]
    rules = Rules(hours={"office": closed})
    for told in (story, [*story, *holiday]):
        (running,) = state_of(told, "Tue 18:00", rules).clocks
        assert running.due == at("Wed 10:00")


def test_merged_tickets_keep_each_its_clocks_and_undoing_the_merge_restores_them():
    shop = [policy("Mon 08:00", first=4, conversation=SHOP_MAIL), asks(1, "Mon 10:00", SHOP_MAIL)]
    amazon = [policy("Mon 09:00", first=14, conversation=AMAZON_CHAT), asks(2, "Mon 11:00"), answers(9, "Mon 12:00", 2)]
    apart = [*state_of(shop, "Mon 13:00").clocks, *state_of(amazon, "Mon 13:00").clocks]
    assert sorted(map(repr, state_of([*shop, *amazon], "Mon 13:00").clocks)) == sorted(map(repr, apart))


def test_thanks_after_the_answer_is_waived_here_and_runs_on_at_amazon_until_it_is_marked():
    story = [
        policy("Mon 08:00", first=4),
        asks(1, "Mon 10:00"),
        answers(9, "Mon 11:00", 1),
        asks(2, "Mon 12:00"),
        waives("Mon 12:30", 2),
    ]
    assert clock(story, "own:2").outcome == Outcome.WAIVED
    assert clock(story, "platform:2:rate").outcome == Outcome.RUNNING
    assert clock([*story, marks("Mon 13:00", 2)], "platform:2:rate").outcome == Outcome.WAIVED
    assert clock(story, "platform:1:rate").outcome == Outcome.MET


def test_hours_that_nobody_gave_are_an_error_with_a_sentence():
    with pytest.raises(ValueError, match="“office”, which nobody has given"):
        fold(numbered([policy("Mon 08:00", first=4, hours="office"), asks(1, "Mon 10:00")]), Rules(), at("Mon 11:00"))


def test_merged_tickets_may_have_used_the_same_places_in_their_ledgers():
    merged = [
        asks(1, "Mon 10:00", SHOP_MAIL),
        policy("Mon 10:00", first=4, version=1),
        policy("Mon 10:00", first=8, version=2),
        risks("Mon 10:00", 1),
        risks("Mon 10:00", 3),
    ]
    states = {fold(order, RULES, at("Mon 11:00")) for order in permutations(merged)}
    assert len(states) == 1
