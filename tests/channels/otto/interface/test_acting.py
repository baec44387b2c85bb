"""What is done about an order at OTTO, and how it is found out whether it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from json import dumps, loads

import pytest

from tests.channels.asking import OpenAccess, address_of
from tests.channels.otto.interface.specification import SHIPMENTS
from tests.channels.otto.interface.wanting import NUMBER, money_for, wanted
from tests.channels.specifications.documents import needs_specifications
from tests.factories.sales import AT
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse, Unanswered
from tresen.channels.order_door import ActionLine, ActionWanted, Done, NotDone, OrderAction
from tresen.channels.order_news import ReturnState
from tresen.channels.otto.interface.acting import ACTIONS, NOT_RELEASED
from tresen.channels.otto.interface.shipping import NO_ORIGIN, NO_RETURN, NOTHING_WAITS
from tresen.channels.outbound import Later, Refused, Uncertain
from tresen.fakes.otto import FakeOtto
from tresen.fakes.world import World

REFUND, CANCEL, SHIP, ACCEPT, REJECT = (
    ACTIONS[one]
    for one in (
        OrderAction.REFUND,
        OrderAction.CANCEL,
        OrderAction.MARK_SHIPPED,
        OrderAction.APPROVE_RETURN,
        OrderAction.REFUSE_RETURN,
    )
)


@pytest.fixture
def coming_back(sent: World) -> World:
    for _piece in range(2):
        sent.ask_for_return(NUMBER, reason="")
    return sent


def decision(piece: str, *, reason: str, condition: str = "B") -> ActionWanted:
    return wanted(return_id=piece, reason=reason, details={"condition": condition})


PARCEL = wanted(
    carrier="DPD",
    tracking="D-1",
    details={"return_carrier": "HERMES", "return_tracking": "R-1"},
)
TAKEN = HttpResponse(status=202, headers={}, body=b"{}")


def test_an_order_that_waits_is_cancelled_and_pays_nothing_back(sold: World, access: OpenAccess) -> None:
    assert CANCEL.look(wanted(), access) == NotDone()
    assert CANCEL.perform(wanted(), access) == Done()

    sale = sold.sale(NUMBER)
    assert (sale.cancelled_at is not None, sale.refunds) == (True, [])
    assert CANCEL.look(wanted(), access) == Done()
    assert CANCEL.perform(wanted(), access) == Refused(reason=NOT_RELEASED)


@pytest.mark.parametrize("why", ["unpaid", "sent"])
def test_only_what_otto_has_released_can_be_cancelled(
    why: str, sold: World, otto: FakeOtto, access: OpenAccess
) -> None:
    if why == "sent":
        sold.ship(NUMBER, carrier="DHL", tracking="1")
    else:
        otto.unpaid.add(NUMBER)

    assert CANCEL.perform(wanted(), access) == Refused(reason=NOT_RELEASED)
    assert sold.sale(NUMBER).cancelled_at is None


def test_an_order_is_marked_as_shipped_with_the_number_by_which_it_can_come_back(
    sold: World, access: OpenAccess
) -> None:
    assert SHIP.look(PARCEL, access) == NotDone()

    done = SHIP.perform(PARCEL, access)

    (parcel,) = sold.sale(NUMBER).parcels
    assert done == Done(external_id=parcel.id)
    assert (parcel.carrier, parcel.tracking) == ("DPD", "D-1")
    said = loads(access.way.asked[-1].body)
    key = {"carrier": "HERMES", "trackingNumber": "R-1"}
    assert [one["returnTrackingKey"] for one in said["positionItems"]] == [key, key]
    assert said["shipFromAddress"] == {"city": "Musterstadt", "zipCode": "12345", "countryCode": "DEU"}
    assert SHIP.look(PARCEL, access) == Done()
    assert SHIP.perform(replace(PARCEL, tracking="D-2"), access) == Refused(reason=NOTHING_WAITS)


def test_some_pieces_are_marked_as_shipped(sold: World, access: OpenAccess) -> None:
    one = replace(PARCEL, lines=[ActionLine(external_id="l-1-2", quantity=1)])

    assert isinstance(SHIP.perform(one, access), Done)
    assert sold.sale(NUMBER).lines[0].shipped == 1


def test_a_parcel_without_a_way_back_is_refused_before_anything_leaves(sold: World, access: OpenAccess) -> None:
    assert SHIP.perform(replace(PARCEL, details={"return_carrier": "DHL"}), access) == Refused(reason=NO_RETURN)
    access.settings = {**access.settings, "ship_from_city": " "}
    assert SHIP.perform(PARCEL, access) == Refused(reason=NO_ORIGIN)
    assert access.way.asked == []
    assert not sold.sale(NUMBER).parcels


def test_freight_goes_without_a_number_of_its_return(sold: World, access: OpenAccess) -> None:
    assert isinstance(SHIP.perform(replace(PARCEL, carrier="DACHSER", details={}), access), Done)
    assert all("returnTrackingKey" not in one for one in loads(access.way.asked[-1].body)["positionItems"])


@needs_specifications
@pytest.mark.parametrize("carrier", ["DPD", "DACHSER"])
def test_what_is_told_of_a_parcel_fits_ottos_own_specification(carrier: str, sold: World, access: OpenAccess) -> None:
    asked = replace(PARCEL, carrier=carrier, details=PARCEL.details if carrier == "DPD" else {})

    assert isinstance(SHIP.perform(asked, access), Done)

    request = access.way.asked[-1]
    wrong = SHIPMENTS.complaints_about_request(request.method, address_of(request), request.headers, request.body)
    assert wrong == []
    assert sold.sale(NUMBER).parcels


def test_a_parcel_number_that_was_told_before_is_refused(sold: World, access: OpenAccess) -> None:
    one = replace(PARCEL, lines=[ActionLine(external_id="l-1-1", quantity=1)])
    assert isinstance(SHIP.perform(one, access), Done)

    result = SHIP.perform(replace(PARCEL, lines=[ActionLine(external_id="l-1-2", quantity=1)]), access)

    assert isinstance(result, Refused)
    assert "DUPLICATE_TRACKING_KEY" in result.reason
    assert sold.sale(NUMBER).lines[0].shipped == 1


def test_a_return_is_accepted_once_and_pays_the_piece(coming_back: World, otto: FakeOtto, access: OpenAccess) -> None:
    asked = decision("l-1-2", reason="RETURN_RECEIVED")
    assert ACCEPT.look(asked, access) == NotDone()
    assert ACCEPT.perform(asked, access) == Done(external_id="l-1-2")

    sale = coming_back.sale(NUMBER)
    assert [one.state for one in sale.returns] == [ReturnState.REQUESTED, ReturnState.REFUNDED]
    assert [(one.amount, one.line) for one in sale.refunds] == [(4990, "l-1-2")]
    assert otto.decided == {"l-1-2": {"condition": "B", "reason": "RETURN_RECEIVED"}}
    assert ACCEPT.look(asked, access) == Done(external_id="l-1-2")
    again = ACCEPT.perform(asked, access)
    assert isinstance(again, Refused)
    assert "accepted already" in again.reason
    assert len(sale.refunds) == 1


def test_a_return_is_rejected_and_pays_nothing(coming_back: World, access: OpenAccess) -> None:
    asked = decision("l-1-1", reason="ITEM_DAMAGED", condition="E")
    assert REJECT.look(asked, access) == NotDone()
    assert REJECT.perform(asked, access) == Done(external_id="l-1-1")

    sale = coming_back.sale(NUMBER)
    assert [one.state for one in sale.returns] == [ReturnState.REFUSED, ReturnState.REQUESTED]
    assert sale.refunds == []
    assert REJECT.look(asked, access) == Done(external_id="l-1-1")
    assert REJECT.look(replace(asked, since=AT + timedelta(hours=1)), access) == NotDone()


def test_what_an_answer_of_success_says_was_not_taken_was_not(answering: Callable[..., OpenAccess]) -> None:
    told = {"results": [], "errors": [{"title": "INVALID_STATE", "detail": "not sent", "path": "/", "logref": "1"}]}
    refused = HttpResponse(status=207, headers={}, body=dumps(told).encode())

    result = ACCEPT.perform(decision("l-1-1", reason="COMPLAINT"), answering(refused))

    assert result == Refused(reason="INVALID_STATE not sent")


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (Unanswered(reason="silence"), Uncertain),
        (HttpResponse(status=503, headers={}, body=b"{}"), Uncertain),
        (HttpResponse(status=500, headers={}, body=b"{}"), Uncertain),
        (HttpResponse(status=409, headers={}, body=b"{}"), Refused),
        (HttpResponse(status=400, headers={}, body=b"{}"), Refused),
    ],
)
@pytest.mark.parametrize("action", list(ACTIONS))
def test_whatever_otto_says_is_told_as_it_is(
    action: OrderAction,
    outcome: object,
    kind: type,
    sold: World,
    access: OpenAccess,
    answering: Callable[..., OpenAccess],
) -> None:
    assert CANCEL.look(wanted(), access) == NotDone()
    order = access.way.send(access.way.asked[-1])
    decides = action in {OrderAction.APPROVE_RETURN, OrderAction.REFUSE_RETURN}
    asked = replace(PARCEL, lines=money_for("l-1-1").lines, return_id="l-1-1", reason="EXCHANGE")
    asked = replace(asked, details={**asked.details, "condition": "A"}, lines=() if decides else asked.lines)
    if action is OrderAction.MARK_SHIPPED:
        asked = replace(asked, lines=())
    if action is OrderAction.APPROVE_RETURN:
        asked = replace(asked, reason="COMPLAINT")
    none = HttpResponse(status=200, headers={}, body=b'{"results": []}')
    before = [] if decides else [order, none] if action is OrderAction.REFUND else [order]
    answers = [*before, outcome]

    assert isinstance(ACTIONS[action].perform(asked, answering(*answers)), kind)
    assert isinstance(ACTIONS[action].look(asked, answering(outcome)), Stopped)
    assert sold.sale(NUMBER).cancelled_at is None


@pytest.mark.parametrize("action", [OrderAction.REFUND, OrderAction.CANCEL, OrderAction.MARK_SHIPPED])
def test_where_the_order_cannot_be_read_nothing_is_done_yet(
    action: OrderAction, answering: Callable[..., OpenAccess]
) -> None:
    asked = replace(PARCEL, lines=money_for("l-1-1").lines)

    assert isinstance(ACTIONS[action].perform(asked, answering(Unanswered(reason="silence"))), Later)
    unknown = HttpResponse(status=401, headers={}, body=b"{}")
    assert isinstance(ACTIONS[action].perform(asked, answering(unknown)), Refused)
