from dataclasses import replace

from tresen.accounts.models import Experience
from tresen.routing.choosing import (
    EASY,
    OWN,
    TIERS,
    URGENT,
    Taker,
    Work,
    best_taker,
    branches,
    lane_of,
    lane_turns,
    may_take,
)
from tresen.routing.models import Lane

ANYBODY = Taker(agent=1)
ITALIAN = Taker(agent=2, languages=frozenset({"it"}))
EXPERT = Taker(agent=3, experience=Experience.EXPERT, held=9)
NEWCOMER = Taker(agent=4, experience=Experience.NEWCOMER)


def test_only_who_speaks_the_language_may_take_a_ticket_and_all_may_take_one_whose_language_is_not_known():
    assert may_take(ITALIAN, Work(language="it"))
    assert not may_take(ITALIAN, Work(language="de"))
    assert may_take(ITALIAN, Work())
    assert may_take(ANYBODY, Work(language="de"))


def test_who_was_trained_for_some_channels_takes_no_others():
    trained = replace(ANYBODY, channels=frozenset({"amazon"}))
    assert may_take(trained, Work(channel="amazon"))
    assert not may_take(trained, Work(channel="ebay"))


def test_what_needs_a_skill_goes_only_to_those_who_have_it():
    work = Work(needs=frozenset({"returns"}))
    assert not may_take(ANYBODY, work)
    assert (
        best_taker([ANYBODY, replace(EXPERT, skills=frozenset({"returns", "wholesale"}))], work).agent == EXPERT.agent
    )


def test_who_is_full_gets_nothing_more():
    assert not may_take(replace(ANYBODY, held=3, capacity=3), Work())
    assert may_take(replace(ANYBODY, held=2, capacity=3), Work())
    assert best_taker([replace(ANYBODY, held=3, capacity=3)], Work()) is None


def test_urgent_work_goes_to_the_most_experienced_all_else_to_whoever_holds_least():
    team = [NEWCOMER, replace(ANYBODY, held=2), EXPERT]
    assert best_taker(team, Work(urgent=True)) is EXPERT
    assert best_taker(team, Work()) is NEWCOMER
    assert best_taker([NEWCOMER], Work(urgent=True)) is NEWCOMER


def test_nobody_gets_what_nobody_can_answer():
    assert best_taker([ITALIAN], Work(language="de")) is None


def looked_through(shares=None, working=None, *, newcomer=False, experienced_at_work=True):
    found = branches(shares or {}, working or {}, newcomer=newcomer, experienced_at_work=experienced_at_work)
    return [(branch.lowest, branch.highest) for branch in sorted(found, key=lambda branch: branch.rank)]


def test_without_shares_all_lanes_have_the_same_rank_and_the_queue_decides():
    assert {branch.rank for branch in branches({}, {}, newcomer=False, experienced_at_work=True)} == {OWN + 1}


def test_the_lane_that_lacks_most_agents_of_its_share_comes_first():
    shares = {Lane.CLAIMS: 30, Lane.SAVABLE: 60, Lane.LOST: 10}
    assert looked_through(shares)[0] == TIERS[Lane.SAVABLE]
    assert looked_through(shares, {Lane.SAVABLE: 1})[0] == TIERS[Lane.CLAIMS]
    assert looked_through(shares, {Lane.CLAIMS: 10})[0] == TIERS[Lane.SAVABLE]


def test_of_ten_agents_each_lane_gets_its_share_and_a_wave_of_claims_no_more():
    shares, working = {Lane.CLAIMS: 30, Lane.SAVABLE: 50, Lane.LOST: 20}, dict.fromkeys(Lane, 0)
    for _ in range(10):
        turns = lane_turns(shares, working)
        working[min(turns, key=turns.get)] += 1
    assert working == {Lane.CLAIMS: 3, Lane.SAVABLE: 5, Lane.LOST: 2, Lane.PRE_SALE: 0}


def test_a_newcomer_gets_what_is_normal_first_then_what_is_urgent_and_what_is_missed_last():
    assert looked_through(newcomer=True) == [EASY, URGENT, TIERS[Lane.LOST]]


def test_a_newcomer_who_is_alone_gets_what_everybody_gets():
    alone = looked_through(newcomer=True, experienced_at_work=False)
    assert alone == looked_through(newcomer=False)


def test_who_asks_before_buying_stands_in_a_lane_of_its_own_while_it_is_not_urgent():
    assert lane_of(2, pre_sale=True) is Lane.PRE_SALE
    assert lane_of(1, pre_sale=True) is Lane.SAVABLE
    assert lane_of(0, pre_sale=True) is Lane.CLAIMS
    assert lane_of(9) is Lane.LOST
