"""Between a timetable's form and what the operations read. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from tresen.clock.windows import Window

_WINDOW = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_BETWEEN = re.compile(r"[,;+\n]|\s{2,}")

MOST_DAYS_AT_ONCE = 400


class NotUnderstood(ValueError):
    """Something that is neither hours nor a day; its text is the part that was not understood."""


def windows_in(text: str) -> list[Window]:
    """The windows of "09:00-12:00, 13-17". Raises NotUnderstood."""
    return [_window(part) for part in _parts(text)]


def days_in(text: str) -> list[date]:
    """The days of "2026-12-24, 31.12.2026" or of a span "2026-12-24..2027-01-01". Raises NotUnderstood."""
    found = [day for part in _parts(text) for day in _days(part)]
    return sorted(set(found))


def special_days_in(text: str) -> dict[date, list[Window]]:
    """One day a line, then its hours; without hours it is closed. A day named twice has the hours of both lines.

    Raises NotUnderstood.
    """
    special: dict[date, list[Window]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _ISO.match(line) or _GERMAN.match(line)
        if found is None:
            raise NotUnderstood(line)
        special.setdefault(_day(found[0]), []).extend(windows_in(line[found.end() :].lstrip(" :")))
    return special


def windows_out(windows: Iterable[Sequence[str]]) -> str:
    """09:00-12:00, 13:00-17:00."""
    return ", ".join("-".join(window) for window in windows)


def days_out(days: Iterable[date]) -> str:
    """One day a line."""
    return "\n".join(day.isoformat() for day in sorted(days))


def special_days_out(special: Mapping[date, Sequence[Window]]) -> str:
    """One day a line, with its hours."""
    return "\n".join(f"{day.isoformat()} {windows_out(special[day])}".strip() for day in sorted(special))


def field_of(where: str) -> str | None:
    """The form's field that a problem's path is about."""
    first, _, rest = where.partition(".")
    if first == "week":
        return f"day_{rest}" if rest else None
    return first


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _window(part: str) -> Window:
    found = _WINDOW.fullmatch(part)
    if found is None:
        raise NotUnderstood(part)
    opens, opens_min, closes, closes_min = found.groups()
    return f"{int(opens):02}:{opens_min or '00'}", f"{int(closes):02}:{closes_min or '00'}"


def _days(part: str) -> list[date]:
    first, dots, last = part.partition("..")
    if not dots:
        return [_day(part)]
    start, end = _day(first.strip()), _day(last.strip())
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
