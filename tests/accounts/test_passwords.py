import pytest
from django.test import Client

from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import SetupChange
from tresen.accounts.passwords import lifetime, one_time_path

pytestmark = pytest.mark.django_db

CHOSEN = {"password1": "lamps shine over Lindau", "password2": "lamps shine over Lindau"}


def choose(client, path):
    form = client.get(path, follow=True)
    assert form.status_code == 200
    return client.post(form.redirect_chain[-1][0] if form.redirect_chain else path, CHOSEN, follow=True)


def test_by_the_link_an_agent_chooses_a_password_once():
    agent = an_agent()
    agent.set_unusable_password()
    agent.save()
    path = one_time_path(agent.pk, by=SYSTEM, at=MONDAY)
    choose(Client(), path)
    agent.refresh_from_db()
    assert agent.check_password(CHOSEN["password1"])
    agent.set_password("another one that is long")
    agent.save()
    choose(Client(), path)
    agent.refresh_from_db()
    assert agent.check_password("another one that is long")


def test_a_link_for_an_address_that_changed_opens_nothing():
    agent = an_agent()
    path = one_time_path(agent.pk, by=SYSTEM, at=MONDAY)
    agent.email = "somebody.else@nordlicht.example"
    agent.save()
    choose(Client(), path)
    agent.refresh_from_db()
    assert not agent.check_password(CHOSEN["password1"])


def test_the_link_lives_three_days_and_its_making_is_recorded():
    agent = an_agent()
    one_time_path(agent.pk, by=SYSTEM, at=MONDAY)
    assert lifetime().days == 3
    assert SetupChange.objects.get().what == "password_link_made"
