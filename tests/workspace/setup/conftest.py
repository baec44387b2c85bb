"""Browsers of an admin, a lead and an agent."""

import pytest
from django.test import Client

from tests.factories.shops import a_team, an_agent
from tresen.accounts.models import Role


def browser(agent):
    client = Client()
    client.force_login(agent)
    return client


@pytest.fixture
def admin(db):
    return an_agent(role=Role.ADMIN, name="Jana Meier")


@pytest.fixture
def lead(db):
    return an_agent(a_team("Lead's team"), role=Role.LEAD, name="Marco Conti")


@pytest.fixture
def by_admin(admin):
    return browser(admin)


@pytest.fixture
def by_lead(lead):
    return browser(lead)


@pytest.fixture
def by_agent(db):
    return browser(an_agent(role=Role.AGENT))
