"""What platforms tell of orders becomes our mirror of them, in whatever order it comes in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories.shops import MONDAY, a_store
from tresen.channels.order_news import (
    Address,
    DocumentKind,
    DocumentTold,
    LineTold,
    OrderSnapshot,
    OrderState,
    ParcelTold,
    Payment,
    RefundTold,
    ReturnNotice,
    ReturnState,
    StockNotice,
)
from tresen.channels.senders import IdentityKind, Sender
from tresen.channels.tracking import TrackingState
from tresen.customers.models import Identity
from tresen.orders.mirroring import Shelf, Told, mirror_orders, mirror_returns, mirror_stock
from tresen.orders.models import Case, Order, Return, StockLevel
from tresen.stores.models import Store

pytestmark = pytest.mark.django_db

NUMBER = "302-1234567-7654321"
HOUR = timedelta(hours=1)
LAMP = LineTold(external_id="11", title="Lamp", quantity=2, price=4990, sku="LW-1")
SHADE = LineTold(external_id="12", title="Shade", quantity=1, price=990)
PARCEL = ParcelTold(external_id="p1", state=TrackingState.IN_TRANSIT, said="IN_TRANSIT", carrier="DHL", tracking="003")
WHOLE = OrderSnapshot(
    number=NUMBER,
    changed_at=MONDAY,
    state=OrderState.OPEN,
    payment=Payment.PAID,
    currency="EUR",
    total=10970,
    ordered_at=MONDAY - HOUR,
    buyer=Sender(kind=IdentityKind.RELAY, key="abc@marketplace.amazon.de", name="Ida", reply_to="abc+x@example.com"),
    ship_to=Address(lines=("Ida", "Beispielweg 1", "12345 Berlin"), postcode="12345", city="Berlin", country="DE"),
    lines=[LAMP, SHADE],
    parcels=[],
    refunds=[],
)


@pytest.fixture
def store() -> Store:
    return a_store(channel="amazon", marketplace="amazon.de")


@pytest.fixture
def shelf(store: Store) -> Shelf:
    return Shelf(store=store.pk, brand=store.brand_id, channel=store.channel, marketplace=store.marketplace)


def tell(shelf: Shelf, *news: OrderSnapshot) -> frozenset[tuple[int, str]]:
    return mirror_orders([Told(shelf, one) for one in news], at=MONDAY + 9 * HOUR).changed


def order() -> Order:
    return Order.objects.get(number=NUMBER)


def test_an_order_is_taken_over_with_buyer_address_and_lines(shelf: Shelf) -> None:
    tell(shelf, WHOLE)

    assert (order().state, order().payment, order().total, order().currency) == ("open", "paid", 10970, "EUR")
    assert (order().ship_to, order().postcode, order().country) == ("Ida\nBeispielweg 1\n12345 Berlin", "12345", "DE")
    assert order().buyer_email == "abc+x@example.com"
    assert order().identity == Identity.objects.get(key="abc@marketplace.amazon.de")
    assert [(line.position, line.title, line.quantity) for line in order().lines.order_by("position")] == [
        (1, "Lamp", 2),
        (2, "Shade", 1),
    ]
    assert (order().changed_at, order().told_at) == (MONDAY, MONDAY + 9 * HOUR)


def test_an_older_telling_that_comes_later_overrules_nothing(shelf: Shelf) -> None:
    tell(shelf, replace(WHOLE, state=OrderState.SHIPPED, parcels=[PARCEL]))

    assert not tell(shelf, replace(WHOLE, changed_at=MONDAY - HOUR, lines=[SHADE]))

    assert (order().state, order().lines.count(), order().fulfilments.count()) == ("shipped", 2, 1)


def test_what_a_telling_leaves_out_stays(shelf: Shelf) -> None:
    tell(shelf, WHOLE)

    tell(shelf, OrderSnapshot(number=NUMBER, changed_at=MONDAY + HOUR, parcels=[PARCEL]))

    assert (order().state, order().lines.count(), order().ship_to[:3]) == ("open", 2, "Ida")
    assert order().fulfilments.get().tracking == "003"


def test_documents_are_those_that_were_told_last_and_stay_where_none_are_told(shelf: Shelf) -> None:
    invoice = DocumentTold(external_id="2026-1", kind=DocumentKind.INVOICE, at=MONDAY, amount=10970)
    credit = DocumentTold(external_id="2026-2", kind=DocumentKind.CREDIT_NOTE, at=MONDAY + HOUR)
    tell(shelf, replace(WHOLE, documents=[invoice]))
    first = order().documents.get().pk
    tell(shelf, replace(WHOLE, documents=[invoice, credit]))
    tell(shelf, WHOLE)

    kept = list(order().documents.order_by("external_id"))
    assert [(one.external_id, one.kind, one.amount) for one in kept] == [
        ("2026-1", "invoice", 10970),
        ("2026-2", "credit_note", None),
    ]
    assert kept[0].pk == first, "an address of it that an open page has goes on"
    tell(shelf, replace(WHOLE, documents=[]))
    assert not order().documents.exists()


def test_parts_that_are_told_no_more_are_gone_and_the_others_follow(shelf: Shelf) -> None:
    refund = RefundTold(external_id="r1", amount=990, at=MONDAY, done=False)
    tell(shelf, replace(WHOLE, parcels=[PARCEL], refunds=[refund]))
    parcel = order().fulfilments.get().pk

    arrived = replace(PARCEL, state=TrackingState.DELIVERED, delivered_at=MONDAY + HOUR)
    tell(shelf, replace(WHOLE, lines=[SHADE], parcels=[arrived], refunds=[replace(refund, done=True)]))

    assert [line.title for line in order().lines.all()] == ["Shade"]
    assert (order().fulfilments.get().pk, order().fulfilments.get().state) == (parcel, "delivered")
    assert order().refunds.get().done


def test_several_tellings_of_one_order_in_a_batch_count_in_the_platforms_order(shelf: Shelf) -> None:
    cancelled = OrderSnapshot(number=NUMBER, changed_at=MONDAY + 2 * HOUR, state=OrderState.CANCELLED)
    shipped = replace(WHOLE, changed_at=MONDAY + HOUR, state=OrderState.SHIPPED)

    tell(shelf, cancelled, WHOLE, shipped)

    assert order().state == "cancelled"


def test_what_a_source_does_not_tell_of_a_part_stays_wherever_the_part_stands_now(shelf: Shelf) -> None:
    pictured = replace(LAMP, picture="https://shop.example/lamp.png", item_id="471")
    seen = replace(PARCEL, expected_at=MONDAY + 48 * HOUR, last_scan="Berlin")
    tell(shelf, replace(WHOLE, lines=[SHADE, pictured], parcels=[seen]))

    plain = replace(WHOLE, changed_at=MONDAY + HOUR, lines=[replace(LAMP, quantity=3), SHADE], parcels=[PARCEL])
    tell(shelf, plain)

    lamp, shade = order().lines.order_by("position")
    assert (lamp.title, lamp.quantity, lamp.picture, lamp.item_id) == ("Lamp", 3, pictured.picture, "471")
    assert shade.picture == ""
    parcel = order().fulfilments.get()
    assert (parcel.expected_at, parcel.last_scan) == (MONDAY + 48 * HOUR, "Berlin")

    handed_over = replace(PARCEL, state=TrackingState.DELIVERED, said="DELIVERED")
    tell(shelf, replace(plain, changed_at=MONDAY + 2 * HOUR, lines=[SHADE], parcels=[handed_over]))
    assert [line.title for line in order().lines.all()] == ["Shade"]
    assert order().fulfilments.get().last_scan == "", "where it was on its way is not where it arrived"


def test_what_is_told_anew_wins_over_what_stood(shelf: Shelf) -> None:
    tell(shelf, replace(WHOLE, lines=[replace(LAMP, picture="https://shop.example/old.png")]))

    newer = replace(LAMP, picture="https://shop.example/new.png")
    tell(shelf, replace(WHOLE, changed_at=MONDAY + HOUR, lines=[newer]))

    assert order().lines.get().picture == "https://shop.example/new.png"


def test_told_twice_it_stands_once(shelf: Shelf) -> None:
    for _ in range(2):
        tell(shelf, replace(WHOLE, parcels=[PARCEL]), replace(WHOLE, parcels=[PARCEL]))

    assert (Order.objects.count(), order().lines.count(), order().fulfilments.count()) == (1, 2, 1)


def test_too_little_to_stand_alone_waits_for_more(shelf: Shelf) -> None:
    assert not tell(shelf, OrderSnapshot(number=NUMBER, changed_at=MONDAY + HOUR, state=OrderState.SHIPPED))

    assert not Order.objects.exists()


def test_a_wish_to_cancel_is_over_when_the_order_is_told_without_it(shelf: Shelf) -> None:
    tell(shelf, replace(WHOLE, cancel_asked_at=MONDAY))
    tell(shelf, OrderSnapshot(number=NUMBER, changed_at=MONDAY + HOUR, parcels=[]))
    assert order().cancel_asked_at == MONDAY

    tell(shelf, replace(WHOLE, changed_at=MONDAY + 2 * HOUR))

    assert order().cancel_asked_at is None


def test_returns_and_cases_that_came_before_their_order_find_it(shelf: Shelf, store: Store) -> None:
    back = ReturnNotice(
        external_id="ret-1",
        order_number=NUMBER,
        changed_at=MONDAY,
        state=ReturnState.REQUESTED,
        requested_at=MONDAY,
        reason="defective",
    )
    mirror_returns([Told(shelf, back)])
    case = Case.objects.create(
        store=store, brand=store.brand, order_number=NUMBER, kind="a_to_z", opened_at=MONDAY
    )  # fmt: skip

    tell(shelf, WHOLE)

    assert Return.objects.get().order == order()
    case.refresh_from_db()
    assert case.order == order()


def test_a_return_follows_the_newest_telling_of_it(shelf: Shelf) -> None:
    back = ReturnNotice(
        external_id="ret-1",
        order_number=NUMBER,
        changed_at=MONDAY,
        state=ReturnState.REQUESTED,
        requested_at=MONDAY,
    )
    later = replace(back, changed_at=MONDAY + HOUR, state=ReturnState.RECEIVED, received_at=MONDAY + HOUR, pays=4990)
    tell(shelf, WHOLE)

    for news in (later, back):
        mirror_returns([Told(shelf, news)])

    found = Return.objects.get()
    assert (found.state, found.received_at, found.pays, found.order) == ("received", MONDAY + HOUR, 4990, order())


def test_stock_is_as_the_newest_telling_says(shelf: Shelf) -> None:
    level = StockNotice(sku="LW-1", at=MONDAY, available=4, title="Lamp")

    mirror_stock([Told(shelf, replace(level, at=MONDAY + HOUR, available=2, title="")), Told(shelf, level)])
    mirror_stock([Told(shelf, level)])

    found = StockLevel.objects.get()
    assert (found.available, found.as_of) == (2, MONDAY + HOUR)


def test_the_number_of_statements_does_not_grow_with_the_batch(shelf: Shelf, django_assert_max_num_queries) -> None:
    many = [replace(WHOLE, number=f"302-0000000-{number:07}", parcels=[PARCEL]) for number in range(40)]

    with django_assert_max_num_queries(16):
        tell(shelf, *many)

    assert Order.objects.count() == 40
