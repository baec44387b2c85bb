"""Times as the API writes them: in the zone that was asked for."""

from datetime import date, datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from django.utils import timezone, translation
from ninja.errors import HttpError


def zone_named(name: str) -> ZoneInfo:
    """The zone. Raises `HttpError` for one that there is not."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError) as unknown:
        detail = f"“{name}” is not a time zone. Write one like Europe/Berlin."
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, detail) from unknown


def there(instant: datetime, zone: ZoneInfo) -> str:
    """ISO 8601 with the zone's offset, to the second."""
    return instant.astimezone(zone).isoformat(timespec="seconds")


def moment_words(instant: datetime) -> str:
    """For a sentence: "Fri 20 Nov 2026, 18:40", in the active language and zone."""
    local = instant.astimezone(timezone.get_current_timezone())
    return format_datetime(local, "EEE d MMM y, HH:mm", tzinfo=local.tzinfo, locale=_language())


def day_words(given: date) -> str:
    """For a sentence: "Saturday 21 November 2026"."""
    return format_date(given, "full", locale=_language())


def _language() -> str:
    language = translation.get_language() or "en"
    return "en_GB" if language == "en" else language
