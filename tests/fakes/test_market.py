"""Each fake account can be connected by what it says is to be entered, and read."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.connections import Connected
from tresen.fakes.market import PLATFORMS, a_market
from tresen.fakes.serving import Account, running
from tresen.fakes.woocommerce.platform import FakeWooCommerce
from tresen.intake.feeds.polling import poll_due
from tresen.intake.feeds.starting import start_feeds
from tresen.intake.models import StoredPayload, StoreFeed
from tresen.intake.parsing import parse_kept
from tresen.stores.connectors import connector_of
from tresen.stores.models import Store
from tresen.stores.platform_connecting import Entered, connect_store, try_connection
from tresen.timekeeping import wall

pytestmark = pytest.mark.django_db

MARKETPLACES = {
    "amazon": "amazon.de",
    "ebay": "ebay.de",
    "facebook": "",
    "instagram": "",
    "kaufland": "kaufland.de",
    "mirakl": "conrad",
    "otto": "otto.de",
    "shopify": "",
    "sms": "",
    "tiktok_shop": "tiktok.com/us",
    "woocommerce": "",
    "walmart": "walmart.com",
    "whatsapp": "",
}


@pytest.fixture(params=PLATFORMS)
def entered(request: pytest.FixtureRequest) -> Iterator[tuple[Store, Entered]]:
    """A store on the platform, and what its fake says is to be entered."""
    platform = request.param
    market = a_market(platform, sales=5, clock=wall.now, days=5)
    with running([Account(name=platform, fake=market.fake)]) as base:
        given = market.entered(f"{base}/{platform}")
        store = a_store(platform, MARKETPLACES[platform])
        connection = connector_of(platform).connection
        assert connection is not None
        secrets = {field.name for field in connection.fields() if field.kind == "secret"}
        yield (
            store,
            Entered(
                settings={name: value for name, value in given.items() if name not in secrets},
                secrets={name: value for name, value in given.items() if name in secrets},
            ),
        )


def test_it_lets_a_store_in_and_tells_what_can_be_read(entered: tuple[Store, Entered]) -> None:
    store, given = entered
    tried = try_connection(store, given, at=wall.now())
    assert isinstance(tried, Connected), tried

    connect_store(store.pk, given, learned=tried.learned, by=SYSTEM, at=MONDAY)
    start_feeds(store.pk, past=timedelta(days=6), at=wall.now())
    poll_due(wall.now())
    parse_kept(wall.now())

    assert set(StoreFeed.objects.filter(store=store).values_list("trouble", flat=True)) <= {""}
    # What only tells by itself is asked for nothing.
    assert StoredPayload.objects.filter(store=store).exists() == bool(connector_of(store).feeds)
    assert not StoredPayload.objects.filter(store=store, state="quarantined").exists()


def test_a_platform_that_is_none_of_these_is_told() -> None:
    with pytest.raises(LookupError, match="mirakl"):
        a_market("nowhere", sales=1, clock=wall.now)


def test_buyers_of_the_shop_on_wordpress_remark_something_that_the_shop_tells() -> None:
    market = a_market("woocommerce", sales=30, clock=wall.now)
    assert isinstance(market.fake, FakeWooCommerce)
    told = {market.fake.told(sale)["customer_note"] for sale in market.fake.world.sales.values()}
    assert told - {""} == {talk.letters[0].text for talk in market.fake.world.talks.values()}
    assert len(told) > 1
