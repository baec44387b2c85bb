"""The demo says on every page that it is one."""

import pytest
from django.urls import reverse

MARK = "Demo: nothing leaves this machine"


@pytest.mark.parametrize("route", ["queue", "profile", "setup-stores"])
def test_every_page_of_the_demo_says_that_nothing_leaves_this_machine(screen, agent, settings, route):
    type(agent).objects.update(role="admin")
    assert MARK not in screen.get(reverse(route), follow=True).text
    settings.DEMO = True
    assert MARK in screen.get(reverse(route), follow=True).text


def test_the_demo_says_so_before_anybody_signs_in(client, db, settings):
    settings.DEMO = True
    assert MARK in client.get(reverse("account_login")).text


def test_the_demo_leads_to_what_buyers_see(client, db, settings):
    settings.DEMO, settings.DEMO_PLATFORMS = True, "http://127.0.0.1:4711"
    assert 'href="http://127.0.0.1:4711"' in client.get(reverse("account_login")).text
