"""The page that names a test for all that a channel does names none that is not there."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, code_in, rows, text_of

PAGE = "docs/channels/what-is-proven.md"
CHANNELS = ("amazon", "ebay", "kaufland", "mirakl", "otto", "shopify", "tiktok_shop", "walmart", "woocommerce")
TALKING = ("facebook", "instagram", "whatsapp", "sms")
SHARED = dict.fromkeys(TALKING, ("channels/meta", "journeys"))
"""Where tests lie that are run for several channels."""
_TEST = re.compile(r"^def (test_\w+)", re.MULTILINE)


def tables() -> dict[tuple[str, ...], list[list[str]]]:
    """The rows of each table, by the channels that are its columns."""
    parts = [rows(part) for part in text_of(PAGE).split("\n## ")]
    found = {tuple(name.lower().replace(" ", "_") for name in part[0][1:]): part[2:] for part in parts if part}
    assert list(found) == [CHANNELS, TALKING]
    return found


def named_below(*folders: Path) -> set[str]:
    return {
        name for folder in folders for file in folder.rglob("test_*.py") for name in _TEST.findall(file.read_text())
    }


@pytest.mark.parametrize("channel", [*CHANNELS, *TALKING])
def test_each_cell_names_tests_of_the_channel_or_of_all(channel: str) -> None:
    columns, told = next((columns, told) for columns, told in tables().items() if channel in columns)
    of_all = set(_TEST.findall((ROOT / "tests/channels/test_conformance.py").read_text()))
    folders = [ROOT / "tests" / name for name in (f"channels/{channel}", *SHARED.get(channel, ()))]
    known = named_below(*folders) | of_all
    for row in told:
        cell = row[columns.index(channel) + 1]
        named = {name for name in code_in(cell) if name.startswith("test_")}
        assert named - known == set()
        assert named or cell.startswith("none: ")
