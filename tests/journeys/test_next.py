"""“Next”, pressed by everybody at once, in browsers of their own before a real server."""

import re
import time

import pytest

from tests.factories.shops import an_agent
from tests.journeys.conftest import SignIn
from tests.journeys.desks import asks
from tresen.routing.models import Lease
from tresen.stores.models import Store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PEOPLE = 14
PRESS = """(at) => setTimeout(
    () => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true })), at - Date.now())"""
"""Each browser presses by its own clock, all at this instant."""


@pytest.mark.timeout(400)
def test_fourteen_browsers_that_press_next_in_the_same_second_get_fourteen_tickets(
    store: Store, signed_in: SignIn
) -> None:
    tickets = {asks(store, f"Frage {number}").pk for number in range(PEOPLE + 2)}
    agents = [an_agent(store.default_team) for _ in range(PEOPLE)]
    pages = [signed_in.already(agent) for agent in agents]
    at = (time.time() + 5) * 1000
    for page in pages:
        page.evaluate(PRESS, at)
    for page in pages:
        page.wait_for_url("**/tickets/**", timeout=60_000)
    shown = [int(re.search(r"/tickets/(\d+)/", page.url).group(1)) for page in pages]
    assert len(set(shown)) == PEOPLE
    assert set(shown) <= tickets
    held = dict(Lease.objects.values_list("agent_id", "ticket_id"))
    assert [held[agent.pk] for agent in agents] == shown
