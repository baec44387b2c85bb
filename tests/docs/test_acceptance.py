"""What the page says is shown by a test is shown by one."""

import re
from pathlib import Path

from tests.clock import cases_add, cases_between, cases_clock_changes
from tests.clock.test_fold_cases import STORIES
from tests.docs.pages import ROOT, rows, text_of

PAGE = "docs/acceptance.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
TOLD = re.compile(r"story `([^`]+)`")
COUNTED = re.compile(r"case `([^`]+)`")


def _first_words(module: object) -> set[str]:
    tables = [value for value in vars(module).values() if isinstance(value, list)]
    return {row[0] for table in tables for row in table if isinstance(row, tuple)}


def test_every_test_that_is_named_is_there():
    named = NAMED.findall(text_of(PAGE))
    assert named
    assert [(file, name) for file, name in named if f"def {name}(" not in Path(ROOT, file).read_text("utf-8")] == []


def test_every_story_and_every_case_is_in_its_table():
    text = text_of(PAGE)
    cases = set().union(*map(_first_words, (cases_add, cases_between, cases_clock_changes)))
    assert set(TOLD.findall(text)) <= {story[0] for story in STORIES}
    assert set(COUNTED.findall(text)) <= cases


def test_every_line_is_shown_by_something():
    lines = rows(text_of(PAGE))[2:]
    assert [what for what, shown in lines if not any(one.search(shown) for one in (NAMED, TOLD, COUNTED))] == []
