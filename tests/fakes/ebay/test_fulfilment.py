"""The fake Fulfillment API leaves out what eBay leaves out."""

import json
from datetime import timedelta

import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from tests.channels.ebay.interface.shop import a_fake, a_sale, number
from tests.fakes.ebay.test_platform import ORDERS, asked, error_of, sellers
from tresen.fakes.ebay.platform import Ebay


def posted(fake: Ebay, path: str, body: object) -> Response:
    builder = EnvironBuilder(
        path=path,
        method="POST",
        data=json.dumps(body),
        content_type="application/json",
        headers=Headers([("Authorization", f"Bearer {sellers(fake)}")]),
    )
    return fake.answer(Request(builder.get_environ()))


def test_a_list_does_not_say_who_wants_to_cancel() -> None:
    fake = a_fake(sales=[a_sale(1)])
    fake.world.ask_to_cancel(number(1))
    token = f"Bearer {sellers(fake)}"
    (listed,) = asked(fake, ORDERS, token=token).get_json()["orders"]
    whole = asked(fake, f"{ORDERS}/{number(1)}", token=token).get_json()

    assert listed["cancelStatus"] == {"cancelState": "IN_PROGRESS", "cancelRequests": []}
    assert whole["cancelStatus"]["cancelRequests"][0]["cancelInitiator"] == "Buyer"


def test_a_refund_is_paid_later() -> None:
    fake = a_fake(sales=[a_sale(1)])
    amount = {"value": "1.50", "currency": "EUR"}
    body = {"reasonForRefund": "OTHER_ADJUSTMENT", "orderLevelRefundAmount": amount}
    assert posted(fake, f"{ORDERS}/{number(1)}/issue_refund", body).get_json()["refundStatus"] == "PENDING"
    token = f"Bearer {sellers(fake)}"
    waiting = asked(fake, f"{ORDERS}/{number(1)}", token=token).get_json()["paymentSummary"]["refunds"]
    fake.world.sale(number(1)).refunds[0].at -= timedelta(minutes=1)
    paid = asked(fake, f"{ORDERS}/{number(1)}", token=token).get_json()["paymentSummary"]["refunds"]

    assert [("refundDate" in one, one["refundStatus"]) for one in (*waiting, *paid)] == [
        (False, "PENDING"),
        (True, "REFUNDED"),
    ]


@pytest.mark.parametrize(
    ("path", "body", "wrong"),
    [
        ("issue_refund", {}, 34903),
        ("issue_refund", {"reasonForRefund": "OTHER_ADJUSTMENT"}, 34905),
        ("shipping_fulfillment", {"trackingNumber": "00 3"}, 32300),
        ("shipping_fulfillment", {"lineItems": [{"lineItemId": "x", "quantity": 1}]}, 32200),
    ],
)
def test_what_ebay_would_not_take_is_refused(path: str, body: object, wrong: int) -> None:
    fake = a_fake(sales=[a_sale(1)])
    assert error_of(posted(fake, f"{ORDERS}/{number(1)}/{path}", body)) == (400, wrong)


def test_a_filter_that_is_none_and_too_large_a_page_are_refused() -> None:
    fake = a_fake()
    token = f"Bearer {sellers(fake)}"
    assert asked(fake, ORDERS, token=token, filter="all").status_code == 400
    assert asked(fake, ORDERS, token=token, limit="201").status_code == 400
