"""Public holidays as the `holidays` package knows them today. Timetables keep what it said when they were saved."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

import holidays
from holidays.registry import EntityLoader

YEARS_BACK = 1
YEARS_AHEAD = 3
_COUNTRY = re.compile(r"[A-Z]{2}")


def years_around(year: int) -> range:
    """The years whose holidays a timetable saved in `year` keeps."""
    return range(year - YEARS_BACK, year + YEARS_AHEAD + 1)


SECOND_NAMES = frozenset({"UK"})
"""Codes that the data know beside the official one (GB): understood, but not offered."""


@cache
def countries() -> tuple[str, ...]:
    """All countries with known holidays, as two letters, sorted; each once."""
    codes = {code for code in EntityLoader.get_country_codes() if _COUNTRY.fullmatch(code)}
    return tuple(sorted(codes - SECOND_NAMES))


def is_country(country: str) -> bool:
    """Whether the holidays of this country are known."""
    return country in countries() or country in SECOND_NAMES


@cache
def regions(country: str) -> tuple[str, ...]:
    """The regions of a country that have holidays of their own, sorted. Empty for an unknown country."""
    return tuple(sorted(holidays.country_holidays(country).subdivisions)) if is_country(country) else ()


def is_region(country: str, region: str) -> bool:
    """Whether the country has such a region with holidays of its own."""
    return region in regions(country)


def public_holidays(country: str, region: str, years: Iterable[int]) -> frozenset[date]:
    """The days on which nobody works there, substitute days included. No country: no days."""
    if not country:
        return frozenset()
    return frozenset(holidays.country_holidays(country, subdiv=region or None, years=years))


def holiday_names(country: str, region: str, years: Iterable[int], *, language: str) -> dict[date, str]:
    """What the days on which nobody works are called, in `language` where the package speaks it, else its own."""
    if not country:
        return {}
    found = holidays.country_holidays(country, subdiv=region or None, years=years)
    spoken = next((one for one in found.supported_languages if one.partition("_")[0] == language), None)
    if spoken:
        found = holidays.country_holidays(country, subdiv=region or None, years=years, language=spoken)
    return dict(found)


def region_names(country: str) -> dict[str, str]:
    """The regions of a country that have holidays of their own: {"BY": "Bayern"}. A code without a name is its own."""
    if not is_country(country):
        return {}
    names = {code: name for name, code in reversed(holidays.country_holidays(country).subdivisions_aliases.items())}
    return {code: names.get(code, code) for code in regions(country)}
