"""What OTTO's answers mean, and every example of its own file of shipments: requests, answers, what goes wrong."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from json import dumps
from typing import Any

from tests.channels.otto.interface.specification import FACTS, SHIPMENTS
from tests.channels.payloads import RECEIVED, recorded
from tests.channels.specifications.documents import needs_specifications
from tresen.channels.answered import to_reader, to_sender
from tresen.channels.contract import Ignored, RawPayload, Source, Unreadable
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.order_news import (
    DocumentKind,
    OrderNamed,
    OrderSnapshot,
    OrderState,
    ReturnNotice,
    ReturnState,
    StockNotice,
)
from tresen.channels.otto import CONNECTOR
from tresen.channels.otto.interface.other_shapes import Shipment
from tresen.channels.outbound import Refused, Uncertain
from tresen.channels.tracking import TrackingState
from tresen.channels.typed_json import read_value

type Json = dict[str, Any]
_STATUS = {"BadRequest": 400, "Forbidden": 403, "NotFound": 404, "Conflict": 409, "InternalServerError": 500}
_HEADERS = {"content-type": "application/json"}
SENT = "otto/api/orders/sent_and_unpaid.json"


def test_an_order_is_told_piece_by_piece() -> None:
    sent, named, unpaid = CONNECTOR.parse(recorded(SENT))

    assert isinstance(sent, OrderSnapshot)
    assert (sent.number, sent.external_id) == ("kx7b000555", "5f0c8a10-0000-4000-8000-000000000555")
    assert (sent.state, sent.currency, sent.total) == (OrderState.SHIPPED, "EUR", 4491 + 1990 + 395)
    assert [(one.sku, one.quantity, one.price, one.shipped, one.cancelled) for one in sent.lines or ()] == [
        ("LW-01", 1, 4491, 1, 0),
        ("LW-02", 1, 1990, 1, 0),
        ("LW-03", 1, 12900, 0, 1),
    ]
    assert sent.changed_at == datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
    assert sent.deliver_by == datetime(2026, 11, 20, 22, tzinfo=UTC)
    assert (sent.parcels, sent.refunds) == (None, None)
    assert named == OrderNamed(number=sent.number, external_id=sent.external_id)
    assert isinstance(unpaid, OrderSnapshot)
    assert (unpaid.state, unpaid.total) == (OrderState.PENDING, 3980)


def test_the_buyer_is_known_by_the_alias_of_the_invoice_and_not_by_a_plain_address() -> None:
    sent, *_others = CONNECTOR.parse(recorded(SENT))

    assert isinstance(sent, OrderSnapshot)
    assert sent.buyer is not None
    assert sent.buyer.key == "4f1c9a7be0d2@customer.otto.market"
    assert sent.buyer.reply_to == "4F1c9a7be0d2@customer.otto.market"
    assert sent.ship_to is not None
    assert sent.ship_to.lines == ("Ida Muster", "Beispielweg 1", "12345 Musterstadt", "DEU")
    assert sent.ship_to.country == "DE"


def test_what_left_long_ago_is_not_read_whole_by_itself() -> None:
    late = replace(recorded(SENT), received_at=datetime(2027, 1, 20, tzinfo=UTC))

    assert [type(one) for one in CONNECTOR.parse(late)] == [OrderSnapshot, OrderSnapshot]


def test_one_order_that_is_unlike_the_others_takes_none_with_it() -> None:
    payload = recorded(SENT)

    unread, other = CONNECTOR.parse(replace(payload, body=payload.body.replace(b'"SENT"', b'"VANISHED"')))

    assert isinstance(unread, Unreadable)
    assert unread.subject == "kx7b000555"
    assert isinstance(other, OrderSnapshot)


def test_a_parcel_is_where_its_newest_scan_saw_it() -> None:
    (told,) = CONNECTOR.parse(recorded("otto/api/parcels/delivered.json"))

    assert isinstance(told, OrderSnapshot)
    (parcel,) = told.parcels or ()
    assert told.number == "kx7b000555"
    assert (parcel.state, parcel.said, parcel.carrier) == (TrackingState.DELIVERED, "DELIVERED", "HERMES")
    assert parcel.delivered_at == datetime(2026, 11, 20, 12, 5, tzinfo=UTC)
    assert (told.lines, told.refunds, told.state) == (None, None, None)


def test_a_parcel_that_moved_names_its_orders_once() -> None:
    assert CONNECTOR.parse(recorded("otto/api/shipment/delivered.json")) == (
        OrderNamed(external_id="5f0c8a10-0000-4000-8000-000000000555"),
    )


def test_receipts_tell_what_went_back() -> None:
    (told,) = CONNECTOR.parse(recorded("otto/api/receipts/part_and_return.json"))

    assert isinstance(told, OrderSnapshot)
    assert [(one.external_id, one.amount, one.reason) for one in told.refunds or ()] == [
        ("2026-0002", 500, "REFUND_COMPLAINT_ITEM"),
        ("2026-0003", 1990, "RETURN"),
    ]
    assert [(one.external_id, one.kind, one.amount) for one in told.documents or ()] == [
        ("2026-0001", DocumentKind.INVOICE, 6876),
        ("2026-0002", DocumentKind.PART_CREDIT_NOTE, 500),
        ("2026-0003", DocumentKind.CREDIT_NOTE, 1990),
    ]


def test_a_return_waits_for_us_until_it_is_decided() -> None:
    announced, accepted, rejected, astray = CONNECTOR.parse(recorded("otto/api/returns/all_states.json"))

    assert isinstance(announced, ReturnNotice)
    assert (announced.state, announced.order_number) == (ReturnState.REQUESTED, "kx7b000555")
    assert (announced.carrier, announced.tracking) == ("HERMES", "R1234567890123456789")
    assert announced.received_at == announced.changed_at == datetime(2026, 11, 20, 14, tzinfo=UTC)
    assert [(one.title, one.sku) for one in announced.items] == [("Lampe Mira", "LW-01")]
    assert isinstance(accepted, ReturnNotice)
    assert (accepted.state, accepted.reason) == (ReturnState.REFUNDED, "RETURN_RECEIVED")
    assert isinstance(rejected, ReturnNotice)
    assert (rejected.state, rejected.reason) == (ReturnState.REFUSED, "ITEM_DAMAGED")
    assert isinstance(astray, ReturnNotice)
    assert (astray.state, astray.reason, astray.comment) == (ReturnState.ON_THE_WAY, "MISDIRECTED", "HH-1")


def test_a_return_whose_order_is_not_known_is_told_by_its_piece() -> None:
    unknown = replace(recorded("otto/api/returns/all_states.json"), headers={})

    assert {type(one) for one in CONNECTOR.parse(unknown)} == {Unreadable}


def test_stock_is_told() -> None:
    lamp, shade = CONNECTOR.parse(recorded("otto/api/stock/two.json"))

    assert lamp == StockNotice(sku="LW-01", at=RECEIVED, available=7)
    assert shade == StockNotice(sku="LW-02", at=RECEIVED, available=0)


def test_an_answer_about_something_else_is_passed_over() -> None:
    other = replace(recorded("otto/api/stock/two.json"), about="brands")

    assert CONNECTOR.parse(other) == (Ignored(reason="answer_of_another_kind"),)


def requests() -> Iterator[Json]:
    """The requests that OTTO gives as examples."""
    examples = SHIPMENTS.root["components"]["examples"]
    yield from (one["value"] for name, one in examples.items() if "Request" in name)


def refusals() -> Iterator[tuple[int, Json]]:
    """What OTTO says when something is wrong, with its status."""
    components = SHIPMENTS.root["components"]
    yield from ((400, one["value"]) for name, one in components["examples"].items() if name.endswith("Response"))
    for name, schema in components["schemas"].items():
        if "errors" in schema.get("example", {}):
            yield next(status for word, status in _STATUS.items() if name.startswith(word)), schema["example"]


def parcels() -> Iterator[Json]:
    """A parcel in a list, and one by itself, by the examples of its fields."""
    schemas = SHIPMENTS.root["components"]["schemas"]
    yield schemas["ShipmentWithMinimumDetails"]["example"]
    fields = schemas["Shipment"]["properties"]
    whole = {name: of["example"] for name, of in fields.items() if "example" in of}
    items = schemas["CreateShipmentRequest"]["properties"]["positionItems"]["example"]
    yield {**whole, "trackingKey": schemas["TrackingKey"]["example"], "positionItems": items}


def answered(status: int, told: Json) -> HttpResponse:
    return HttpResponse(status=status, headers={}, body=dumps(told).encode())


@needs_specifications
def test_every_request_that_is_an_example_fits_both_specifications() -> None:
    found = [*requests()]

    assert len(found) == 3
    for told in found:
        body = dumps(told).encode()
        assert SHIPMENTS.complaints_about_request("POST", "/v1/shipments", _HEADERS, body) == []
        strict = FACTS.complaints_about_request("POST", "/v1/shipments", _HEADERS, body)
        # In 2025 freight wants its number, too; ours always has one.
        lacks = "trackingNumber" not in told["trackingKey"]
        assert [one for one in strict if "'trackingNumber' is a required property" in one] == strict
        assert bool(strict) is lacks


@needs_specifications
def test_every_refusal_that_is_an_example_is_told_in_ottos_words() -> None:
    to_senders, to_readers = Counter[str](), Counter[bool]()
    for status, told in refusals():
        title = told["errors"][0]["title"]
        result = to_sender(answered(status, told))
        assert isinstance(result, Refused | Uncertain)
        assert title in result.reason
        to_senders[type(result).__name__] += 1
        stopped = to_reader(answered(status, told))
        assert isinstance(stopped, Stopped)
        assert not stopped.reconnect
        to_readers[stopped.lacks] += 1

    assert to_senders == {"Refused": 12, "Uncertain": 6}
    assert to_readers == {False: 16, True: 2}


@needs_specifications
def test_no_refusal_under_any_name_is_an_exception() -> None:
    for _status, told in refusals():
        for about in ("orders", "order", "parcels", "shipment", "receipts", "returns", "stock"):
            payload = RawPayload(
                number=1,
                source=Source.API,
                body=dumps(told).encode(),
                received_at=RECEIVED,
                recorded_at=RECEIVED,
                about=about,
            )
            for meaning in CONNECTOR.parse(payload):
                assert isinstance(meaning, Unreadable) or meaning.reason == "empty_page"  # type: ignore[union-attr]


@needs_specifications
def test_every_parcel_that_is_an_example_is_understood() -> None:
    listed, whole = (read_value(told, Shipment) for told in parcels())

    assert (listed.shipment_id, whole.shipment_id) == ("101068626890", "101068391469")
    assert len({one.sales_order_id for one in whole.position_items}) == 1
    assert len(whole.position_items) == 2
