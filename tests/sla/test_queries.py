from datetime import UTC, datetime, timedelta

import pytest

from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.models import Agent
from tresen.sla.editing import add_policy, change_policy, disable_policy, retire_policy
from tresen.sla.queries import listed_policies, versions_of

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AMAZON = {"channels": ["amazon"]}


def targets(minutes):
    return {"first_reply": {"minutes": minutes, "hours": "always"}}


def add(name, conditions):
    return add_policy(name=name, conditions=conditions, targets=targets(60), position=99, by=SYSTEM, at=AT).policy_id


def test_policies_are_listed_in_their_order_with_their_newest_version(django_assert_num_queries):
    lea = Agent.objects.create(email="lea@shop.example", name="Lea", joined_at=AT)
    policy = add("Z", AMAZON)
    add("A", {})
    retire_policy(add("Gone", {}), by=SYSTEM, at=AT)
    later = AT + timedelta(days=1)
    change_policy(policy, conditions=AMAZON, targets=targets(30), by=Actor.agent(lea.pk), at=later)
    with django_assert_num_queries(2):
        first, second = listed_policies()
    assert (first.name, first.number, first.since, first.changed_by) == ("Z", 2, later, "Lea")
    assert first.targets.first_reply.minutes == 30
    assert (second.name, second.position, second.changed_by) == ("A", 2, "")


def test_a_policy_below_one_that_fits_every_ticket_is_marked_as_hidden():
    everything = add("Everything", {})
    add("Amazon", AMAZON)
    add("Rest", {})
    assert [policy.hidden_by for policy in listed_policies()] == ["", "Everything", "Everything"]
    disable_policy(everything, by=SYSTEM, at=AT)
    assert [policy.hidden_by for policy in listed_policies()] == ["", "", ""]


def test_what_a_policy_said_over_time_stays_readable_after_it_is_retired():
    policy = add("Amazon", AMAZON)
    change_policy(policy, conditions=AMAZON, targets=targets(30), by=SYSTEM, at=AT)
    retire_policy(policy, by=SYSTEM, at=AT)
    assert [(said.number, said.targets.first_reply.minutes) for said in versions_of(policy)] == [(2, 30), (1, 60)]
