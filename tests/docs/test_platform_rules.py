"""The page about platforms' rules says what the rule packs say."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tresen.channels.limits import ALWAYS, Author, Average, Limit, SendWindow, Until, Within, written
from tresen.channels.rule_files import all_rule_packs
from tresen.channels.rule_packs import Cliff, RulePack, RulePacks

PAGE = Path(__file__).parents[2] / "docs" / "operations" / "platform-rules.md"


def rows() -> Iterator[str]:
    """A line of the table for each limit of each edition; one for an edition without any."""
    for packs in all_rule_packs():
        for edition in packs.editions:
            for cliff in edition.cliffs:
                yield row(packs, edition, cliff.title, told(cliff.limit), concerning(cliff), cliff.sure.value)
            if not edition.cliffs:
                yield row(packs, edition, "no time is set", "", "", "")


def row(packs: RulePacks, edition: RulePack, *cells: str) -> str:
    where = " ".join(filter(None, (packs.title, packs.region_title(edition.region))))
    return f"| {' | '.join((where, edition.valid_from.isoformat(), *cells, edition.checked.isoformat()))} |"


def told(limit: Limit) -> str:
    match limit:
        case Within(months=months) if months:
            return f"{months} month"
        case Within(allowed=allowed, calendar=calendar):
            return written(allowed) if calendar == ALWAYS else f"{written(allowed)}, {calendar.replace('_', ' ')}"
        case Until(weekday=weekday, time=time, zone=zone):
            return f"until {weekday.value} {time}, {zone}"
        case Average(below=below, window=window):
            return f"below {written(below)} on average over {written(window)}"
        case SendWindow(open_for=open_for, authors=authors):
            return f"open {written(open_for)}{', to persons only' if authors == {Author.PERSON} else ''}"


def concerning(cliff: Cliff) -> str:
    named = (*cliff.applies_to.cases, *cliff.applies_to.requests)
    return ", ".join(sorted(one.replace("_", " ") for one in named)) or "messages"


@pytest.mark.parametrize("expected", sorted(set(rows())))
def test_the_page_has_a_line_for_every_rule(expected: str) -> None:
    assert expected in PAGE.read_text(encoding="utf-8").splitlines()


def test_the_page_has_no_line_that_no_rule_stands_behind() -> None:
    page = PAGE.read_text(encoding="utf-8").partition("## All rules")[2]
    told_there = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| where")]
    assert sorted(told_there) == sorted(rows())
