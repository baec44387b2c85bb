import pytest

from checks.rules.decisions import decisions

WHOLE = "# Title\n\n## Context\nWhy.\n\n## Decision\nWhat.\n\n## Consequences\nThen.\n\n## Check\nHow.\n"


def told(tmp_path, **pages):
    folder = tmp_path / "docs" / "decisions"
    folder.mkdir(parents=True)
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text)
    return [problem.what for problem in decisions(tmp_path)]


def test_a_whole_page_is_fine(tmp_path):
    assert told(tmp_path, **{"0001-one-database": WHOLE}) == []


@pytest.mark.parametrize("text", [WHOLE.replace("## Check\nHow.\n", ""), WHOLE.replace("How.", "")])
def test_a_section_that_is_missing_or_empty_is_told(tmp_path, text):
    assert told(tmp_path, **{"0001-one-database": text}) == ["lacks the section '## Check', or says nothing in it"]


def test_a_wrong_name_and_a_number_given_twice_are_told(tmp_path):
    pages = {"0001-one": WHOLE, "0001-two": WHOLE, "Third": WHOLE}
    assert len(told(tmp_path, **pages)) == 3
