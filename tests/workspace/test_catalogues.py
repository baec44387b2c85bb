"""Everything people see can be said in all three languages."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import engines
from django.utils import translation

from tresen.workspace import catalogues, words

WORKSPACE = Path(catalogues.__file__).parent
TEMPLATES = sorted((WORKSPACE / "templates").rglob("*.html"))
SCRIPTS = sorted((WORKSPACE / "static" / "js").glob("*.js"))
SPOKEN_ATTRIBUTES = {"title", "aria-label", "placeholder", "alt"}
# Names and keys are the same in every language; each language is called in itself.
THE_SAME_EVERYWHERE = re.compile(r"Tresen|English|Deutsch|Italiano|Amazon|Ctrl|Esc|\bh\b|\bg\b|\bd\b")


def test_every_string_of_the_source_is_translated():
    assert catalogues.problems() == []


def test_the_check_sees_a_missing_a_changed_and_a_dropped_string(tmp_path, monkeypatch):
    for language in catalogues.LANGUAGES:
        text = catalogues.po_file(language).read_text(encoding="utf-8")
        changed = text.replace('msgstr "{count} neu"', 'msgstr "neu"').replace('msgid "Snooze"', 'msgid "Snoze"')
        path = tmp_path / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True)
        path.write_text(changed, encoding="utf-8")
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)

    found = catalogues.problems()

    assert "de: “{count} new” drops a placeholder." in found
    assert "it: “Snooze” is not in the catalogue." in found
    assert "en: “Snoze” is said nowhere any more." in found


def test_compiled_catalogues_speak():
    with translation.override("de"):
        assert translation.gettext("Snooze") == "Zurückstellen"
    with translation.override("it"):
        assert translation.gettext("Snooze") == "Posticipa"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WORKSPACE / "templates")))
def test_no_template_says_anything_past_the_catalogues(path):
    if path.parent.name == "styleguide":
        pytest.skip("shows invented customers, who speak their own languages")
    reader = Spoken()
    reader.feed(_without_expressions(path.read_text(encoding="utf-8")))

    assert [words for words in reader.found if re.search(r"[^\W\d_]{2,}", THE_SAME_EVERYWHERE.sub("", words))] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_say_only_what_the_server_gives_them(path):
    said = set(re.findall(r'\bsay\("(\w+)"', path.read_text(encoding="utf-8")))

    assert said <= words.for_scripts().keys()


class Spoken(HTMLParser):
    """Collects what is read or read aloud."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in {"script", "style"}
        self.found += [value for name, value in attrs if name in SPOKEN_ATTRIBUTES and value]

    def handle_endtag(self, tag):
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data):
        attributes = re.match(r"\s*[\w-]+=", data)  # a block that fills a tag of its parent
        if not self.silent and data.strip() and not attributes:
            self.found.append(data.strip())


def _without_expressions(source):
    """What the template itself says: expressions speak through gettext or show data."""
    spoken = re.sub(r"{% block screen %}\w*{% endblock %}", "", source)  # a name for scripts and style sheets
    tokens = engines["jinja2"].env.lex(spoken)  # type: ignore[attr-defined]  # the stubs know no engine's own
    return "".join(
        value if kind == "data" else " " for _line, kind, value in tokens if kind in {"data", "variable_end"}
    )
