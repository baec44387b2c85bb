"""An order is cancelled by us or because its buyer asked; what he asked for can be refused."""

import pytest

from tests.channels.asking import OpenAccess
from tests.factories.sales import AT, a_sale
from tresen.channels.order_door import ActionWanted, Done, NotDone, OrderAction, OrderRef
from tresen.channels.outbound import Refused
from tresen.channels.tiktok_shop.acting import ACTIONS
from tresen.channels.tiktok_shop.acting.cancelling import NOBODY_ASKED, THE_BUYERS
from tresen.fakes.tiktok_shop import FakeTikTokShop
from tresen.fakes.tiktok_shop.acting import REJECT_REASONS
from tresen.fakes.tiktok_shop.returns import cancel_number
from tresen.fakes.world import World

NUMBER = "576486316948490001"


@pytest.fixture
def sold(world: World) -> World:
    world.fill(sales=[a_sale(NUMBER)])
    return world


def wanted(**more: object) -> ActionWanted:
    known: dict[str, object] = {"key": "k1", "order": OrderRef(number=NUMBER), "currency": "EUR", "since": AT}
    return ActionWanted(**{**known, **more})  # type: ignore[arg-type]


def reasons(kind: OrderAction, access: OpenAccess) -> object:
    ask = ACTIONS[kind].ask_reasons
    assert ask is not None
    return ask(access, OrderRef(number=NUMBER), "")


def test_an_order_is_cancelled_for_one_of_its_own_reasons(sold: World, access: OpenAccess) -> None:
    assert reasons(OrderAction.CANCEL, access) == {
        "seller_cancel_reason_out_of_stock": "It is not in stock",
        "seller_cancel_reason_wrong_price": "The price was wrong",
    }
    offer, this = ACTIONS[OrderAction.CANCEL], wanted(reason="seller_cancel_reason_out_of_stock")
    assert offer.look(this, access) == NotDone()

    assert isinstance(offer.perform(this, access), Done)

    assert sold.sale(NUMBER).cancelled_at is not None
    assert isinstance(offer.look(this, access), Done)
    refused = offer.perform(this, access)
    assert isinstance(refused, Refused)
    assert "cancelled" in refused.reason


def test_what_the_buyer_asked_for_is_approved_and_needs_no_reason_of_ours(sold: World, access: OpenAccess) -> None:
    sold.ask_to_cancel(NUMBER)
    assert reasons(OrderAction.CANCEL, access) == {THE_BUYERS: "The customer wants it"}

    done = ACTIONS[OrderAction.CANCEL].perform(wanted(reason=THE_BUYERS), access)

    assert done == Done(external_id=cancel_number(sold.sale(NUMBER)))
    assert sold.sale(NUMBER).cancelled_at is not None
    (told,) = [one for one in access.way.asked if one.address.endswith("/approve")]
    assert dict(told.query)["idempotency_key"] == "k1"


def test_a_wish_that_was_taken_back_meanwhile_cancels_nothing(sold: World, access: OpenAccess) -> None:
    assert ACTIONS[OrderAction.CANCEL].perform(wanted(reason=THE_BUYERS), access) == Refused(reason=NOBODY_ASKED)
    assert ACTIONS[OrderAction.KEEP].perform(wanted(), access) == Refused(reason=NOBODY_ASKED)
    assert reasons(OrderAction.KEEP, access) == {}
    assert sold.sale(NUMBER).cancelled_at is None


def test_the_buyers_wish_is_refused_once(sold: World, fake: FakeTikTokShop, access: OpenAccess) -> None:
    sold.ask_to_cancel(NUMBER)
    assert reasons(OrderAction.KEEP, access) == REJECT_REASONS
    offer, this = ACTIONS[OrderAction.KEEP], wanted(reason=next(iter(REJECT_REASONS)), words="It is packed.")
    assert offer.look(this, access) == NotDone()

    assert isinstance(offer.perform(this, access), Done)

    assert fake.kept == {NUMBER}
    assert offer.keyed
    assert offer.look(this, access) == Done()
    assert ACTIONS[OrderAction.CANCEL].look(this, access) == NotDone()


def test_a_wish_that_was_refused_without_an_answer_is_done_when_it_is_tried_again(
    sold: World, access: OpenAccess
) -> None:
    sold.ask_to_cancel(NUMBER)
    offer, refusal = ACTIONS[OrderAction.KEEP], wanted(reason=next(iter(REJECT_REASONS)))
    done = offer.perform(refusal, access)

    assert (offer.keyed, offer.perform(refusal, access)) == (True, done)
    assert isinstance(done, Done)
