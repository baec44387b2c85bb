"""TikTok Shop's own response rate is taken as it stands, or not at all."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.specifications.documents import needs_specifications, samples
from tests.factories.sales import AT, a_sale, a_talk
from tresen.channels.contract import Figure, Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.tiktok_shop import CONNECTOR
from tresen.channels.tiktok_shop.asking import NO_MESSAGES, understood
from tresen.channels.tiktok_shop.performance import NO_RATE, Performance, Told, rate_in
from tresen.fakes.tiktok_shop import FakeTikTokShop
from tresen.fakes.world import World

SAMPLE = "CustomerServiceGetPerformanceResponse"


def read(access: OpenAccess) -> Sequence[Figure] | Stopped:
    assert CONNECTOR.figures is not None
    return CONNECTOR.figures.read(access, AT)


@needs_specifications
def test_the_rate_of_the_sample_is_read() -> None:
    found = [path for path in samples("tiktok/samples/api") if path.stem == SAMPLE]
    assert len(found) == 1
    told = understood(HttpResponse(status=200, headers={}, body=found[0].read_bytes()), Told)
    assert told == Told(performance=Performance(response_percentage="93.4", support_session_count=15))
    assert rate_in(told.performance) == Decimal("93.4")


def test_the_rate_is_of_the_last_30_days_that_are_over(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale()], talks=[a_talk()])

    found = read(access)

    asked = dict(access.way.asked[-1].query)
    since, until = (date.fromisoformat(asked[f"support_date_{end}"]) for end in ("ge", "lt"))
    assert until - since == timedelta(days=30)
    assert timedelta(0) <= AT.date() - until <= timedelta(days=1)
    assert found == (Figure(measure="response_rate", value=Decimal("93.4"), as_of=until - timedelta(days=1)),)


def test_where_no_conversation_was_held_there_is_no_figure(access: OpenAccess) -> None:
    assert read(access) == ()


@pytest.mark.parametrize("rate", ["", "many", "NaN", "101", "93.4%"])
def test_a_rate_that_is_no_number_of_per_cent_stops_the_reading(
    rate: str, world: World, fake: FakeTikTokShop, access: OpenAccess
) -> None:
    world.fill(sales=[a_sale()], talks=[a_talk()])
    fake.rate = rate

    found = read(access)

    assert isinstance(found, Stopped)
    assert found.reason == NO_RATE


def test_an_app_that_is_not_approved_for_customer_service_lacks_it(answering: Callable[..., OpenAccess]) -> None:
    token = HttpResponse(
        status=200,
        headers={},
        body=b'{"code": 0, "data": {"access_token": "t", "access_token_expire_in": 4102444800, "refresh_token": "r"}}',
    )
    denied = HttpResponse(status=401, headers={}, body=b'{"code": 105005, "message": "Access denied"}')

    found = read(answering(token, denied))

    assert isinstance(found, Stopped)
    assert (found.reason, found.lacks) == (NO_MESSAGES, True)
