"""Programs that ask: one of an agent who sees everything, one of an agent who sees nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store, a_team, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.tokening import create_token
from tresen.sla.defaults import create_defaults
from tresen.tickets.models import Ticket


def program_of(agent) -> Client:
    """A client that sends a token of this agent."""
    now = timezone.now()
    secret = create_token(agent.pk, name="test", expires_at=now + timedelta(days=1), by=Actor.agent(agent.pk), at=now)
    return Client(headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture
def team(db):
    return a_team()


@pytest.fixture
def program(team):
    return program_of(an_agent(team, everything=True))


@pytest.fixture
def blind_program(db):
    return program_of(an_agent(everything=False))


@pytest.fixture
def tickets(team):
    """Three questions on Amazon, the last an hour ago."""
    now = timezone.now()
    create_defaults(by=SYSTEM, at=now - timedelta(days=30))
    store = a_store(team=team)
    for hours in (5, 3, 1):
        filed(store, a_message(sender=f"b{hours}@marketplace.amazon.de", at=now - timedelta(hours=hours)))
    return list(Ticket.objects.order_by("opened_at"))
