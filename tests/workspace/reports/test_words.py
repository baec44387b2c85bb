"""Figures in words."""

import pytest

from tresen.channels.limits import SendWindow
from tresen.reports.attainment import Measure
from tresen.stores.connectors import connectors
from tresen.workspace.reports.words import kind_title, measure_title, share

WINDOWS = {
    cliff.key: cliff.title
    for connector in connectors()
    for edition in connector.rule_packs.editions
    for cliff in edition.cliffs
    if isinstance(cliff.limit, SendWindow)
}


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (0.98684, "98.7"),
        (0.67191, "67.2"),
        (0.671, "67.1"),
        (0.66667, "66.7"),
        (0.99999, "99.9"),
        (1.0, "100.0"),
        (0.0001, "0.1"),
        (0.0, "0.0"),
    ],
)
def test_a_share_is_rounded_but_neither_up_to_all_nor_down_to_nothing(part, shown):
    assert share(part) == f"{shown}\N{NO-BREAK SPACE}%"


def test_nothing_counted_is_a_dash():
    assert share(None) == "–"


@pytest.mark.parametrize(("key", "title"), WINDOWS.items())
def test_how_long_answers_are_taken_is_called_as_beside_the_ticket(key, title):
    assert kind_title("window") == "How long answers are taken"
    assert measure_title(Measure(kind="window", channel="", metric=key)) == title


def test_what_has_no_name_of_its_own_begins_with_a_capital():
    assert measure_title(Measure(kind="case", channel="", metric="chargeback")) == "Chargeback"
