import pytest

from tests.clock.telling import (
    EBAY_CHAT,
    OFFICE,
    RULES,
    SHOP_MAIL,
    answers,
    asks,
    at,
    marks,
    policy,
    risks,
    state_of,
    waives,
    written,
)
from tresen.clock.hours import ALWAYS, WorkingHours
from tresen.clock.queue import QueueTier, place

OWN_14 = policy("Mon 08:00", first=14)


def place_of(story, as_of, coverage=OFFICE):
    return place(state_of(story, as_of, RULES), coverage)


def stands(story, as_of, coverage=OFFICE):
    """Tier, act-by, sort-at and governing clock."""
    found = place_of(story, as_of, coverage)
    return (
        found.tier.name,
        found.act_by and written(found.act_by),
        written(found.sort_at),
        found.governing and found.governing.key,
    )


def test_a_friday_evening_message_must_be_answered_before_the_team_goes_home():
    story = [OWN_14, asks(1, "Fri 16:40")]
    assert stands(story, "Fri 16:41") == ("NORMAL", "Fri 17:00", "Fri 17:00", "own:1")
    assert place_of(story, "Fri 16:41").unstaffed is False


def test_a_saturday_message_whose_limit_passes_before_anybody_works_is_unstaffed():
    story = [OWN_14, asks(1, "Sat 12:00")]
    assert stands(story, "Sat 12:01") == ("NORMAL", "Sat 12:00", "Sat 12:00", "own:1")
    assert place_of(story, "Sat 12:01").unstaffed is True


def test_somebody_who_goes_home_as_the_message_comes_cannot_act():
    assert place_of([OWN_14, asks(1, "Fri 17:00")], "Fri 18:00").unstaffed is True


def test_what_must_be_answered_before_the_same_closing_time_goes_by_when_it_is_due():
    hasty = [policy("Mon 08:00", first=10), asks(1, "Fri 14:00")]
    calm = [OWN_14, asks(2, "Fri 11:00")]
    assert stands(hasty, "Fri 14:01")[1] == stands(calm, "Fri 14:01")[1] == "Fri 17:00"
    assert place_of(hasty, "Fri 14:01").sort_at < place_of(calm, "Fri 14:01").sort_at


def test_nobody_at_all_is_unstaffed():
    assert place_of([OWN_14, asks(1, "Mon 10:00")], "Mon 10:01", WorkingHours("UTC", {})).unstaffed is True


def test_with_somebody_always_there_the_act_by_time_is_the_due_time():
    assert stands([OWN_14, asks(1, "Sat 12:00")], "Sat 12:01", ALWAYS)[1] == "Sun 02:00"


def test_when_our_target_is_missed_the_platform_governs_then_its_next_cliff():
    story = [policy("Mon 08:00", first=4), asks(1, "Mon 10:00")]
    assert stands(story, "Mon 10:01", ALWAYS)[3] == "own:1"
    assert stands(story, "Mon 14:00", ALWAYS)[1:] == ("Tue 10:00", "Tue 10:00", "platform:1:rate")
    assert stands(story, "Tue 10:00", ALWAYS)[1:] == ("Wed 10:00", "Wed 10:00", "platform:1:claim")


def test_when_nothing_can_be_kept_it_is_lost_and_sorted_by_arrival():
    assert stands([OWN_14, asks(1, "Mon 10:00"), asks(2, "Mon 11:00")], "Thu 10:00") == (
        "LOST",
        None,
        "Mon 10:00",
        None,
    )


def test_what_can_be_kept_is_never_behind_what_is_lost():
    lost = place_of([OWN_14, asks(1, "Mon 10:00"), risks("Mon 10:00", 1)], "Thu 10:00")
    kept = place_of([OWN_14, asks(1, "Thu 09:59"), risks("Thu 09:59", 3)], "Thu 10:00")
    assert (kept.tier, kept.sort_at) < (lost.tier, lost.sort_at)


def test_one_message_that_can_still_be_kept_saves_the_ticket_from_being_lost():
    story = [asks(1, "Mon 10:00"), asks(2, "Wed 09:00")]
    assert stands(story, "Wed 11:00", ALWAYS) == ("NORMAL", "Thu 09:00", "Thu 09:00", "platform:2:rate")


def test_a_claim_comes_first_also_when_its_clocks_are_lost():
    story = [OWN_14, asks(1, "Mon 10:00"), risks("Mon 10:00", 0)]
    assert stands(story, "Mon 10:01")[0] == "CRITICAL"
    assert stands(story, "Thu 10:00") == ("CRITICAL", None, "Mon 10:00", None)


@pytest.mark.parametrize(("tier", "name"), [(1, "RAISED"), (2, "NORMAL"), (3, "LOW")])
def test_the_risk_tier_leads_and_is_lost_with_its_clocks(tier, name):
    story = [OWN_14, asks(1, "Mon 10:00"), risks("Mon 10:00", tier)]
    assert stands(story, "Mon 10:01")[0] == name
    assert stands(story, "Thu 10:00")[0] == "LOST"


@pytest.mark.parametrize(("tier", "name"), [(0, "CRITICAL"), (1, "RAISED"), (2, "LOW"), (3, "LOW")])
def test_what_was_promised_no_time_comes_after_what_was(tier, name):
    story = [asks(1, "Mon 10:00", SHOP_MAIL), risks("Mon 10:00", tier)]
    assert stands(story, "Mon 10:01") == (name, None, "Mon 10:00", None)


def test_an_answered_breach_does_not_make_the_next_message_lost():
    story = [
        policy("Mon 08:00", first=1),
        asks(1, "Mon 10:00", SHOP_MAIL),
        answers(9, "Mon 12:00", 1, SHOP_MAIL),
        policy("Mon 12:30"),
        asks(2, "Mon 13:00", SHOP_MAIL),
    ]
    assert stands(story, "Mon 14:00")[0] == "LOW"


def test_the_resolution_clock_moves_nobody_in_the_queue():
    story = [policy("Mon 08:00", first=8, resolution=1), asks(1, "Mon 10:00", SHOP_MAIL)]
    assert stands(story, "Mon 10:01", ALWAYS)[3] == "own:1"
    assert stands(story, "Mon 11:30", ALWAYS)[0] == "NORMAL"
    late = [policy("Mon 08:00", resolution=1), asks(1, "Mon 10:00", SHOP_MAIL)]
    assert stands(late, "Mon 11:30", ALWAYS)[0] == "LOW"


def test_nothing_owed_is_no_place():
    assert place_of([OWN_14, asks(1, "Mon 10:00"), answers(9, "Mon 11:00", 1)], "Mon 12:00") is None
    assert place_of([], "Mon 12:00") is None


def test_what_must_be_marked_on_the_platform_is_a_task_until_it_is():
    story = [OWN_14, asks(1, "Mon 10:00"), waives("Mon 11:00", 1)]
    task = place_of(story, "Mon 12:00")
    assert (task.owed, task.to_mark, task.governing.key) == (False, True, "platform:1:rate")
    assert place_of([*story, marks("Mon 13:00", 1)], "Mon 14:00") is None


def test_a_message_that_crossed_stays_in_the_queue_and_says_so():
    story = [
        OWN_14,
        asks(1, "Mon 10:00", EBAY_CHAT),
        asks(2, "Mon 11:00", EBAY_CHAT),
        answers(9, "Mon 11:05", 1, EBAY_CHAT),
    ]
    found = place_of(story, "Mon 12:00", ALWAYS)
    assert (found.crossed, found.owed, found.act_by) == (True, True, at("Tue 01:00"))


def test_tiers_are_ordered_as_the_queue_is():
    assert sorted(QueueTier) == [
        QueueTier.CRITICAL,
        QueueTier.RAISED,
        QueueTier.NORMAL,
        QueueTier.LOW,
        QueueTier.LOST,
    ]


def test_after_a_long_weekend_what_can_be_saved_is_served_before_what_is_lost():
    arrivals = ["Thu 10:00", "Sat 08:00", "Sat 20:00", "Sun 12:00", "Mon2 08:00"]
    places = [place_of([OWN_14, asks(1, when)], "Mon2 09:00", ALWAYS) for when in arrivals]
    order = sorted(places, key=lambda found: (found.tier, found.sort_at))
    # The first three by their next limit, the two lost ones by their arrival.
    assert [written(found.sort_at) for found in order] == [
        "Mon2 12:00",
        "Mon2 20:00",
        "Mon2 22:00",
        "Thu 10:00",
        "Sat 08:00",
    ]
