"""An agent who sees everything, and one who sees nothing, at their screens; and a ticket to look at."""

from datetime import timedelta

import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, a_team, an_agent
from tresen.accounts.models import Role
from tresen.tickets.models import Ticket


@pytest.fixture
def team(db):
    return a_team("Marketplaces")


@pytest.fixture
def agent(team):
    return an_agent(team, role=Role.AGENT, name="Jana Meier", everything=True)


@pytest.fixture
def store(team):
    """With a mailbox, through which answers can leave."""
    store = a_store(team=team)
    a_mailbox(store)
    return store


@pytest.fixture
def ticket(store):
    filed(store, a_message(subject="Wo ist mein Paket?", text="Es sollte am Freitag da sein.", at=MONDAY))
    return Ticket.objects.get()


@pytest.fixture
def screen(client, agent):
    """The browser of the agent who sees everything of the team."""
    client.force_login(agent)
    return client


@pytest.fixture
def blind_screen(client, db):
    """The browser of an agent to whom nothing was granted."""
    client.force_login(an_agent(name="Nobody's colleague", everything=False))
    return client


@pytest.fixture
def later():
    return MONDAY + timedelta(hours=1)
