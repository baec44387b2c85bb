from datetime import UTC, datetime

import pytest

from tresen.accounts.actors import SYSTEM
from tresen.sla.choosing import choose
from tresen.sla.conditions import TicketFacts
from tresen.sla.editing import add_policy, change_policy, disable_policy, enable_policy, move_policy, retire_policy
from tresen.sla.policies import current_book

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TICKET = TicketFacts(channel="amazon", store=1, brand=1)


def targets(minutes):
    return {"first_reply": {"minutes": minutes, "hours": "always"}}


def add(name, minutes=60):
    return add_policy(name=name, conditions={}, targets=targets(minutes), position=99, by=SYSTEM, at=AT).policy_id


def asked():
    return [entry.policy.name for entry in current_book().entries]


def test_a_book_without_policies_is_empty():
    assert current_book().entries == ()


def test_each_edit_is_in_the_next_book():
    first, second = add("A"), add("B")
    assert asked() == ["A", "B"]
    move_policy(second, to=1, by=SYSTEM, at=AT)
    assert asked() == ["B", "A"]
    disable_policy(second, by=SYSTEM, at=AT)
    assert asked() == ["A"]
    enable_policy(second, by=SYSTEM, at=AT)
    assert asked() == ["B", "A"]
    change_policy(first, name="C", conditions={}, targets=targets(30), by=SYSTEM, at=AT)
    assert asked() == ["B", "C"]
    retire_policy(second, by=SYSTEM, at=AT)
    policy = choose(current_book(), TICKET)
    assert (policy.name, policy.number, policy.targets.first_reply.minutes) == ("C", 2, 30)


def test_a_book_nobody_edited_is_the_same_one_for_one_query(django_assert_num_queries):
    add("A")
    book = current_book()
    with django_assert_num_queries(1):
        assert current_book() is book


def test_an_edit_costs_one_query_more(django_assert_num_queries):
    for number in range(10):
        add(f"Policy {number}")
    with django_assert_num_queries(2):
        assert len(current_book().entries) == 10
