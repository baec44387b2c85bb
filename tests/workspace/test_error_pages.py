import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.shops import an_agent

pytestmark = pytest.mark.django_db


def test_what_is_not_there_says_so_in_the_agents_language(client):
    agent = an_agent()
    agent.language = "de"
    agent.save()
    client.force_login(agent)

    response = client.get(reverse("ticket", args=[999_999]))

    assert response.status_code == 404
    assert "Das ist nicht hier" in response.text


def test_an_old_page_says_what_to_do():
    client = Client(enforce_csrf_checks=True)

    response = client.post(reverse("account_login"), {"login": "a@example.com", "password": "x"})

    assert response.status_code == 403
    assert "reload the page" in response.text


def test_a_fault_of_ours_shows_a_page_of_ours(client, monkeypatch):
    client.raise_request_exception = False
    client.force_login(an_agent())
    monkeypatch.setattr("tresen.workspace.queue.views.counts", None)

    response = client.get(reverse("queue-counts"))

    assert response.status_code == 500
    assert "Nothing was lost." in response.text
