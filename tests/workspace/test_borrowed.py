"""What libraries say on our pages is said as we say it."""

import re
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.mofile import read_mo
from django.utils import translation
from django.utils.translation import gettext

from tresen.workspace import catalogues

SOURCE = Path(catalogues.__file__).with_name("borrowed.py").read_text(encoding="utf-8")
BORROWED = re.findall(r'(?<!n)gettext_lazy\("([^"]+)"\)|ngettext_lazy\(\s+"([^"]+)"', SOURCE)
IN_DJANGO = Path(django.__file__).parent
FOLDERS = (
    IN_DJANGO / "conf" / "locale",
    IN_DJANGO / "contrib" / "auth" / "locale",
    Path(allauth.__file__).parent / "locale",
)


def test_the_libraries_still_say_each_of_these_sentences():
    said = set()
    for folder in FOLDERS:
        with (folder / "de" / "LC_MESSAGES" / "django.mo").open("rb") as file:
            said |= {
                message.id if isinstance(message.id, str) else message.id[0] for message in read_mo(file) if message.id
            }

    borrowed = {one or many for one, many in BORROWED}
    assert len(borrowed) > 20
    assert borrowed - said == set()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("de", "Bitte geben Sie Ihr aktuelles Passwort ein."), ("it", "Inserisca la password attuale.")],
)
def test_our_words_win_over_the_library(language, sentence):
    with translation.override(language):
        assert gettext("Please type your current password.") == sentence
