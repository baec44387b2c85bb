"""Walmart's own seller response rate: what it says of the last 30 days, refreshed once a day. Stores of the US only.

Its documentation gives the path, the parameter and the trend's name. That the rate itself is called `cumulativeRate`
stands in no official document that we hold: anything but a number of per cent under that name is not taken.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Stopped
from tresen.channels.figures import NOTHING_CHANGES_SOON, Figure, FigureDoor, per_cent
from tresen.channels.http import HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json
from tresen.channels.walmart.interface import asking

NO_RATE = "Walmart’s answer has no response rate that is a number from 0 to 100."
_MEASURE, _DAYS = "response_rate_30", "30"


def _read(access: StoreAccess, at: datetime) -> Sequence[Figure] | Stopped:
    """As of the day on which Walmart said it: it does not tell up to when it has counted."""
    query = ("reportDuration", _DAYS)
    answer = to_reader(access.http.send(asking.request(access, "/insights/performance/srr/summary", query)))
    if isinstance(answer, Stopped):
        return answer
    rate = rate_in(answer)
    if rate is None:
        return Stopped(reason=NO_RATE, after=NOTHING_CHANGES_SOON)
    return (Figure(measure=_MEASURE, value=rate, as_of=at.astimezone(UTC).date()),)


def rate_in(answer: HttpResponse) -> Decimal | None:
    """The rate in per cent, of the answer's payload or else of its root; None where there is no such number."""
    try:
        told = read_json(answer.body, dict[str, Any])
    except NotAsDocumented:
        return None
    payload = told.get("payload", told)
    return per_cent(payload.get("cumulativeRate")) if isinstance(payload, dict) else None


FIGURES = FigureDoor(measures=(_MEASURE,), read=_read)
