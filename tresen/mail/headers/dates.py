"""Dates as mail writes them, and as senders do."""

import email.utils
from datetime import UTC, datetime, timedelta, timezone

_FIRST_MAIL_YEAR = 1970
_LAST_YEAR = 2200


def read_date(value: str) -> datetime | None:
    """The instant of a Date or Received stamp in UTC; None where it is not to be understood."""
    try:
        parsed = email.utils.parsedate_tz(value[:200])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if parsed is None or not _FIRST_MAIL_YEAR <= parsed[0] <= _LAST_YEAR:
        return None
    year, month, day, hour, minute, second = parsed[:6]
    try:
        zone = timezone(timedelta(seconds=parsed[9] or 0))
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
