"""What we do about an order is asked once, and found again where nobody knew."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.ebay.interface.shop import AT, a_fake, a_sale, answer, number, opened
from tests.channels.specifications.documents import needs_specifications
from tests.channels.specifications.interface import Interface
from tresen.channels.contract import Later, Refused, Stopped, Uncertain
from tresen.channels.ebay import CONNECTOR
from tresen.channels.ebay.interface.orders.acting import NOBODY_ASKED
from tresen.channels.http import HeldBack, Unanswered, Unreached
from tresen.channels.order_door import ActionLine, ActionWanted, Done, NotDone, OrderAction, OrderRef
from tresen.channels.order_news import ReturnState
from tresen.fakes.ebay.platform import Ebay
from tresen.fakes.ebay.signatures import Signer

ORDER = OrderRef(number=number(1))


def wanted(**changes: object) -> ActionWanted:
    usual = {"key": "k1", "order": ORDER, "currency": "EUR", "since": AT - timedelta(seconds=1)}
    return ActionWanted(**(usual | changes))  # type: ignore[arg-type]


def perform(action: OrderAction, want: ActionWanted, access: OpenAccess) -> object:
    return CONNECTOR.actions[action].perform(want, access)


def look(action: OrderAction, want: ActionWanted, access: OpenAccess) -> object:
    return CONNECTOR.actions[action].look(want, access)


@pytest.fixture
def fake() -> Ebay:
    return a_fake(sales=[a_sale(1)])


def returning(fake: Ebay) -> ActionWanted:
    return wanted(return_id=fake.world.ask_for_return(number(1), reason="DEFECTIVE_ITEM").id, words="Please do.")


def test_money_goes_back_and_shows_as_about_to_be_paid(fake: Ebay) -> None:
    want = wanted(amount=1050, reason="OTHER_ADJUSTMENT", words="x" * 300)
    access = opened(fake)
    assert look(OrderAction.REFUND, want, access) == NotDone()
    done = perform(OrderAction.REFUND, want, access)
    (back,) = fake.world.sale(number(1)).refunds

    assert done == Done(external_id=back.id, answer="PENDING")
    assert back.amount == 1050
    assert look(OrderAction.REFUND, want, access) == done
    body = json.loads(next(one.body for one in access.way.asked if "issue_refund" in one.address))
    assert body["orderLevelRefundAmount"] == {"value": "10.50", "currency": "EUR"}
    assert len(body["comment"]) == 100


def test_money_for_some_lines_names_them(fake: Ebay) -> None:
    lines = (
        ActionLine(external_id="10001", quantity=1, amount=4990),
        ActionLine(external_id="20001", quantity=1, amount=50),
    )
    want = wanted(amount=5040, lines=lines, reason="ITEM_NOT_AS_DESCRIBED")
    access = opened(fake)
    assert isinstance(perform(OrderAction.REFUND, want, access), Done)
    assert fake.world.sale(number(1)).refunded == 5040
    assert isinstance(look(OrderAction.REFUND, want, access), Done)


@pytest.mark.parametrize("state", [ReturnState.REQUESTED, ReturnState.AUTHORISED, ReturnState.RECEIVED])
def test_while_a_return_is_open_ebay_refuses_a_refund_of_the_order(fake: Ebay, state: ReturnState) -> None:
    back = fake.world.ask_for_return(number(1), reason="DEFECTIVE_ITEM")
    back.state = state
    want, access = wanted(amount=500, reason="OTHER_ADJUSTMENT"), opened(fake)

    refused = perform(OrderAction.REFUND, want, access)

    assert isinstance(refused, Refused)
    assert "34916" in refused.reason
    assert not fake.world.sale(number(1)).refunds
    back.state = ReturnState.REFUSED
    assert isinstance(perform(OrderAction.REFUND, want, access), Done)


def test_a_refund_of_another_amount_or_of_before_is_not_ours(fake: Ebay) -> None:
    fake.world.refund(number(1), amount=100, reason="OTHER_ADJUSTMENT").at = AT - timedelta(hours=1)
    assert look(OrderAction.REFUND, wanted(amount=100), opened(fake)) == NotDone()
    assert look(OrderAction.REFUND, wanted(amount=100, since=AT - timedelta(hours=2)), opened(fake)) != NotDone()
    assert look(OrderAction.REFUND, wanted(amount=101, since=None), opened(fake)) == NotDone()


def test_ebays_refusals_are_told_in_its_words(fake: Ebay) -> None:
    much = perform(OrderAction.REFUND, wanted(amount=99_999, reason="OTHER_ADJUSTMENT"), opened(fake))
    assert isinstance(much, Refused)
    assert "34915" in much.reason
    failed = answer(200, b'{"refundStatus": "FAILED"}')
    assert isinstance(perform(OrderAction.REFUND, wanted(amount=1), opened(None, failed)), Refused)
    assert isinstance(perform(OrderAction.REFUND, wanted(amount=1), opened(None, answer(200, b"garbage"))), Uncertain)


@pytest.mark.parametrize("action", [OrderAction.REFUND, OrderAction.CANCEL, OrderAction.APPROVE_RETURN])
def test_what_must_be_signed_is_refused_without_a_key_and_taken_with_it(fake: Ebay, action: OrderAction) -> None:
    fake.signer = Signer()
    reason = next(iter(CONNECTOR.actions[action].reasons), "")
    want = replace(returning(fake) if action is OrderAction.APPROVE_RETURN else wanted(), amount=1, reason=reason)
    refused = perform(action, want, opened(fake))
    assert isinstance(refused, Refused)
    assert "x-ebay-signature-key" in refused.reason

    access = opened(fake)
    keys = {"signing_key": fake.signer.private_key, "signing_jwe": fake.signer.token}
    access.secrets = {**access.secrets, **keys}
    assert isinstance(perform(action, want, access), Done)
    assert keys["signing_key"] not in repr(access.way.asked)


def test_a_buyers_wish_is_approved_with_a_signature_of_no_body(fake: Ebay) -> None:
    fake.signer = Signer()
    fake.world.ask_to_cancel(number(1))
    access = opened(fake)
    access.secrets = {**access.secrets, "signing_key": fake.signer.private_key, "signing_jwe": fake.signer.token}
    assert perform(OrderAction.CANCEL, wanted(reason="BUYER_ASKED_CANCEL"), access) == Done(external_id="51")


def test_an_order_is_cancelled_with_our_reason(fake: Ebay) -> None:
    want = wanted(reason="OUT_OF_STOCK_OR_CANNOT_FULFILL")
    access = opened(fake)
    assert look(OrderAction.CANCEL, want, access) == NotDone()
    assert perform(OrderAction.CANCEL, want, access) == Done(external_id="51")
    assert fake.world.sale(number(1)).cancelled_at
    assert look(OrderAction.CANCEL, want, access) == Done()
    body = json.loads(access.way.asked[-2].body)
    assert body["legacyOrderId"] == number(1)
    assert body["buyerPaid"] is True
    assert body["buyerPaidDate"] == {"value": "2026-11-19T08:00:00.000Z"}


def test_what_the_buyer_asked_for_is_approved(fake: Ebay) -> None:
    fake.world.ask_to_cancel(number(1))
    access = opened(fake)
    assert perform(OrderAction.CANCEL, wanted(reason="BUYER_ASKED_CANCEL"), access) == Done(external_id="51")
    assert fake.world.sale(number(1)).cancelled_at
    assert access.way.asked[-1].address.endswith("/cancellation/51/approve")
    assert access.way.asked[-1].body == b""


def test_what_the_buyer_asked_for_is_refused_once(fake: Ebay) -> None:
    access = opened(fake)
    assert perform(OrderAction.KEEP, wanted(), access) == Refused(reason=NOBODY_ASKED)
    fake.world.ask_to_cancel(number(1))
    assert look(OrderAction.KEEP, wanted(), access) == NotDone()
    assert perform(OrderAction.KEEP, wanted(), access) == Done(external_id="51")
    assert access.way.asked[-1].address.endswith("/cancellation/51/reject")
    assert look(OrderAction.KEEP, wanted(), access) == Done()
    assert perform(OrderAction.KEEP, wanted(), access) == Refused(reason=NOBODY_ASKED)
    assert fake.world.sale(number(1)).cancelled_at is None


def test_what_has_been_shipped_is_not_cancelled(fake: Ebay) -> None:
    fake.world.ship(number(1), carrier="DHL", tracking="003")
    refused = perform(OrderAction.CANCEL, wanted(reason="BUYER_ASKED_CANCEL"), opened(fake))
    assert isinstance(refused, Refused)
    assert look(OrderAction.CANCEL, wanted(), opened(fake)) == NotDone()


@pytest.mark.parametrize(
    ("action", "state"),
    [(OrderAction.APPROVE_RETURN, ReturnState.AUTHORISED), (OrderAction.REFUSE_RETURN, ReturnState.REFUSED)],
)
def test_a_return_is_decided_once(fake: Ebay, action: OrderAction, state: ReturnState) -> None:
    want, access = returning(fake), opened(fake)
    assert look(action, want, access) == NotDone()
    done = perform(action, want, access)
    assert done == Done(external_id=want.return_id)
    assert fake.world.return_(want.return_id)[1].state is state
    assert look(action, want, access) == done
    assert isinstance(perform(action, want, access), Refused)
    other = OrderAction.REFUSE_RETURN if action is OrderAction.APPROVE_RETURN else OrderAction.APPROVE_RETURN
    assert look(other, want, access) == NotDone()
    decided = next(one for one in access.way.asked if one.address.endswith("/decide"))
    assert json.loads(decided.body)["comments"] == {"content": "Please do."}


def test_that_it_is_shipped_is_told_with_the_tracking_number(fake: Ebay) -> None:
    lines = (ActionLine(external_id="10001", quantity=2), ActionLine(external_id="20001", quantity=1))
    want = wanted(lines=lines, carrier=" DHL ", tracking="JJD 00-3")
    access = opened(fake)
    assert look(OrderAction.MARK_SHIPPED, want, access) == NotDone()
    done = perform(OrderAction.MARK_SHIPPED, want, access)
    (parcel,) = fake.world.sale(number(1)).parcels

    assert done == Done(external_id=parcel.id)
    assert (parcel.carrier, parcel.tracking) == ("DHL", "JJD003")
    assert look(OrderAction.MARK_SHIPPED, want, access) == done
    assert look(OrderAction.MARK_SHIPPED, wanted(tracking="other"), access) == NotDone()


def test_without_a_tracking_number_a_new_parcel_is_ours(fake: Ebay) -> None:
    want, access = wanted(), opened(fake)
    done = perform(OrderAction.MARK_SHIPPED, want, access)
    assert isinstance(done, Done)
    assert look(OrderAction.MARK_SHIPPED, want, access) == done
    assert look(OrderAction.MARK_SHIPPED, wanted(since=AT + timedelta(hours=1)), access) == NotDone()


ORDER_READ = json.dumps(
    {
        "orderId": number(1),
        "creationDate": "2026-11-19T08:00:00.000Z",
        "lastModifiedDate": "2026-11-19T08:00:00.000Z",
        "pricingSummary": {"total": {"value": "1.00", "currency": "EUR"}},
        "lineItems": [],
    }
).encode()
WISHED = {"cancelRequestId": "5", "cancelInitiator": "Buyer", "cancelRequestState": "REQUESTED"}
ORDER_WITH_WISH = json.dumps(
    {**json.loads(ORDER_READ), "cancelStatus": {"cancelState": "IN_PROGRESS", "cancelRequests": [WISHED]}}
).encode()
EVERY = [
    (OrderAction.REFUND, []),
    (OrderAction.CANCEL, [answer(200, ORDER_READ)]),
    (OrderAction.KEEP, [answer(200, ORDER_WITH_WISH)]),
    (OrderAction.APPROVE_RETURN, []),
    (OrderAction.REFUSE_RETURN, []),
    (OrderAction.MARK_SHIPPED, []),
]


@pytest.mark.parametrize(("action", "before"), EVERY)
@pytest.mark.parametrize(
    ("outcome", "result"),
    [
        (answer(400), Refused),
        (answer(401), Later),
        (answer(403), Refused),
        (answer(500), Uncertain),
        (answer(503), Later),
        (HeldBack(after=timedelta(seconds=9), reason="429"), Later),
        (Unreached(reason="no line"), Later),
        (Unanswered(reason="silence"), Uncertain),
    ],
)
def test_each_is_asked_once_and_what_ebay_says_is_the_result(
    action: OrderAction, before: list[object], outcome: object, result: type
) -> None:
    access = opened(None, *before, outcome)  # type: ignore[arg-type]
    want = wanted(return_id="1", amount=1, reason=next(iter(CONNECTOR.actions[action].reasons), ""))
    assert isinstance(perform(action, want, access), result)
    assert access.way.answers == []


@pytest.mark.parametrize(("action", "_before"), EVERY)
@pytest.mark.parametrize("outcome", [answer(401), answer(500), answer(200, b"garbage"), Unanswered(reason="silence")])
def test_what_cannot_be_looked_at_says_why(action: OrderAction, _before: object, outcome: object) -> None:
    found = look(action, wanted(return_id="1"), opened(None, outcome))  # type: ignore[arg-type]
    assert isinstance(found, Stopped)


@pytest.mark.parametrize(
    ("outcome", "result"), [(answer(401), Refused), (answer(500), Later), (Unanswered(reason="silence"), Later)]
)
def test_nothing_is_cancelled_while_the_order_cannot_be_read(outcome: object, result: type) -> None:
    assert isinstance(perform(OrderAction.CANCEL, wanted(), opened(None, outcome)), result)  # type: ignore[arg-type]


@needs_specifications
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("return", "/return/1/decide"),
        ("cancellation", "/cancellation"),
        ("cancellation", "/cancellation/5/approve"),
        ("cancellation", "/cancellation/5/reject"),
    ],
)
def test_post_order_has_these_paths(name: str, path: str) -> None:
    known = Interface(f"ebay/specs/{name}_oas3.json", base="/post-order/v2")
    assert known.operation("POST", f"https://api.ebay.com/post-order/v2{path}")


def test_every_action_has_its_reasons_in_ebays_words() -> None:
    offers: dict[OrderAction, Callable[..., object]] = {key: one.perform for key, one in CONNECTOR.actions.items()}
    assert offers.keys() == set(OrderAction)
