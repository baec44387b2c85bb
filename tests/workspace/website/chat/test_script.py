"""The widget as a page gets it: nothing in it that a strict policy forbids, and nothing from elsewhere."""

import re

import pytest

from tresen.workspace.website.chat.script import FOLDER, SCRIPT

WIDGET = SCRIPT.decode()


@pytest.mark.parametrize(
    "forbidden",
    ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "document.cookie"],
)
def test_nothing_in_it_needs_more_than_its_own_script(forbidden):
    assert forbidden not in WIDGET


def test_it_sets_no_style_attribute_and_asks_nobody_but_tresen():
    assert not re.search(r"""["']style["']|\.style\b""", WIDGET)
    assert set(re.findall(r"https?://[\w./]+", WIDGET)) == {"http://www.w3.org/2000/svg"}


def test_it_says_the_same_in_each_language():
    words = (FOLDER / "words.js").read_text(encoding="utf-8")
    spoken = re.findall(r"^  (\w\w): \{$(.*?)^  \},$", words, re.DOTALL | re.MULTILINE)
    names = {language: re.findall(r'(\w+): "', said) for language, said in spoken}
    assert names.keys() == {"en", "de", "it"}
    assert names["en"] == names["de"] == names["it"]
    used = set(re.findall(r'\bsay\("(\w+)"', WIDGET))
    assert used <= set(names["en"])
