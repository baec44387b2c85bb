"""Reading what we know of a platform from YAML: rules, frames, notices. Wrong data is refused with file and key."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable

import yaml


class DatedDataError(ValueError):
    """A data file that cannot be believed. Its text names the file, the key and what is wrong."""


class Mark(StrEnum):
    """How sure a piece of knowledge is: a real mail, working code, the platform's word, others' word, or a guess."""

    SEEN = "seen"
    CODE = "code"
    DOCUMENTED = "documented"
    THIRD_PARTY = "third_party"
    GUESSED = "guessed"


class Entry:
    """One mapping of a file, read key by key so that each error can say where it stands."""

    def __init__(self, *, where: str, entries: object, known: Collection[str]) -> None:
        self.where = where
        if not isinstance(entries, Mapping):
            raise DatedDataError(f"{where}: expected keys with values, found {type(entries).__name__}.")
        self.entries: Mapping[object, object] = entries
        for key in self.entries:
            if key not in known:
                raise self.wrong(str(key), f"is not known here; known are {', '.join(sorted(known))}")

    def wrong(self, key: str, sentence: str) -> DatedDataError:
        """The error to raise about `key`."""
        return DatedDataError(f"{self.where}: {key} {sentence}.")

    def text(self, key: str, *, default: str | None = None) -> str:
        """The text at `key`, never empty; without a default it must be there."""
        value = self.entries.get(key, default)
        if not isinstance(value, str) or (not value.strip() and value != default):
            raise self.wrong(key, "is missing or not a text")
        return value

    def day(self, key: str) -> date:
        """The day at `key`."""
        value = self.entries.get(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(key, "must be a day such as 2026-11-22")
        return value

    def items(self, key: str, *, default: Sequence[object] | None = None) -> Sequence[object]:
        """The list at `key`; without a default it must be there."""
        value = self.entries.get(key, default)
        if not isinstance(value, list | tuple):
            raise self.wrong(key, "must be a list")
        return value

    def texts(self, key: str, *, default: Sequence[str] | None = None) -> tuple[str, ...]:
        """The list of texts at `key`."""
        found = self.items(key, default=default)
        values = tuple(value for value in found if isinstance(value, str) and value.strip())
        if len(values) != len(found):
            raise self.wrong(key, "must be a list of texts")
        return values

    def one_of[Choice: StrEnum](self, key: str, choices: type[Choice], value: object) -> Choice:
        """`value`, found at `key`, as a member of `choices`."""
        try:
            return choices(str(value))
        except ValueError:
            raise self.wrong(key, f"cannot be {value!r}; it is one of {', '.join(choices)}") from None

    def mark(self, key: str = "mark") -> Mark:
        """How sure this entry is, as `key` says."""
        return self.one_of(key, Mark, self.entries.get(key))

    def parts(self, key: str, *, known: Collection[str], default: Sequence[object] | None = None) -> list["Entry"]:
        """The list of mappings at `key`, each with only `known` keys; without a default it must be there."""
        return [
            Entry(where=f"{self.where}, {key} {number}", entries=entries, known=known)
            for number, entries in enumerate(self.items(key, default=default), start=1)
        ]

    def part(self, key: str, *, known: Collection[str]) -> "Entry":
        """The mapping at `key`, with only `known` keys."""
        return Entry(where=f"{self.where}, {key}", entries=self.entries.get(key), known=known)


def read_data(path: Traversable, *, known: Collection[str]) -> Entry:
    """The file `path` as one entry. Raises `DatedDataError`."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as trouble:
        raise DatedDataError(f"{path}: this is not readable YAML ({trouble}).") from trouble
    return Entry(where=str(path), entries=content, known=known)


def channel_file(channel: str, name: str) -> Traversable:
    """The file `name` in the folder of `channel`."""
    return files("tresen.channels") / channel / name
