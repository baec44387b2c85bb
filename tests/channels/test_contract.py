"""What every connector says of itself: page, look, setup form, rules."""

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import lucide
import pytest

from tresen.channels.contract import Connector
from tresen.channels.order_door import OrderAction
from tresen.channels.registry import CONNECTORS

DOCS = Path(__file__).parents[2] / "docs" / "channels"

every_connector = pytest.mark.parametrize("connector", CONNECTORS, ids=lambda connector: connector.key)


@every_connector
def test_a_channel_is_documented(connector: Connector) -> None:
    page = (DOCS / f"{connector.key}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {connector.title}\n")
    for heading in (
        "## How messages arrive",
        "## What is recognised",
        "## How answers leave",
        "## What you must set up",
    ):
        assert heading in page, heading
    assert connector.connection is None or "## What ends\n" in page
    for field in connector.setup_fields:
        assert field.label in page, field.label


@every_connector
def test_a_channel_can_be_told_apart_by_eye(connector: Connector) -> None:
    assert 1 <= len(connector.look.mark) <= 2
    assert 0 <= connector.look.hue < 360
    with ZipFile(Path(lucide.__file__).with_name("lucide.zip")) as icons:
        assert f"{connector.look.icon}.svg" in icons.namelist()


def test_no_two_channels_look_alike() -> None:
    assert len({connector.look.mark for connector in CONNECTORS}) == len(CONNECTORS)
    hues = sorted(connector.look.hue for connector in CONNECTORS)
    assert all(second - first >= 15 for first, second in pairwise(hues))


@every_connector
def test_a_setup_form_asks_for_each_thing_once(connector: Connector) -> None:
    names = [field.name for field in connector.setup_fields]
    assert len(set(names)) == len(names)
    assert all(field.choices for field in connector.setup_fields if field.kind == "select")


@every_connector
def test_what_ends_is_a_secret_that_is_entered(connector: Connector) -> None:
    connection = connector.connection
    secrets = {asked.name for asked in connection.fields() if asked.kind == "secret"} if connection else set()
    assert {term.secret for term in connection.terms} <= secrets if connection else True


@every_connector
def test_the_rules_in_force_have_a_platform_and_the_day_they_were_checked(connector: Connector) -> None:
    pack = connector.rule_pack_at(datetime(2026, 11, 22, tzinfo=UTC))
    assert pack.platform == connector.key
    assert not pack.cliffs or pack.sources


@every_connector
def test_where_nothing_may_be_sent_unasked_no_conversation_is_begun(connector: Connector) -> None:
    assert not connector.unasked or connector.start is None


@every_connector
def test_where_a_choice_decides_who_reads_it_no_way_is_usual(connector: Connector) -> None:
    for ways in connector.ways.values():
        usual = [way.key for way in ways if way.usual]
        assert len(usual) == (0 if any(way.public for way in ways) else 1)


@every_connector
def test_an_order_is_cancelled_or_kept_at_once_for_nobody_is_asked_which_lines(connector: Connector) -> None:
    for kind in (OrderAction.CANCEL, OrderAction.KEEP):
        offer = connector.actions.get(kind)
        assert offer is None or offer.whole
