"""Pictures of what was bought: fetched in the background, kept while somebody looks, and no longer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.factories.connected import a_shopify_store
from tests.factories.sales import AT, a_sale
from tests.factories.told import a_told_store, asked_world, told_of
from tresen.fakes.drawing import picture_of
from tresen.fakes.shopify.platform import FakeShopify
from tresen.fakes.world import World
from tresen.orders.models import Order, OrderLine, Picture, PictureState
from tresen.orders.picturing import FRESH_FOR, HOLD, fetch_pictures, forget_unused, kept, looked_at, want
from tresen.stores.models import Store

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=1)


@pytest.fixture
def world() -> World:
    return asked_world(sales=[a_sale(), a_sale("ORD-2-A")])


@pytest.fixture
def store(world: World) -> Iterator[Store]:
    with a_told_store(world) as connected:
        yield connected


def test_what_a_ticket_is_about_is_fetched_by_itself_and_kept(store: Store) -> None:
    wanted = Picture.objects.get()
    assert wanted.state == PictureState.WAITS

    assert fetch_pictures(LATER) == 1

    picture = Picture.objects.get()
    assert (picture.state, picture.content_type) == (PictureState.KEPT, "image/png")
    assert bytes(picture.content or b"") == picture_of("P-4711.png")
    assert kept({(store.pk, picture.address)}) == {(store.pk, picture.address): picture.pk}
    assert fetch_pictures(LATER + timedelta(days=1)) == 0


def test_what_nobody_asks_about_costs_nothing(world: World) -> None:
    world.talks.clear()
    with a_told_store(world):
        assert Order.objects.count() == 2
        assert not Picture.objects.exists()
        want(Order.objects.values_list("pk", flat=True), at=AT)
        assert Picture.objects.count() == 1  # both orders hold the same product


def test_shopifys_pictures_come_small_from_where_it_says() -> None:
    world = asked_world(talks=[])
    with a_shopify_store(FakeShopify(world=world, token="invented-token")) as store:
        told_of(store)
        want(Order.objects.values_list("pk", flat=True), at=AT)
        assert fetch_pictures(LATER) == 1


def test_only_what_a_platform_told_for_a_line_is_ever_asked(store: Store) -> None:
    OrderLine.objects.update(picture="http://169.254.169.254/latest")
    want(Order.objects.values_list("pk", flat=True), at=AT)

    fetch_pictures(LATER)

    forbidden = Picture.objects.get(address="http://169.254.169.254/latest")
    assert (forbidden.state, forbidden.content) == (PictureState.NONE, None)
    assert "not on the public web" in forbidden.trouble


def test_a_trouble_is_tried_again_and_what_was_kept_stays_to_be_seen(store: Store) -> None:
    fetch_pictures(LATER)
    Picture.objects.update(address="http://127.0.0.1:9/gone.png", next_at=LATER)
    store_at = Picture.objects.get().store.connection
    store_at.settings = {**store_at.settings, "address": "http://127.0.0.1:9"}
    store_at.save()

    assert fetch_pictures(LATER) == 0

    picture = Picture.objects.get()
    assert picture.state == PictureState.KEPT
    assert picture.failures == 1
    assert picture.next_at > LATER


def test_who_dies_on_the_way_leaves_it_to_another(store: Store) -> None:
    Picture.objects.update(held_until=LATER + HOLD)
    assert fetch_pictures(LATER) == 0
    assert fetch_pictures(LATER + HOLD) == 1


def test_looked_at_it_is_fetched_anew_when_it_is_old_and_unused_it_goes(store: Store) -> None:
    fetch_pictures(LATER)
    old = LATER + FRESH_FOR + timedelta(minutes=1)
    assert fetch_pictures(old) == 0  # nobody has looked

    looked_at(Picture.objects.get(), at=old - timedelta(days=1))
    assert fetch_pictures(old) == 1

    assert forget_unused(old) == 0
    assert forget_unused(old + FRESH_FOR) == 1
    assert not Picture.objects.exists()


def test_that_somebody_looked_is_written_once_a_day(store: Store, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    picture = Picture.objects.get()
    with django_assert_num_queries(0):
        looked_at(picture, at=AT + timedelta(hours=1))
