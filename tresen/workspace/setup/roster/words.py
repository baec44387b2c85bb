"""Hours of a roster in words, and back."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils.translation import gettext as _

from tresen.clock.stretches import Opening
from tresen.clock.windows import Window
from tresen.staffing.presence import Planned
from tresen.workspace.setup.naming import reader
from tresen.workspace.setup.timetables.entering import windows_in, windows_out

OFF_WORDS = frozenset({"-", "–", "—", "off", "frei", "libero", "libera"})
"""What people write for a day off, in any of the three languages."""


def entered(text: str) -> Sequence[Window] | None:
    """The windows of a cell; none for a day off, None where the roster shall say nothing. Raises NotUnderstood."""
    text = text.strip()
    if not text:
        return None
    return () if text.casefold() in {*OFF_WORDS, _("off").casefold()} else windows_in(text)


def cell_text(planned: Iterable[Planned]) -> str:
    """What stands in a cell: 09:00-12:00, 13:00-17:00; "off"; nothing."""
    entries = list(planned)
    windows = [one.window for one in entries if one.window is not None]
    return windows_out(windows) if windows else _("off") if entries else ""


def hours_words(openings: Iterable[Opening], zone: ZoneInfo) -> str:
    """07:00–15:30, by the clock on that wall; a time on another day says so."""
    return ", ".join(f"{_time(begins, zone)}–{_time(ends, zone, end=True)}" for begins, ends in openings)


def day_words(day: date) -> str:
    """Mon, 23 Nov."""
    return format_date(day, "EEE, d MMM" if reader() == "en_GB" else "EEE, d. MMM", locale=reader())


def week_words(monday: date) -> str:
    """23 Nov 2026 – 29 Nov 2026."""
    first, last = (format_date(day, "d MMM y" if reader() == "en_GB" else "d. MMM y", locale=reader())
                   for day in (monday, monday + timedelta(days=6)))  # fmt: skip
    return f"{first} – {last}"


def _time(at: datetime, zone: ZoneInfo, *, end: bool = False) -> str:
    wall = f"{at.astimezone(zone):%H:%M}"
    return "24:00" if end and wall == "00:00" else wall
