"""Every link leads somewhere, and what the pages name is there."""

import re

import pytest

from tests.docs.pages import ROOT, anchors, code_in, links, name_of, pages, text_of

PICTURES = ROOT / "docs" / "pictures"
NAMED = re.compile(r"(?<![\w./-])(?:tests|checks|tresen|docs|bin|benchmarks)/[\w./-]*\w")
BRACED = re.compile(r"[<>{}*…]")


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_links_lead_somewhere(page):
    nowhere = []
    for link in links(page):
        target, _, anchor = link.partition("#")
        if "://" in link:
            continue
        found = (page.parent / target) if target else page
        if not _is_there(found) or (anchor and anchor not in anchors(found)):
            nowhere.append(link)
    assert nowhere == []


def _is_there(path):
    """Screens are photographed by bin/pictures: once that was run, each picture that a page shows must be there."""
    return path.exists() or (path.suffix == ".png" and not any(PICTURES.glob("*.png")))


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_files_that_are_named_exist(page):
    text = re.sub(r"https?://\S+", "", text_of(name_of(page)))
    named = {name for name in NAMED.findall(text) if not BRACED.search(name)}
    assert [name for name in sorted(named) if not _is_there(ROOT / name)] == []


DECISIONS = [page for page in pages() if page.parent.name == "decisions"]


@pytest.mark.parametrize("page", DECISIONS, ids=name_of)
def test_tests_that_a_decision_names_exist(page):
    named = {name for name in code_in(text_of(name_of(page))) if name.startswith("test_")}
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name in sorted(named) if f"def {name}(" not in sources] == []


def test_no_page_stands_alone():
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / link.partition("#")[0]).resolve() for link in links(index)}
    assert [name_of(page) for page in pages() if page not in linked and page != index] == []
