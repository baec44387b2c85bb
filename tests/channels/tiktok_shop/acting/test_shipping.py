"""What has left is told with its parcel, by TikTok Shop's own number for the carrier."""

import pytest

from tests.channels.asking import OpenAccess
from tests.factories.sales import AT, a_sale
from tresen.channels.order_door import ActionLine, ActionWanted, Done, NotDone, OrderAction, OrderRef
from tresen.channels.outbound import Refused
from tresen.channels.tiktok_shop.acting import ACTIONS
from tresen.channels.tiktok_shop.acting.shipping import LABELS, NO_CARRIER, NOTHING_LEFT
from tresen.channels.tiktok_shop.asking import NO_SUCH_ORDER
from tresen.fakes.tiktok_shop.orders import pieces_of
from tresen.fakes.world import World

NUMBER = "576486316948490001"


@pytest.fixture
def sold(world: World) -> World:
    world.fill(sales=[a_sale(NUMBER)])
    return world


def wanted(**more: object) -> ActionWanted:
    known: dict[str, object] = {"key": "k1", "order": OrderRef(number=NUMBER), "currency": "EUR", "since": AT}
    return ActionWanted(**{**known, **more})  # type: ignore[arg-type]


SHIP = ACTIONS[OrderAction.MARK_SHIPPED]


def test_an_order_is_marked_as_shipped_with_its_tracking(sold: World, access: OpenAccess) -> None:
    parcel = wanted(carrier="dhl", tracking=" 00340 ")
    assert SHIP.look(parcel, access) == NotDone()

    assert isinstance(SHIP.perform(parcel, access), Done)

    sale = sold.sale(NUMBER)
    assert [(one.carrier, one.tracking) for one in sale.parcels] == [("DHL", "00340")]
    assert sum(line.shipped for line in sale.lines) == 2
    assert SHIP.look(parcel, access) == Done()
    assert SHIP.perform(parcel, access) == Refused(reason=NOTHING_LEFT)


def test_what_tiktok_shop_ships_itself_gets_its_label_there(sold: World, access: OpenAccess) -> None:
    sold.sale(NUMBER).by_platform = True

    assert SHIP.perform(wanted(carrier="DHL", tracking="1"), access) == Refused(reason=LABELS)

    assert not any(one.address.endswith("/packages") for one in access.way.asked)


def test_one_piece_leaves_and_the_other_waits(sold: World, access: OpenAccess) -> None:
    (_sale, _line, piece, _state), _other = pieces_of(sold.sale(NUMBER))
    line = ActionLine(external_id=str(piece), quantity=1)

    assert isinstance(SHIP.perform(wanted(carrier="Royal-Mail", tracking="1", lines=(line,)), access), Done)

    assert sum(line.shipped for line in sold.sale(NUMBER).lines) == 1


def test_a_carrier_that_is_not_the_orders_is_refused_with_those_that_are(sold: World, access: OpenAccess) -> None:
    refused = SHIP.perform(wanted(carrier="Owl post", tracking="1"), access)
    assert refused == Refused(reason=NO_CARRIER % {"carriers": "DHL, Royal Mail, UPS"})
    assert not sold.sale(NUMBER).parcels


def test_an_order_that_is_not_there_is_said(access: OpenAccess) -> None:
    assert SHIP.perform(wanted(carrier="DHL", tracking="1"), access) == Refused(
        reason=NO_SUCH_ORDER % {"number": NUMBER}
    )
