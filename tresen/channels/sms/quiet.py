"""The quiet hours of a number: by where it may be, as far as its digits tell, and by what the seller has set. Pure.

What countries say of the hours in which one may write is not written down here: we know it from memory only. So the
hours are the seller's own to set, and begin with those that few anywhere call night wrongly.
"""

import re
from collections.abc import Mapping
from datetime import time

import phonenumbers
from phonenumbers.timezone import time_zones_for_geographical_number

from tresen.channels.quiet_hours import QuietHours
from tresen.clock import zones

SETTING = "quiet_hours"
_TWO_TIMES = r"(?!0?(\d+:\d\d) ?[-–] ?0?\1$)"
PATTERN = _TWO_TIMES + r"(?:[01]?\d|2[0-3]):[0-5]\d ?[-–] ?(?:[01]?\d|2[0-3]):[0-5]\d|0"
USUAL = "21:00-08:00"
_TIME = re.compile(r"(\d{1,2}):(\d{2})")


def quiet_hours(person: str, settings: Mapping[str, str]) -> QuietHours | None:
    """When nothing unasked leaves to this number (E.164); None: never, or nobody knows where it is."""
    times = [time(int(hour), int(minute)) for hour, minute in _TIME.findall(settings.get(SETTING, "") or USUAL)]
    where = _zones_of(person)
    if len(times) != 2 or times[0] == times[1] or not where:  # noqa: PLR2004 - from and until
        return None
    return QuietHours(begins=times[0], ends=times[1], zones=where)


def _zones_of(person: str) -> tuple[str, ...]:
    try:
        found = time_zones_for_geographical_number(phonenumbers.parse(person))
    except phonenumbers.NumberParseException:
        return ()
    return tuple(zone for zone in found if _is_known(zone))


def _is_known(zone: str) -> bool:
    """The library names what it does not know "Etc/Unknown"."""
    try:
        zones.zone(zone)
    except ValueError:
        return False
    return True
