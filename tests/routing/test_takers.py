from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.abilities import Abilities, set_abilities
from tresen.accounts.actors import SYSTEM
from tresen.accounts.inviting import deactivate
from tresen.accounts.models import Experience
from tresen.routing.choosing import Work
from tresen.routing.leasing import hold
from tresen.routing.takers import takers_of, work_of
from tresen.tickets.assigning import assign
from tresen.tickets.tagging import tag

pytestmark = pytest.mark.django_db


def _ticket(store, n: int = 0) -> int:
    (filing,) = filed(store, a_message(sender=f"b{n}@marketplace.amazon.de", at=MONDAY + timedelta(minutes=n)))
    return filing.ticket.id


def test_channels_are_told_from_skills_of_ones_own():
    agent = an_agent()
    given = Abilities(languages=["it"], skills=["amazon", "returns"], experience=Experience.EXPERT, capacity=4)
    set_abilities(agent.pk, given, by=SYSTEM, at=MONDAY)
    taker = takers_of([agent.pk], at=MONDAY)[agent.pk]
    assert (taker.languages, taker.channels, taker.skills) == ({"it"}, {"amazon"}, {"returns"})
    assert (taker.experience, taker.held, taker.capacity) == (Experience.EXPERT, 0, 4)


def test_what_is_assigned_and_what_is_leased_is_held_each_once():
    store = a_store()
    agent = an_agent(store.default_team)
    assigned, leased = _ticket(store, 1), _ticket(store, 2)
    assign(assigned, assignee_id=agent.pk, by=SYSTEM, at=MONDAY)
    for ticket in (assigned, leased):
        hold(ticket, agent_id=agent.pk, at=MONDAY)
    assert takers_of([agent.pk], at=MONDAY)[agent.pk].held == 2
    assert takers_of([agent.pk], at=MONDAY + timedelta(hours=1))[agent.pk].held == 1


def test_who_is_locked_out_takes_nothing():
    agent = an_agent()
    deactivate(agent.pk, by=SYSTEM, at=MONDAY)
    assert takers_of([agent.pk], at=MONDAY) == {}


def test_a_tag_that_is_called_as_a_skill_says_what_a_ticket_needs():
    ticket = _ticket(a_store())
    for word in ("Returns", "summer"):
        tag(ticket, name=word, by=SYSTEM, at=MONDAY)
    assert work_of([ticket])[ticket] == Work(language="de", channel="amazon")
    set_abilities(an_agent().pk, Abilities(skills=["returns"]), by=SYSTEM, at=MONDAY)
    assert work_of([ticket])[ticket].needs == {"returns"}


def test_a_tag_that_is_called_as_a_channel_asks_for_no_skill():
    ticket = _ticket(a_store())
    tag(ticket, name="ebay", by=SYSTEM, at=MONDAY)
    set_abilities(an_agent().pk, Abilities(skills=["ebay"]), by=SYSTEM, at=MONDAY)
    assert work_of([ticket])[ticket].needs == frozenset()
