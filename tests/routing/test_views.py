"""How views are written into addresses, and read from them."""

from datetime import UTC, datetime

import pytest

from tresen.routing.views import Side, UnknownView, View, ViewKind

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "view",
    [
        View.due(Side.OWN, NOON),
        View.due(Side.PLATFORM, NOON, after=datetime(2026, 11, 16, 11, tzinfo=UTC), channel="amazon"),
        View.late(Side.OWN),
        View.late(Side.PLATFORM, channel="ebay"),
        View(ViewKind.UNASSIGNED, "amazon"),
        View(ViewKind.LOST),
        View(ViewKind.AGENT, "3"),
    ],
)
def test_a_view_is_read_as_it_was_written(view):
    assert View.parse(str(view)) == view


def test_what_is_due_is_asked_between_two_instants_and_on_a_channel():
    view = View.due(Side.PLATFORM, NOON, after=datetime(2026, 11, 16, 11, tzinfo=UTC), channel="amazon")
    assert (view.side, view.channel) == (Side.PLATFORM, "amazon")
    assert view.span == (datetime(2026, 11, 16, 11, tzinfo=UTC), NOON)


@pytest.mark.parametrize(
    "text", ["due", "due:own", "due:own:5", "due:hers:-5", "late", "late:own:A", "unassigned:", "agent:me", "mine:1"]
)
def test_what_is_no_view_is_told(text):
    with pytest.raises(UnknownView):
        View.parse(text)
