from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.shops import an_agent

pytestmark = pytest.mark.django_db


def test_no_page_lets_anything_inline_run(client):
    response = client.get(reverse("account_login"))

    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_the_agents_own_language_wins_over_the_browsers(client):
    agent = an_agent()
    agent.language = "de"
    agent.save()
    client.force_login(agent)

    response = client.get(reverse("profile"), headers={"Accept-Language": "it"})

    assert '<html lang="de"' in response.text
    assert response.headers["Content-Language"] == "de"


def test_a_request_has_one_time_in_utc(client):
    client.force_login(an_agent())

    request = client.get(reverse("profile")).wsgi_request

    assert request.at.utcoffset() == timedelta(0)


@pytest.mark.parametrize("strange", ["somewhere", "home", "//elsewhere.example/", "https://elsewhere.example/", "\0"])
def test_a_strange_address_to_go_back_to_leads_to_our_own_page(client, strange):
    chosen = client.post(reverse("language"), {"language": "de", "next": strange})
    assert chosen.headers["Location"] == reverse("account_login")
    client.force_login(an_agent())
    kept = client.post(reverse("preferences"), {"theme": "dark", "next": strange})
    assert kept.headers["Location"] == reverse("home")


def test_preferences_are_kept_one_at_a_time(client):
    agent = an_agent()
    client.force_login(agent)

    client.post(reverse("preferences"), {"theme": "dark"})
    client.post(reverse("preferences"), {"language": "it"})
    client.post(reverse("preferences"), {"language": "xx"})

    agent.refresh_from_db()
    assert (agent.language, agent.theme) == ("it", "dark")
