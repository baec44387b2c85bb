"""Figures in words."""

import pytest

from tresen.workspace.reports.words import share


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
