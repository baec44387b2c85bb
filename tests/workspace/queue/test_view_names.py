from datetime import timedelta

import pytest

from tests.factories.shops import MONDAY, an_agent
from tresen.routing.views import Side, View, ViewKind
from tresen.workspace.queue.view_names import view_name


@pytest.mark.parametrize(
    ("view", "name"),
    [
        (View.due(Side.PLATFORM, MONDAY + timedelta(hours=4), channel="amazon"), "Platform limit by 13:00 · Amazon"),
        (
            View.due(Side.OWN, MONDAY + timedelta(hours=4), after=MONDAY + timedelta(hours=3)),
            "Our target from 12:00 to 13:00",
        ),
        (View.late(Side.OWN, channel="ebay"), "Our target missed · eBay"),
        (View.late(Side.PLATFORM), "Platform limit missed"),
        (View(ViewKind.UNASSIGNED, "amazon"), "Unassigned · Amazon"),
        (View(ViewKind.LOST, "gone"), "All missed · gone"),
    ],
)
def test_a_view_says_what_it_shows(view, name):
    assert view_name(View.parse(str(view)), at=MONDAY) == name


@pytest.mark.django_db
def test_the_tickets_of_an_agent_are_called_by_their_name():
    agent = an_agent(name="Jana Meier")
    assert view_name(View(ViewKind.AGENT, str(agent.pk)), at=MONDAY) == "Jana Meier"
