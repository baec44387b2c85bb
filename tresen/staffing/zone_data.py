"""Which time zone data hours are counted by, and whether newer data would count a zone differently."""

from datetime import UTC, datetime
from hashlib import sha256

import tzdata  # type: ignore[import-untyped]

from tresen.clock import zones

VERSION: str = tzdata.IANA_VERSION
"""The version of the time zone data in use, e.g. "2026f"."""


def stamp(zone: str, *, first_year: int, last_year: int) -> str:
    """The version in use and a short sum of what it says about `zone` in these years, e.g. "2026f 5c0f33aa"."""
    start, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    said = [
        f"{begun.isoformat()} {offset.total_seconds():.0f}"
        for begun, _ended, offset in zones.stretches(zones.zone(zone), start, end)
    ]
    return f"{VERSION} {sha256('\n'.join(said).encode()).hexdigest()[:8]}"


def says_the_same(one: str, other: str) -> bool:
    """Whether two stamps of the same zone and years count alike, whatever their versions."""
    return one.partition(" ")[2] == other.partition(" ")[2]
