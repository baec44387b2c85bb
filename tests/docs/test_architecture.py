"""The architecture page tells the way of the data with names that are in the code."""

import re
from importlib import import_module

import pytest

from tests.docs.pages import ROOT, code_in, rows, text_of
from tresen import reactions
from tresen.local.sweeps import SWEEPS

PAGE = "docs/architecture.md"
NAME = re.compile(r"[a-z_]+(\.[A-Za-z_]+)+")
PACKAGES = sorted(path.parent.name for path in (ROOT / "tresen").glob("*/__init__.py"))


def named():
    found = {name for name in code_in(text_of(PAGE)) if NAME.fullmatch(name) and not name.endswith((".py", ".md"))}
    return sorted(name for name in found if name.partition(".")[0] in PACKAGES)


def _found(name):
    """The thing of that dotted name: a module, or what is in one."""
    parts = ["tresen", *name.split(".")]
    for length in range(len(parts), 1, -1):
        try:
            thing = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[length:]:
            thing = getattr(thing, attribute)
        return thing
    raise ModuleNotFoundError(name)


@pytest.mark.parametrize("name", named())
def test_what_the_page_names_is_in_the_code(name):
    assert _found(name) is not None


def test_the_page_names_the_way_of_the_data():
    assert {"tickets.ledger.record_all", "intake.filing.file", "outbox.sending.send_due"} <= set(named())


def test_the_steps_stand_in_the_order_in_which_they_run():
    text = text_of(PAGE)
    places = [text.index(f"`{step.__name__}`") for step in reactions.ORDER]
    assert places == sorted(places)


def test_every_package_has_its_layer_on_the_page_and_its_line_in_the_tree():
    layers = {name for row in rows(text_of(PAGE)) for name in code_in(row[0])}
    assert [name for name in PACKAGES if name not in layers] == []
    tree = text_of("README.md")
    assert [name for name in PACKAGES if f"\n  {name}/ " not in tree] == []


def test_the_sweeps_are_told():
    text = text_of(PAGE)
    assert [sweep.name for sweep in SWEEPS if f"*{sweep.name}*" not in text] == []
