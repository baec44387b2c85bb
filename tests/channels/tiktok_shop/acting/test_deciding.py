"""A return is decided once, by the decision that TikTok Shop takes at that moment."""

from datetime import timedelta

import pytest

from tests.channels.asking import OpenAccess
from tests.factories.sales import AT, a_sale
from tresen.channels.order_door import ActionWanted, Done, NotDone, OrderAction, OrderRef
from tresen.channels.order_news import ReturnState
from tresen.channels.outbound import Refused
from tresen.channels.tiktok_shop.acting import ACTIONS
from tresen.channels.tiktok_shop.acting.eligibility import NONE_POSSIBLE
from tresen.fakes.tiktok_shop import FakeTikTokShop
from tresen.fakes.tiktok_shop.acting import REJECT_REASONS
from tresen.fakes.tiktok_shop.returns import return_number
from tresen.fakes.world import World

NUMBER = "576486316948490001"


@pytest.fixture
def sold(world: World) -> World:
    world.fill(sales=[a_sale(NUMBER)])
    return world


def wanted(**more: object) -> ActionWanted:
    known: dict[str, object] = {"key": "k1", "order": OrderRef(number=NUMBER), "currency": "EUR", "since": AT}
    return ActionWanted(**{**known, **more})  # type: ignore[arg-type]


@pytest.fixture
def back(sold: World) -> str:
    return return_number(sold.ask_for_return(NUMBER, reason="damaged"))


def asked_for(access: OpenAccess) -> list[str]:
    return [f"{one.method} {one.address.partition('return_refund')[2]}" for one in access.way.asked]


@pytest.mark.parametrize(
    ("kind", "other", "state"),
    [
        (OrderAction.APPROVE_RETURN, OrderAction.REFUSE_RETURN, ReturnState.AUTHORISED),
        (OrderAction.REFUSE_RETURN, OrderAction.APPROVE_RETURN, ReturnState.REFUSED),
    ],
)
def test_a_return_is_decided_once(
    sold: World, back: str, access: OpenAccess, kind: OrderAction, other: OrderAction, state: ReturnState
) -> None:
    offer, decision = ACTIONS[kind], wanted(return_id=back, reason=next(iter(REJECT_REASONS)), words="Sorry.")
    assert offer.look(decision, access) == NotDone()

    assert offer.perform(decision, access) == Done(external_id=back)

    assert sold.sale(NUMBER).returns[0].state is state
    assert offer.look(decision, access) == Done(external_id=back)
    assert ACTIONS[other].look(decision, access) == NotDone()
    assert ACTIONS[other].perform(decision, access) == Refused(reason=NONE_POSSIBLE)


@pytest.mark.parametrize("kind", [OrderAction.APPROVE_RETURN, OrderAction.REFUSE_RETURN])
def test_what_was_decided_without_an_answer_is_done_when_it_is_tried_again(
    sold: World, back: str, access: OpenAccess, kind: OrderAction
) -> None:
    offer, decision = ACTIONS[kind], wanted(return_id=back, reason=next(iter(REJECT_REASONS)))
    assert offer.keyed
    offer.perform(decision, access)

    assert offer.perform(decision, access) == Done(external_id=back)

    (told,) = [one for one in access.way.asked if one.address.endswith(("/approve", "/reject"))]
    assert dict(told.query)["idempotency_key"] == "k1"


def test_what_was_decided_before_it_was_wanted_is_none_of_ours(sold: World, back: str, access: OpenAccess) -> None:
    sold.decide_return(sold.sale(NUMBER).returns[0].id, approve=True)
    later = wanted(return_id=back, since=AT + timedelta(hours=1))

    assert ACTIONS[OrderAction.APPROVE_RETURN].perform(later, access) == Refused(reason=NONE_POSSIBLE)


@pytest.mark.parametrize(
    ("kind", "state"),
    [(OrderAction.APPROVE_RETURN, ReturnState.RECEIVED), (OrderAction.REFUSE_RETURN, ReturnState.REFUSED)],
)
def test_goods_that_have_come_are_taken_or_not(
    sold: World, back: str, access: OpenAccess, fake: FakeTikTokShop, kind: OrderAction, state: ReturnState
) -> None:
    offer, decision = ACTIONS[kind], wanted(return_id=back, reason=next(iter(REJECT_REASONS)))
    fake.came.add(sold.decide_return(sold.sale(NUMBER).returns[0].id, approve=True).id)
    assert offer.look(decision, access) == NotDone()

    assert offer.perform(decision, access) == Done(external_id=back)

    assert sold.sale(NUMBER).returns[0].state is state
    assert offer.look(decision, access) == Done(external_id=back)


def test_the_reasons_are_those_of_the_return(back: str, access: OpenAccess) -> None:
    ask = ACTIONS[OrderAction.REFUSE_RETURN].ask_reasons
    assert ask is not None
    assert ask(access, OrderRef(number=NUMBER), back) == REJECT_REASONS


def test_a_return_that_nobody_knows_is_refused_in_the_platforms_words(sold: World, access: OpenAccess) -> None:
    refused = ACTIONS[OrderAction.APPROVE_RETURN].perform(wanted(return_id="1"), access)
    assert not isinstance(refused, Done)
    assert "not valid" in refused.reason
    assert sold.sales
    assert not any("approve" in path for path in asked_for(access))
