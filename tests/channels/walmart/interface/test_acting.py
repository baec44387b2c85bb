"""What is done about an order at Walmart, and how it is found out whether it was."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from json import dumps, loads

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.walmart.interface.test_reading import LAMP, SHADE
from tests.factories.sales import AT, a_sale
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse, Unanswered
from tresen.channels.order_door import (
    ActionLine,
    ActionOffer,
    ActionWanted,
    Done,
    NotDone,
    NotTold,
    OrderAction,
    OrderRef,
)
from tresen.channels.outbound import Later, Refused, Uncertain
from tresen.channels.walmart.interface.acting import ACTIONS
from tresen.channels.walmart.interface.refunding import NO_LINES, OTHER_REFUND, SEVERAL
from tresen.channels.walmart.interface.shipping import NO_CARRIER, NOTHING_LEFT
from tresen.fakes.walmart import FakeWalmart
from tresen.fakes.world import World

NUMBER, ORDER = "2000010000001", "1796270000001"
LINES = (f"{ORDER}/1", f"{ORDER}/2")
REFUND, CANCEL, SHIP = (ACTIONS[one] for one in (OrderAction.REFUND, OrderAction.CANCEL, OrderAction.MARK_SHIPPED))


@pytest.fixture
def sold(world: World) -> World:
    world.fill(sales=[a_sale(NUMBER, id=ORDER, lines=[replace(LAMP), replace(SHADE)], currency="USD")])
    return world


def wanted(**more: object) -> ActionWanted:
    known: dict[str, object] = {"key": "k1", "order": OrderRef(number=NUMBER), "currency": "USD", "since": AT}
    return ActionWanted(**{**known, **more})  # type: ignore[arg-type]


def money_for(**lines: int) -> ActionWanted:
    """So much for the first and the second line."""
    told = [ActionLine(external_id=LINES[int(name[-1]) - 1], quantity=1, amount=sum_) for name, sum_ in lines.items()]
    return wanted(amount=sum(lines.values()), reason="DamagedItem", lines=told)


PARCEL = wanted(carrier="ups", tracking="1Z999AA10123456784")


def test_money_goes_back_for_some_lines_and_is_found_there(sold: World, access: OpenAccess) -> None:
    sold.ship(NUMBER, carrier="UPS", tracking="1Z1")
    assert REFUND.look(money_for(line1=990), access) == NotDone()

    done = REFUND.perform(money_for(line1=990), access)

    (paid,) = sold.sale(NUMBER).refunds
    assert (paid.amount, paid.reason, paid.line) == (990, "DamagedItem", "l-1")
    assert done == Done(external_id=paid.id)
    assert REFUND.look(money_for(line1=990), access) == done
    assert REFUND.look(money_for(line2=990), access) == NotDone()


def test_a_refund_that_may_be_another_one_is_left_to_a_person(sold: World, access: OpenAccess) -> None:
    sold.ship(NUMBER, carrier="UPS", tracking="1Z1")
    sold.refund(NUMBER, amount=990, reason="Others").line = "l-1"
    (paid,) = sold.sale(NUMBER).refunds

    assert REFUND.look(money_for(line1=500), access) == NotTold(reason=OTHER_REFUND)
    assert REFUND.look(money_for(line1=990, line2=5), access) == NotTold(reason=OTHER_REFUND)
    ours = replace(money_for(line1=990), others=frozenset({paid.id}))
    assert REFUND.look(ours, access) == NotTold(reason=OTHER_REFUND)


def test_of_what_goes_back_the_tax_is_told_apart(answering: Callable[..., OpenAccess]) -> None:
    charge = {
        "chargeType": "PRODUCT",
        "chargeName": "ItemPrice",
        "chargeAmount": {"currency": "USD", "amount": 10},
        "tax": {"taxName": "Tax1", "taxAmount": {"currency": "USD", "amount": 0.8}},
    }
    access = answering(an_order(charge), HttpResponse(status=200, headers={}, body=b"{}"))

    REFUND.perform(money_for(line1=540), access)

    said = loads(access.way.asked[-1].body)["orderRefund"]["orderLines"]["orderLine"][0]
    told = said["refunds"]["refund"][0]["refundCharges"]["refundCharge"][0]["charge"]
    sums = (told["chargeAmount"]["amount"], told["tax"]["taxAmount"]["amount"])
    assert sums == (-5.0, -0.4)
    assert sum(Decimal(str(one)) for one in sums) == Decimal("-5.4")


def an_order(charge: object) -> HttpResponse:
    """One purchase order with one shipped line of that charge."""
    line = {
        "lineNumber": "1",
        "item": {"productName": "Lamp", "sku": "LW-1"},
        "charges": {"charge": [charge]},
        "orderLineQuantity": {"unitOfMeasurement": "EACH", "amount": "1"},
        "statusDate": 1795200000000,
        "orderLineStatuses": {"orderLineStatus": []},
    }
    order = {
        "purchaseOrderId": ORDER,
        "customerOrderId": NUMBER,
        "orderDate": 1795200000000,
        "shippingInfo": {},
        "orderLines": {"orderLine": [line]},
    }
    return HttpResponse(status=200, headers={}, body=dumps({"list": {"elements": {"order": [order]}}}).encode())


def test_what_has_not_been_shipped_cannot_be_paid_back(sold: World, access: OpenAccess) -> None:
    result = REFUND.perform(money_for(line1=990), access)

    assert isinstance(result, Refused)
    assert "has not been shipped" in result.reason
    assert not sold.sale(NUMBER).refunds


def test_money_wants_lines_of_one_purchase_order(sold: World, walmart: FakeWalmart, access: OpenAccess) -> None:
    walmart.split.add(NUMBER)
    split = money_for(line1=100, line2=100)
    apart = [replace(one, external_id=f"{ORDER}{n}/{n}") for n, one in enumerate(split.lines, start=1)]

    assert REFUND.perform(wanted(reason="Others"), access) == Refused(reason=NO_LINES)
    assert REFUND.perform(replace(split, lines=apart), access) == Refused(reason=SEVERAL)
    assert isinstance(REFUND.perform(split, access), Refused)
    assert not sold.sale(NUMBER).refunds


@pytest.mark.parametrize("split", [False, True])
def test_an_order_is_cancelled_in_all_its_purchase_orders(
    sold: World, walmart: FakeWalmart, access: OpenAccess, *, split: bool
) -> None:
    walmart.split |= {NUMBER} if split else set()
    asked = wanted(reason="SELLER_CANCEL_OUT_OF_STOCK")
    assert CANCEL.look(asked, access) == NotDone()
    assert CANCEL.perform(asked, access) == Done()

    assert sold.sale(NUMBER).cancelled_at is not None
    assert CANCEL.look(asked, access) == Done()
    assert CANCEL.perform(asked, access) == Refused(reason=NOTHING_LEFT)


@pytest.mark.parametrize("split", [False, True])
def test_an_order_is_marked_as_shipped_with_its_tracking(
    sold: World, walmart: FakeWalmart, access: OpenAccess, *, split: bool
) -> None:
    walmart.split |= {NUMBER} if split else set()
    assert SHIP.look(PARCEL, access) == NotDone()
    assert SHIP.perform(PARCEL, access) == Done()

    sale = sold.sale(NUMBER)
    assert {(one.carrier, one.tracking) for one in sale.parcels} == {("UPS", PARCEL.tracking)}
    assert [line.shipped for line in sale.lines] == [2, 1]
    assert SHIP.look(PARCEL, access) == Done()


def test_a_parcel_that_one_of_two_purchase_orders_was_told_of_is_told_to_the_other_when_it_is_tried_again(
    sold: World, walmart: FakeWalmart, access: OpenAccess
) -> None:
    walmart.split.add(NUMBER)
    first, second = (
        ActionLine(external_id=f"{ORDER}1/1", quantity=1),
        ActionLine(external_id=f"{ORDER}2/2", quantity=1),
    )
    both = replace(PARCEL, lines=[first, second])
    assert SHIP.perform(replace(PARCEL, lines=[first]), access) == Done()

    assert SHIP.look(both, access) == NotDone()
    assert SHIP.perform(both, access) == Done()

    assert [line.shipped for line in sold.sale(NUMBER).lines] == [1, 1]
    assert SHIP.look(both, access) == Done()


def test_an_order_that_has_left_meanwhile_was_not_cancelled(sold: World, access: OpenAccess) -> None:
    sold.ship(NUMBER, carrier="UPS", tracking="1Z1")

    assert CANCEL.look(wanted(reason="SELLER_CANCEL_OUT_OF_STOCK"), access) == NotDone()


def test_what_was_acknowledged_is_not_acknowledged_again(sold: World, walmart: FakeWalmart, access: OpenAccess) -> None:
    one = replace(PARCEL, lines=[ActionLine(external_id=LINES[0], quantity=1)])
    assert SHIP.perform(one, access) == Done()
    assert SHIP.perform(replace(one, tracking="1Z2"), access) == Done()

    done = [request.address.rpartition("/")[2] for request in access.way.asked if request.method == "POST"]
    assert done == ["token", "acknowledge", "shipping", "shipping"]
    assert sold.sale(NUMBER).lines[0].shipped == 2
    assert walmart.acknowledged == {ORDER}


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (Unanswered(reason="silence"), Later),
        (HttpResponse(status=500, headers={}, body=b"{}"), Later),
        (HttpResponse(status=400, headers={}, body=b"{}"), Refused),
    ],
)
def test_before_it_is_acknowledged_nothing_is_told_of_a_parcel(
    outcome: object, kind: type, sold: World, access: OpenAccess, answering: Callable[..., OpenAccess]
) -> None:
    assert SHIP.look(PARCEL, access) == NotDone()
    orders = access.way.send(access.way.asked[-1])

    assert isinstance(SHIP.perform(PARCEL, answering(orders, outcome)), kind)
    assert not sold.sale(NUMBER).parcels


def test_some_pieces_are_marked_as_shipped_though_the_buyer_asked_to_cancel(sold: World, access: OpenAccess) -> None:
    sold.ask_to_cancel(NUMBER)
    some = replace(PARCEL, lines=[ActionLine(external_id=LINES[0], quantity=1)])

    assert SHIP.perform(some, access) == Done()
    assert [line.shipped for line in sold.sale(NUMBER).lines] == [1, 0]


def test_a_carrier_that_walmart_does_not_name_is_told_with_its_page_or_not_at_all(
    sold: World, access: OpenAccess
) -> None:
    assert SHIP.perform(replace(PARCEL, carrier="A cousin with a van"), access) == Refused(reason=NO_CARRIER)
    assert not sold.sale(NUMBER).parcels

    assert SHIP.perform(replace(PARCEL, carrier="Hermes", tracking="H1"), access) == Done()
    said = loads(access.way.asked[-1].body)["orderShipment"]["orderLines"]["orderLine"][0]
    told = said["orderLineStatuses"]["orderLineStatus"][0]["trackingInfo"]
    assert told["carrierName"] == {"otherCarrier": "Hermes"}
    assert told["trackingURL"].startswith("https://")


def test_what_fails_after_another_purchase_order_was_taken_is_left_to_a_person(
    sold: World, walmart: FakeWalmart, access: OpenAccess, answering: Callable[..., OpenAccess]
) -> None:
    walmart.split.add(NUMBER)
    told = CANCEL.look(wanted(), access)
    assert told == NotDone()
    orders = access.way.send(access.way.asked[-1])
    taken, refused = (HttpResponse(status=status, headers={}, body=b"{}") for status in (200, 400))
    assert isinstance(orders, HttpResponse)

    result = CANCEL.perform(wanted(reason="SELLER_CANCEL_OUT_OF_STOCK"), answering(orders, taken, refused))

    assert isinstance(result, Uncertain)


@pytest.mark.parametrize("action", list(ACTIONS))
@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (Unanswered(reason="silence"), Uncertain),
        (HttpResponse(status=500, headers={}, body=b"{}"), Uncertain),
        (HttpResponse(status=503, headers={}, body=b"{}"), Uncertain),
        (HttpResponse(status=400, headers={}, body=b"{}"), Refused),
    ],
)
def test_whatever_walmart_says_is_told_as_it_is(
    action: OrderAction,
    outcome: object,
    kind: type,
    sold: World,
    walmart: FakeWalmart,
    access: OpenAccess,
    answering: Callable[..., OpenAccess],
) -> None:
    walmart.acknowledged.add(ORDER)
    assert SHIP.look(PARCEL, access) == NotDone()
    orders = access.way.send(access.way.asked[-1])
    asked = replace(PARCEL, lines=money_for(line1=990).lines, reason="SELLER_CANCEL_OUT_OF_STOCK")
    asked = replace(asked, reason="DamagedItem") if action is OrderAction.REFUND else asked

    assert isinstance(ACTIONS[action].perform(asked, answering(orders, outcome)), kind)
    assert isinstance(ACTIONS[action].look(asked, answering(outcome)), Stopped)
    assert sold.sale(NUMBER).cancelled_at is None


@pytest.mark.parametrize("action", list(ACTIONS))
def test_where_the_order_cannot_be_read_nothing_is_done_yet(
    action: OrderAction, answering: Callable[..., OpenAccess]
) -> None:
    asked = replace(PARCEL, lines=money_for(line1=990).lines, reason="Others")

    assert isinstance(ACTIONS[action].perform(asked, answering(Unanswered(reason="silence"))), Later)
    unknown = HttpResponse(status=401, headers={}, body=b"{}")
    assert isinstance(ACTIONS[action].perform(asked, answering(unknown)), Refused)


@pytest.mark.parametrize("offer", [REFUND, CANCEL, SHIP])
def test_of_an_order_that_is_gone_a_person_says_what_was_done(offer: ActionOffer, access: OpenAccess) -> None:
    asked = replace(PARCEL, lines=money_for(line1=990).lines, amount=990, reason="CUSTOMER_REQUESTED_SELLER_TO_CANCEL")
    assert isinstance(offer.look(asked, access), NotTold), "it would be asked for for ever"
    assert isinstance(offer.perform(asked, access), Refused)
