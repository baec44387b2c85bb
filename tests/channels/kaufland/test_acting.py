"""What is done about an order at Kaufland, piece by piece, and how it is found out whether it was."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.kaufland.feeding import whole
from tests.factories.sales import AT, a_sale
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse, Unanswered
from tresen.channels.kaufland.acting import ACTIONS, ONE_PIECE
from tresen.channels.kaufland.asking import request
from tresen.channels.order_door import ActionLine, ActionWanted, Done, NotDone, NotTold, OrderAction, OrderRef
from tresen.channels.order_news import OrderSnapshot, OrderState, ReturnNotice, ReturnState
from tresen.channels.outbound import Later, Refused, Uncertain
from tresen.fakes.sales import By
from tresen.fakes.world import World

DONE = HttpResponse(status=204, headers={}, body=b"")
NO = HttpResponse(status=400, headers={}, body=b'{"message": "no"}')


@pytest.fixture
def sold(world: World) -> World:
    world.fill(sales=[a_sale()])
    return world


def order(access: OpenAccess) -> OrderSnapshot:
    (found,) = whole("orders", access)
    assert isinstance(found, OrderSnapshot)
    return found


def wanted(*pieces: str, amount: int = 0, **more: object) -> ActionWanted:
    lines = tuple(ActionLine(external_id=piece, quantity=1, amount=amount) for piece in pieces)
    known: dict[str, object] = {"key": "k1", "order": OrderRef(number="ORD-1-A"), "currency": "EUR", "since": AT}
    return ActionWanted(lines=lines, **{**known, **more})  # type: ignore[arg-type]


def pieces(access: OpenAccess) -> tuple[str, ...]:
    return tuple(line.external_id for line in order(access).lines or ())


def test_money_for_a_piece_goes_back(sold: World, access: OpenAccess) -> None:
    offer = ACTIONS[OrderAction.REFUND]
    refund = wanted(pieces(access)[0], amount=990, reason="delivery_delay")

    assert offer.perform(refund, access) == Done()

    assert [(one.amount, one.reason) for one in sold.sale("ORD-1-A").refunds] == [(990, "delivery_delay")]
    told = offer.look(refund, access)
    assert isinstance(told, NotTold), "Kaufland shows it nowhere, so a person decides, and knows why"
    assert "seller portal" in told.reason


def test_more_than_was_paid_is_refused_in_kauflands_words(sold: World, access: OpenAccess) -> None:
    result = ACTIONS[OrderAction.REFUND].perform(wanted(pieces(access)[0], amount=999_999, reason="defect"), access)

    assert isinstance(result, Refused)
    assert "9980" in result.reason
    assert sold.sale("ORD-1-A").refunds == []


def test_an_order_is_cancelled_with_all_its_pieces(sold: World, access: OpenAccess) -> None:
    """Nobody names pieces for that: an order is cancelled at once."""
    offer, all_of_it = ACTIONS[OrderAction.CANCEL], wanted(reason="NoInventory")
    assert offer.look(all_of_it, access) == NotDone()

    assert offer.perform(all_of_it, access) == Done()

    assert [line.cancelled for line in order(access).lines or ()] == [1, 1]
    assert (order(access).state, offer.look(all_of_it, access)) == (OrderState.CANCELLED, Done())
    assert sold.sale("ORD-1-A").cancelled_at is not None
    assert isinstance(offer.perform(all_of_it, access), Refused)


def test_who_tries_again_goes_on_with_the_pieces_that_are_left(sold: World, access: OpenAccess) -> None:
    cancelling, shipping = ACTIONS[OrderAction.CANCEL], ACTIONS[OrderAction.MARK_SHIPPED]
    first, second = pieces(access)
    assert cancelling.perform(wanted(first, reason="NoInventory"), access) == Done()
    assert cancelling.look(wanted(reason="NoInventory"), access) == NotDone()

    assert shipping.perform(wanted(first, second, carrier="DHL", tracking="1"), access) == Done()

    assert [(line.cancelled, line.shipped) for line in order(access).lines or ()] == [(1, 0), (0, 1)]


def test_pieces_are_marked_as_sent_with_their_tracking(sold: World, access: OpenAccess) -> None:
    offer, numbers = ACTIONS[OrderAction.MARK_SHIPPED], pieces(access)
    parcel = wanted(numbers[1], carrier="DHL", tracking="00340434161094000000")
    assert offer.look(parcel, access) == NotDone()

    assert offer.perform(parcel, access) == Done()

    assert [(one.carrier, one.tracking) for one in sold.sale("ORD-1-A").parcels] == [("DHL", "00340434161094000000")]
    assert [line.shipped for line in order(access).lines or ()] == [0, 1]
    assert offer.look(parcel, access) == Done()
    assert isinstance(offer.perform(parcel, access), Refused)


def test_a_carrier_is_told_by_kauflands_name_for_it_however_it_was_typed(sold: World, access: OpenAccess) -> None:
    (first, second), offer = pieces(access), ACTIONS[OrderAction.MARK_SHIPPED]

    assert offer.perform(wanted(first, carrier="deutsche-post brief", tracking="1"), access) == Done()
    refused = offer.perform(wanted(second, carrier="Pigeon", tracking="2"), access)

    assert [parcel.carrier for parcel in sold.sale("ORD-1-A").parcels] == ["Deutsche Post Brief"]
    assert isinstance(refused, Refused)
    assert "Pigeon" in refused.reason


def test_a_parcel_is_told_though_the_carriers_can_not_be_read(
    two_pieces: HttpResponse, answering: Callable[..., OpenAccess]
) -> None:
    access = answering(Unanswered(reason="silence"), two_pieces, DONE, DONE)

    assert ACTIONS[OrderAction.MARK_SHIPPED].perform(wanted(carrier="DHL", tracking="1"), access) == Done()
    assert b'"carrier_code":"DHL"' in access.way.asked[2].body


@pytest.mark.parametrize(
    ("action", "state"),
    [(OrderAction.APPROVE_RETURN, ReturnState.REFUNDED), (OrderAction.REFUSE_RETURN, ReturnState.REFUSED)],
)
def test_a_return_is_decided_once(sold: World, access: OpenAccess, action: OrderAction, state: ReturnState) -> None:
    sold.ask_for_return("ORD-1-A", reason="defect")
    (back,) = whole("returns", access)
    assert isinstance(back, ReturnNotice)
    decision = wanted(return_id=back.external_id, words="It was worn.")
    assert ACTIONS[action].look(decision, access) == NotDone()

    assert ACTIONS[action].perform(decision, access) == Done(external_id=back.external_id)

    (decided,) = whole("returns", access)
    assert isinstance(decided, ReturnNotice)
    assert decided.state is state
    assert ACTIONS[action].look(decision, access) == Done(external_id=back.external_id)
    assert isinstance(ACTIONS[action].perform(decision, access), Refused)


def test_a_return_is_refused_in_our_words_which_open_a_ticket(sold: World, access: OpenAccess) -> None:
    sold.ask_for_return("ORD-1-A", reason="defect")
    (back,) = whole("returns", access)
    refusal = wanted(return_id=getattr(back, "external_id", ""), words=" ")
    assert isinstance(ACTIONS[OrderAction.REFUSE_RETURN].perform(refusal, access), Refused)

    ACTIONS[OrderAction.REFUSE_RETURN].perform(replace(refusal, words="It was worn."), access)

    (talk,) = sold.talks.values()
    assert [(one.by, one.text) for one in talk.letters] == [(By.SELLER, "It was worn.")]


@pytest.fixture
def two_pieces(sold: World, access: OpenAccess) -> HttpResponse:
    """The order of two pieces, as Kaufland answers it."""
    answer = access.http.send(request(access, "GET", "/orders/ORD-1-A"))
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.mark.parametrize("action", list(ACTIONS))
@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (Unanswered(reason="silence"), Uncertain),
        (HttpResponse(status=500, headers={}, body=b"{}"), Uncertain),
        (HttpResponse(status=503, headers={}, body=b"{}"), Uncertain),
        (NO, Refused),
    ],
)
def test_whatever_kaufland_says_is_told_as_it_is(
    action: OrderAction, outcome: object, kind: type, answering: Callable[..., OpenAccess], two_pieces: HttpResponse
) -> None:
    reason = "NoInventory" if action is OrderAction.CANCEL else "defect"
    lines = ("1",) if action is OrderAction.REFUND else ()
    asked = wanted(*lines, amount=990, reason=reason, return_id="1", words="No.", carrier="DHL", tracking="1")
    before = {OrderAction.CANCEL: [two_pieces], OrderAction.MARK_SHIPPED: [NO, two_pieces]}.get(action, [])

    assert isinstance(ACTIONS[action].perform(asked, answering(*before, outcome)), kind)
    if action is not OrderAction.REFUND:
        assert isinstance(ACTIONS[action].look(asked, answering(outcome)), Stopped)


def test_where_one_piece_of_several_fails_a_person_looks(
    answering: Callable[..., OpenAccess], two_pieces: HttpResponse
) -> None:
    result = ACTIONS[OrderAction.CANCEL].perform(wanted(reason="NoInventory"), answering(two_pieces, DONE, NO))

    assert isinstance(result, Uncertain)
    assert result.reason.startswith("1 of 2 pieces are done.")


@pytest.mark.parametrize("action", [OrderAction.CANCEL, OrderAction.MARK_SHIPPED])
def test_where_the_order_can_not_be_read_nothing_was_begun(
    action: OrderAction, answering: Callable[..., OpenAccess]
) -> None:
    before = [NO] if action is OrderAction.MARK_SHIPPED else []
    access = answering(*before, Unanswered(reason="silence"))

    assert isinstance(ACTIONS[action].perform(wanted(carrier="DHL", tracking="1"), access), Later)
    assert all(one.method == "GET" for one in access.way.asked)


@pytest.mark.parametrize("lines", [(), ("1", "2")])
def test_money_goes_back_for_one_piece_alone(lines: tuple[str, ...], answering: Callable[..., OpenAccess]) -> None:
    refund = wanted(*lines, amount=990, reason="defect")

    assert ACTIONS[OrderAction.REFUND].perform(refund, answering()) == Refused(reason=ONE_PIECE)
