from dataclasses import replace

from tresen.accounts.models import Experience
from tresen.routing.choosing import Taker, Work, best_taker, may_take

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
