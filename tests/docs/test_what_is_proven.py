"""The page that names a test for all that a channel does names none that is not there."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, code_in, rows, text_of

PAGE = "docs/channels/what-is-proven.md"
CHANNELS = ("amazon", "ebay", "kaufland", "mirakl", "shopify", "walmart", "woocommerce")
_TEST = re.compile(r"^def (test_\w+)", re.MULTILINE)


def table() -> list[list[str]]:
    heading, _line, *rest = rows(text_of(PAGE))
    assert [name.lower() for name in heading[1:]] == list(CHANNELS)
    return rest


def named_below(*folders: Path) -> set[str]:
    return {
        name for folder in folders for file in folder.rglob("test_*.py") for name in _TEST.findall(file.read_text())
    }


@pytest.mark.parametrize("channel", CHANNELS)
def test_each_cell_names_tests_of_the_channel_or_of_all(channel: str) -> None:
    column = CHANNELS.index(channel) + 1
    of_all = set(_TEST.findall((ROOT / "tests/channels/test_conformance.py").read_text()))
    known = named_below(ROOT / "tests/channels" / channel) | of_all
    for row in table():
        named = {name for name in code_in(row[column]) if name.startswith("test_")}
        assert named - known == set()
        assert named or row[column].startswith("none: ")
