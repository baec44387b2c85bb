"""Walmart's own response rate is taken as it stands, or not at all."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from tests.channels.asking import OpenAccess
from tests.factories.sales import AT
from tresen.channels.contract import Figure, Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.walmart import CONNECTOR
from tresen.channels.walmart.interface.performance import NO_RATE, rate_in
from tresen.fakes.walmart import FakeWalmart


def read(access: OpenAccess) -> object:
    assert CONNECTOR.figures is not None
    return CONNECTOR.figures.read(access, AT)


def test_the_rate_of_the_last_30_days_is_read_as_of_the_day(access: OpenAccess, walmart: FakeWalmart) -> None:
    walmart.rate = 96.25

    assert read(access) == (Figure(measure="response_rate_30", value=Decimal("96.25"), as_of=AT.date()),)
    asked = access.way.asked[-1]
    assert (asked.method, asked.query) == ("GET", (("reportDuration", "30"),))
    assert asked.allowance.per_second * 60 == 1


def test_a_rate_that_is_no_number_of_per_cent_stops_the_reading(access: OpenAccess, walmart: FakeWalmart) -> None:
    walmart.rate = "96.25"

    found = read(access)

    assert isinstance(found, Stopped)
    assert found.reason == NO_RATE
    assert found.after > timedelta(hours=1)


def test_the_rate_is_in_the_payload_or_at_the_root_and_nowhere_else() -> None:
    rates = {
        b'{"payload": {"cumulativeRate": 95}}': 95,
        b'{"cumulativeRate": 95.5}': Decimal("95.5"),
        b'{"payload": {"cumulativeRate": 0.95e3}}': None,
        b'{"payload": {"rate": 95}}': None,
        b'{"payload": [{"cumulativeRate": 95}]}': None,
        b'{"payload": null, "cumulativeRate": 95}': None,
        b'{"cumulativeRate": NaN}': None,
        b"[95]": None,
        b"<html>": None,
    }
    found = {body: rate_in(HttpResponse(status=200, headers={}, body=body)) for body in rates}
    assert found == rates


def test_a_key_that_may_not_read_it_lacks_a_right(answering: Callable[..., OpenAccess]) -> None:
    found = read(answering(HttpResponse(status=403, headers={}, body=b"{}")))

    assert isinstance(found, Stopped)
    assert found.lacks
