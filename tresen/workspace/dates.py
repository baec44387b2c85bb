"""Times in the agent's own language and time zone. Every time is an aware datetime; `at` is the request's now."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, get_timezone_name
from babel.numbers import format_decimal
from django.utils import timezone, translation
from django.utils.translation import gettext as _

WEEK = 7


def iso(instant: datetime) -> str:
    """For machines: the `datetime` attribute of a time element."""
    return instant.isoformat(timespec="seconds")


def iso_day(instant: datetime) -> str:
    """The agent's date, as addresses name it: 2026-11-28."""
    return _local(instant).isoformat()


def local_input(instant: datetime) -> str:
    """As a field for a date and time takes it, in the reader's zone."""
    return instant.astimezone(timezone.get_current_timezone()).strftime("%Y-%m-%dT%H:%M")


def clock_time(instant: datetime) -> str:
    """14:20. All three languages read the 24-hour clock."""
    return _wall(instant.astimezone(timezone.get_current_timezone()))


def day(instant: datetime, at: datetime) -> str:
    """Today, yesterday, Friday, or 20 November (with the year when it is another)."""
    return _day(_local(instant), _local(at), _language())


def day_and_time(instant: datetime, at: datetime) -> str:
    """As short as it can be without doubt: 14:20, tomorrow 09:05, Fri 18:40, 20 Nov 18:40."""
    zone = timezone.get_current_timezone()
    there, here = instant.astimezone(zone), at.astimezone(zone).date()
    time = _wall(there)
    return time if there.date() == here else f"{_short_day(there.date(), here, _language())} {time}"


def _wall(there: datetime) -> str:
    """What the clock on the wall shows. In the hour that comes twice in autumn with the zone: 02:30 CEST, 02:30 CET."""
    shown = f"{there.hour:02}:{there.minute:02}"
    if there.utcoffset() == there.replace(fold=1 - there.fold).utcoffset():
        return shown
    return f"{shown} {get_timezone_name(there, width='short', locale=_language())}"


def file_size(count: int) -> str:
    """Bytes for people: 812 B, 14 kB, 2.3 MB (2,3 MB where decimals are told by a comma)."""
    if count < KILO:
        return f"{count} B"
    if count < KILO * KILO:
        return f"{count // KILO} kB"
    return f"{format_decimal(count / KILO / KILO, format='#,##0.0', locale=_language())} MB"


KILO = 1000
FULL_YEAR = re.compile(r"\s*y+$")


@lru_cache(maxsize=2000)
def _day(there: date, here: date, language: str) -> str:
    near = {0: _("Today"), -1: _("Yesterday"), 1: _("Tomorrow")}.get((there - here).days)
    if near:
        return near
    if there.year != here.year:
        return format_date(there, "long", locale=language)
    return format_date(there, FULL_YEAR.sub("", Locale.parse(language).date_formats["full"].pattern), locale=language)


@lru_cache(maxsize=2000)
def _short_day(there: date, here: date, language: str) -> str:
    if there - here == timedelta(days=1):
        return _("tomorrow")
    if here - there == timedelta(days=1):
        return _("yesterday")
    if abs((there - here).days) < WEEK:
        return format_skeleton("E", there, locale=language).rstrip(".")
    return format_skeleton("MMMd" if there.year == here.year else "yMMMd", there, locale=language)


def _local(instant: datetime) -> date:
    return instant.astimezone(timezone.get_current_timezone()).date()


def _language() -> str:
    # Django's "en" means Babel's American order of day and month; sellers in Europe read the British one.
    language = translation.get_language() or "en"
    return "en_GB" if language == "en" else language
