"""The glossary's words of the screens are those that the screens show."""

import pytest
from babel.messages.pofile import read_po

from tests.docs.pages import ROOT, rows, text_of

LANGUAGES = {"de": 1, "it": 2}


def screen_words():
    table = text_of("docs/glossary.md").partition("## On the screens")[2]
    return [row for row in rows(table) if row[0] not in {"English", "---"}]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_screens_are_those_of_the_catalogues(language):
    source = ROOT / "tresen" / "workspace" / "locale" / language / "LC_MESSAGES" / "django.po"
    with source.open("rb") as file:
        catalogue = read_po(file, locale=language)
    told = {row[0]: row[LANGUAGES[language]] for row in screen_words()}
    assert told
    assert {word: message.string for word in told if (message := catalogue.get(word))} == told
