"""Every key means one thing, and the overview names every key that a page obeys."""

import re
from collections import Counter
from pathlib import Path

import tresen.workspace
from tresen.workspace.keys import all_keys

TEMPLATES = Path(tresen.workspace.__file__).parent / "templates"
GIVEN = re.compile(r"""data[-_]key="([^"{]+)\"""")


def test_no_key_has_two_meanings():
    shown = Counter(key.shown for group in all_keys() for key in group.keys)
    assert [key for key, many in shown.items() if many > 1] == []


def test_the_overview_names_every_key_of_every_page():
    obeyed = {key for page in TEMPLATES.rglob("*.html") for given in GIVEN.findall(page.read_text())
              for key in given.split()}  # fmt: skip
    assert obeyed, "the pages give keys"
    assert obeyed - {key.shown for group in all_keys() for key in group.keys} == set()
