"""The catalogues of translations: found in the source, kept as .po, compiled to .mo, and checked for completeness.

`python -m tresen.workspace.catalogues update` takes in what the source says now; `check` says what is missing.
English stands in the source itself; its catalogue repeats it, so that a missing string shows in all three.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "workspace" / "locale"
LANGUAGES = ("en", "de", "it")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "lazy": None,
}
METHODS = [("**/migrations/**.py", "ignore"), ("**.py", "python"), ("workspace/templates/**.html", "jinja2")]
OPTIONS = {"workspace/templates/**.html": {"trimmed": "true", "silent": "false"}}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
# A fixed date: a catalogue changes when its words do, not when somebody looked.
MADE = datetime(2026, 11, 22, tzinfo=UTC)


def source() -> Catalog:
    """Every string of the source that people see."""
    catalogue = Catalog(project="Tresen", charset="utf-8", creation_date=MADE, fuzzy=False)
    found = extract_from_dir(PACKAGE, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",))
    for file, _line, string, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        catalogue.add(string, locations=[(f"tresen/{file}", 0)], auto_comments=comments, context=context)
    return catalogue


def catalogue_of(language: str) -> Catalog:
    """A language's catalogue as it is kept; empty where there is none yet."""
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language, project="Tresen", charset="utf-8", creation_date=MADE, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    """Take the source's strings into every catalogue; what is gone from the source goes."""
    template = source()
    for language in LANGUAGES:
        catalogue = catalogue_of(language)
        catalogue.update(deepcopy(template), no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        catalogue.revision_date = catalogue.creation_date = MADE
        if language == "en":
            _repeat(catalogue)
        catalogue.header_comment = "# Tresen. The strings are taken from the source by tresen/workspace/catalogues.py."
        path = po_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=120, sort_output=True, include_lineno=False, ignore_obsolete=True)


def compile_where_needed() -> None:
    """Compile each catalogue that is younger than its compiled form. Nothing happens in a folder of others."""
    for language in LANGUAGES:
        po, mo = po_file(language), po_file(language).with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        buffer = BytesIO()
        write_mo(buffer, catalogue_of(language))
        fresh = mo.with_suffix(f".{language}.new")
        try:
            fresh.write_bytes(buffer.getvalue())
            fresh.replace(mo)
        except PermissionError:
            return


def problems() -> list[str]:
    """What keeps the catalogues from being complete, one sentence each."""
    template = source()
    return [problem for language in LANGUAGES for problem in _problems(language, template)]


def _problems(language: str, template: Catalog) -> Iterator[str]:
    catalogue = catalogue_of(language)
    for wanted in template:
        if not wanted.id:
            continue
        kept = catalogue.get(_key(wanted), wanted.context)
        if kept is None:
            yield f"{language}: “{_key(wanted)}” is not in the catalogue."
        elif kept.fuzzy or not all(_texts(kept.string)):
            yield f"{language}: “{_key(wanted)}” is not translated."
        elif any(_placeholders(text) - _placeholders(*_texts(wanted.id)) for text in _texts(kept.string)):
            yield f"{language}: “{_key(wanted)}” has a placeholder that the source does not fill."
        elif _placeholders(_texts(wanted.id)[-1]) - _placeholders(_texts(kept.string)[-1]):
            yield f"{language}: “{_key(wanted)}” drops a placeholder."
    known = {(_key(wanted), wanted.context) for wanted in template if wanted.id}
    for kept in catalogue:
        if kept.id and (_key(kept), kept.context) not in known:
            yield f"{language}: “{_key(kept)}” is said nowhere any more."


def po_file(language: str) -> Path:
    """Where the catalogue lies."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _texts(string: str | Sequence[str] | None) -> Sequence[str]:
    return (string or "",) if string is None or isinstance(string, str) else tuple(string)


def _placeholders(*texts: str) -> set[str]:
    return {found for text in texts for found in PLACEHOLDER.findall(text)}


def _repeat(catalogue: Catalog) -> None:
    for message in catalogue:
        if message.id:
            message.string = message.id


def main() -> int:
    """Run from the command line."""
    if sys.argv[1:] == ["update"]:
        update()
    found = problems()
    sys.stdout.writelines(f"{problem}\n" for problem in found)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
