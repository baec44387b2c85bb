"""TikTok Shop's own figure of how many conversations were answered in time, over the days that we ask for."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation

import msgspec

from tresen.channels.feeds import Stopped
from tresen.channels.figures import NOTHING_CHANGES_SOON, Figure, FigureDoor, per_cent
from tresen.channels.outbound import StoreAccess
from tresen.channels.tiktok_shop.asking import read, request

NO_RATE = "TikTok Shop’s answer has no response rate that is a number from 0 to 100."
_MEASURE = "response_rate"
_WINDOW = timedelta(days=30)
_OVER_EVERYWHERE = timedelta(hours=12)
"""So long after it has ended by UTC a day has ended in every time zone: the interface does not tell the shop's."""


class Performance(msgspec.Struct, frozen=True):
    """What we read of it. The percentage is a text, such as "93.4"."""

    response_percentage: str = ""
    support_session_count: int | None = None


class Told(msgspec.Struct, frozen=True):
    """The answer's data."""

    performance: Performance = Performance()


def _read(access: StoreAccess, at: datetime) -> Sequence[Figure] | Stopped:
    """Of the last 30 days that are over, as of the last of them. Nothing where no conversation was held."""
    until = (at.astimezone(UTC) - _OVER_EVERYWHERE).date()
    window = (("support_date_ge", str(until - _WINDOW)), ("support_date_lt", str(until)))
    told = read(access, Told, request(access, "GET", "/customer_service/202407/performance", *window))
    if isinstance(told, Stopped):
        return told
    if told.performance.support_session_count == 0:
        return ()
    rate = rate_in(told.performance)
    if rate is None:
        return Stopped(reason=NO_RATE, after=NOTHING_CHANGES_SOON)
    return (Figure(measure=_MEASURE, value=rate, as_of=until - timedelta(days=1)),)


def rate_in(told: Performance) -> Decimal | None:
    """The rate in per cent; None where there is no such number."""
    try:
        return per_cent(Decimal(told.response_percentage))
    except InvalidOperation:
        return None


FIGURES = FigureDoor(measures=(_MEASURE,), read=_read)
