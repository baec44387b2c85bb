"""Between a timetable's form and what the operations read. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tresen.clock.windows import Window
from tresen.staffing.plans import BETWEEN_NAMES

_WINDOW = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_DAY = r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4})"
_SPAN = re.compile(rf"({_DAY})\s?(?:\.\.|[-–—])\s?({_DAY})")
_BETWEEN = re.compile(r"[,;+\n]|\s{2,}")
_NAMED = re.compile(r"([^(]*)\((.*)\)")
_AFTER_A_NAME = re.compile(r"(?<=\))\s*[,;+]\s*(?=\d{4}-\d|\d{1,2}\.\s?\d{1,2}\.)")

MOST_DAYS_AT_ONCE = 400


class NotUnderstood(ValueError):
    """Something that is neither hours nor a day; its text is the part that was not understood."""


def windows_in(text: str) -> list[Window]:
    """The windows of "09:00-12:00, 13-17". Raises NotUnderstood."""
    return [_window(part) for part in _parts(text)]


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """Days with their hours, none for a closed one, and what those are called that have a name."""

    hours: Mapping[date, Sequence[Window]]
    names: Mapping[date, str]


def days_in(text: str) -> dict[date, str]:
    """The days of "2026-12-24, 31.12.2026" or of a span "24.12.2026-01.01.2027 (Stocktaking)", with their names.

    A day without a name has an empty one, a day that stands there twice both. Raises NotUnderstood.
    """
    found: dict[date, list[str]] = {}
    for said, name in _named(text):
        for day in [day for part in _parts(said) for day in _days(part)]:
            found.setdefault(day, []).append(name)
    return {day: _joined(found[day]) for day in sorted(found)}


def special_days_in(text: str) -> SpecialDays:
    """One day a line, its hours, its name: "2026-12-23 09:00-13:00 (Stocktaking)"; without hours it is closed.

    A day that stands there twice has the hours and names of both lines. Raises NotUnderstood.
    """
    hours: dict[date, list[Window]] = {}
    names: dict[date, list[str]] = {}
    for said, name in _named(text):
        found = _ISO.match(said) or _GERMAN.match(said)
        if found is None:
            raise NotUnderstood(said)
        day = _day(found[0])
        hours.setdefault(day, []).extend(windows_in(said[found.end() :].lstrip(" :")))
        names.setdefault(day, []).append(name)
    return SpecialDays(hours, {day: joined for day in names if (joined := _joined(names[day]))})


def windows_out(windows: Iterable[Sequence[str]]) -> str:
    """09:00-12:00, 13:00-17:00."""
    return ", ".join("-".join(window) for window in windows)


def days_out(days: Iterable[date], names: Mapping[date, str]) -> str:
    """One day a line, with its name."""
    return "\n".join(f"{day.isoformat()}{_name_out(day, names)}" for day in sorted(days))


def special_days_out(special: Mapping[date, Sequence[Window]], names: Mapping[date, str]) -> str:
    """One day a line, with its hours and its name."""
    return "\n".join(
        f"{day.isoformat()} {windows_out(special[day])}".strip() + _name_out(day, names) for day in sorted(special)
    )


def field_of(where: str) -> str | None:
    """The form's field that a problem's path is about."""
    first, _, rest = where.partition(".")
    if first == "week":
        return f"day_{rest}" if rest else None
    return first


def _named(text: str) -> Iterator[tuple[str, str]]:
    """What is said before each name in brackets, and that name; where there is none, the line and nothing."""
    for line in filter(None, map(str.strip, text.splitlines())):
        for part in _AFTER_A_NAME.split(line):
            found = _NAMED.fullmatch(part.strip())
            if found and not found[1].strip():
                raise NotUnderstood(line)
            yield (found[1].strip(), " ".join(found[2].split())) if found else (part, "")


def _joined(names: Iterable[str]) -> str:
    return BETWEEN_NAMES.join(dict.fromkeys(filter(None, names)))


def _name_out(day: date, names: Mapping[date, str]) -> str:
    return f" ({names[day]})" if names.get(day) else ""


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _window(part: str) -> Window:
    found = _WINDOW.fullmatch(part)
    if found is None:
        raise NotUnderstood(part)
    opens, opens_min, closes, closes_min = found.groups()
    return f"{int(opens):02}:{opens_min or '00'}", f"{int(closes):02}:{closes_min or '00'}"


def _days(part: str) -> list[date]:
    span = _SPAN.fullmatch(part)
    if span is None:
        return [_day(part)]
    start, end = _day(span[1]), _day(span[2])
    count = (end - start).days + 1
    if not 0 < count <= MOST_DAYS_AT_ONCE:
        raise NotUnderstood(part)
    return [start + timedelta(days=number) for number in range(count)]


def _day(text: str) -> date:
    iso, german = _ISO.fullmatch(text), _GERMAN.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if german:
            return date(int(german[3]), int(german[2]), int(german[1]))
    except ValueError:
        pass
    raise NotUnderstood(text)
