"""Returns, requests, cases, payment disputes and stock are read as they stand."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.channels.ebay.interface.shop import (
    AT,
    WINDOW,
    a_fake,
    a_sale,
    answer,
    feed,
    number,
    opened,
    read_all,
    understood,
)
from tests.channels.specifications.documents import needs_specifications
from tests.channels.specifications.interface import Interface
from tresen.channels.cases import CaseKind, CaseStep
from tresen.channels.contract import Ignored, NoticeKind, PlatformNotice, Unreadable
from tresen.channels.ebay import CONNECTOR
from tresen.channels.ebay.interface.post_order.returns import _OURS, _STATES
from tresen.channels.feeds import Brings, Page, Stale, Stopped
from tresen.channels.http import HeldBack, Unreached
from tresen.channels.order_news import ReturnNotice, ReturnState, StockNotice
from tresen.fakes.ebay.fulfilment import Disputed
from tresen.fakes.ebay.platform import Ebay
from tresen.fakes.ebay.post_order import Requested

WHOLE = [one.key for one in CONNECTOR.feeds if one.brings is Brings.WHOLE]


def requested(index: int, status: str, **changes: object) -> Requested:
    usual = {
        "id": 5_000_000_000 + index,
        "sale": number(index),
        "status": status,
        "opened_at": AT - timedelta(days=5),
        "changed_at": AT - timedelta(days=1),
        "respond_by": AT + timedelta(days=2),
    }
    return Requested(**(usual | changes))  # type: ignore[arg-type]


def disputed(index: int, status: str, **changes: object) -> Disputed:
    usual = {
        "id": f"{7_000_000_000 + index}",
        "sale": number(index),
        "reason": "ITEM_NOT_RECEIVED",
        "status": status,
        "opened_at": AT - timedelta(days=3),
        "respond_by": AT + timedelta(days=4),
    }
    return Disputed(**(usual | changes))  # type: ignore[arg-type]


def busy_fake(count: int = 3) -> Ebay:
    return a_fake(sales=[a_sale(index) for index in range(count)])


def notices(fake: Ebay, key: str) -> list[PlatformNotice]:
    found = understood(read_all(opened(fake), key)[0])
    assert all(isinstance(each, PlatformNotice) for each in found)
    return [each for each in found if isinstance(each, PlatformNotice)]


def test_a_return_is_told_with_the_day_by_which_we_must_decide() -> None:
    fake = busy_fake()
    back = fake.world.ask_for_return(number(1), reason="DEFECTIVE_ITEM", comment="It flickers.")
    (found,) = understood(read_all(opened(fake), "returns")[0])

    assert isinstance(found, ReturnNotice)
    assert (found.external_id, found.order_number, found.state) == (back.id, number(1), ReturnState.REQUESTED)
    assert (found.reason, found.comment) == ("DEFECTIVE_ITEM", "It flickers.")
    assert (found.decide_by, found.requested_at) == (back.decide_by, back.asked_at)
    assert [(item.title, item.quantity) for item in found.items] == [("220000000001", 1)]

    fake.world.decide_return(back.id, approve=True)
    (decided,) = understood(read_all(opened(fake), "returns")[0])
    assert isinstance(decided, ReturnNotice)
    assert (decided.state, decided.decide_by) == (ReturnState.AUTHORISED, None)


def test_all_returns_come_page_by_page_though_the_reader_dies() -> None:
    fake = a_fake(sales=[a_sale(index) for index in range(205)])
    for index in range(205):
        fake.world.ask_for_return(number(index), reason="DEFECTIVE_ITEM")
    told, _cost = read_all(opened(fake), "returns", dying=True)
    found = [each.external_id for each in understood(told) if isinstance(each, ReturnNotice)]

    assert len(told) == 2
    assert set(found) == {back.id for sale in fake.world.sales.values() for back in sale.returns}


def test_a_state_that_ebay_may_invent_takes_no_other_return_with_it() -> None:
    fake = busy_fake()
    for index in range(2):
        fake.world.ask_for_return(number(index), reason="DEFECTIVE_ITEM")
    told, _cost = read_all(opened(fake), "returns")
    page = json.loads(told[0].body)
    page["members"][0]["state"] = "TELEPORTED"
    odd, usual = understood([replace(told[0], body=json.dumps(page).encode())])

    assert isinstance(odd, Unreadable)
    assert odd.subject == page["members"][0]["returnId"]
    assert isinstance(usual, ReturnNotice)


def test_every_state_of_ebays_has_one_meaning() -> None:
    assert len(_OURS) == sum(len(words) for words in _STATES.values())
    assert set(_STATES) == set(ReturnState)


@pytest.mark.parametrize(
    ("status", "step", "kind", "has_deadline"),
    [
        ("OPEN", CaseStep.OPENED, NoticeKind.ITEM_NOT_RECEIVED_OPENED, True),
        ("WAITING_SELLER_RESPONSE", CaseStep.ASKED, NoticeKind.ITEM_NOT_RECEIVED_OPENED, True),
        ("TELEPORTED", CaseStep.OPENED, NoticeKind.ITEM_NOT_RECEIVED_OPENED, True),
        ("CLOSED", CaseStep.CLOSED, NoticeKind.CASE_CLOSED, False),
        ("CS_CLOSED", CaseStep.CLOSED, NoticeKind.CASE_CLOSED, False),
    ],
)
def test_a_request_is_a_case_with_its_deadline(
    status: str,
    step: CaseStep,
    kind: NoticeKind,
    has_deadline: bool,  # noqa: FBT001
) -> None:
    fake = busy_fake()
    fake.post_order.inquiries.append(requested(1, status))
    (found,) = notices(fake, "inquiries")

    assert found.kind is kind
    assert found.case
    assert (found.case.step, found.case.kind) == (step, CaseKind.ITEM_NOT_RECEIVED)
    assert found.case.external_id == "5000000001"
    assert (found.deadline.at if found.deadline else None) == (AT + timedelta(days=2) if has_deadline else None)
    assert (found.order_ids, found.item_ids, found.buyer_name) == ((number(1),), ("220000000001",), "Member_1")
    assert found.occurred_at == AT - timedelta(days=1)


def test_each_change_of_a_request_is_a_notice_and_the_same_read_again_is_none() -> None:
    fake = busy_fake()
    one = requested(1, "OPEN")
    fake.post_order.inquiries.append(one)
    first = notices(fake, "inquiries")[0].external_id
    again = notices(fake, "inquiries")[0].external_id
    one.respond_by = AT + timedelta(days=3)
    later = notices(fake, "inquiries")[0].external_id
    one.status = "CLOSED"
    over = notices(fake, "inquiries")[0].external_id

    assert first == again
    assert len({first, later, over}) == 3


def test_a_case_is_an_escalation() -> None:
    fake = busy_fake()
    fake.post_order.cases.append(requested(2, "WAITING_CS"))
    (found,) = notices(fake, "cases")
    assert found.kind is NoticeKind.CASE_ESCALATED
    assert found.case
    assert (found.case.step, found.case.kind) == (CaseStep.OPENED, CaseKind.ESCALATION)


def test_a_payment_dispute_says_until_when_we_must_act_and_how_it_ended() -> None:
    fake = busy_fake()
    fake.fulfilment.disputes += [
        disputed(0, "OPEN"),
        disputed(1, "ACTION_NEEDED"),
        disputed(2, "CLOSED", closed_at=AT - timedelta(hours=1)),
    ]
    found = {each.order_ids[0]: each for each in notices(fake, "disputes")}

    assert [one.case.step if one.case else None for _number, one in sorted(found.items())] == [
        CaseStep.OPENED,
        CaseStep.ASKED,
        CaseStep.CLOSED,
    ]
    asked = found[number(1)]
    assert asked.deadline
    assert asked.deadline.at == AT + timedelta(days=4)
    assert asked.kind is NoticeKind.CHARGEBACK_OPENED
    assert "ITEM_NOT_RECEIVED\n105.30 EUR\nMember_1" in asked.text
    assert found[number(2)].kind is NoticeKind.CHARGEBACK_DECIDED


def test_all_stock_comes_though_its_offset_counts_pages() -> None:
    fake = a_fake(stock=401)
    access = opened(fake)
    told, _cost = read_all(access, "stock", dying=True)
    found = {each.sku: each for each in understood(told) if isinstance(each, StockNotice)}

    assert {sku: (one.available, one.title) for sku, one in found.items()} == {
        sku: (level.available, level.title) for sku, level in fake.world.stock.items()
    }
    assert [dict(one.query)["offset"] for one in access.way.asked if one.query] == ["0", "0", "1", "1", "2", "2"]


def test_what_has_no_quantity_is_left_and_one_odd_product_takes_no_other_with_it() -> None:
    told, _cost = read_all(opened(a_fake(stock=2)), "stock")
    page = json.loads(told[0].body)
    page["inventoryItems"] += [{"sku": "S-1"}, {"sku": 5, "availability": "much"}]
    found = understood([replace(told[0], body=json.dumps(page).encode())])

    assert [type(each) for each in found] == [StockNotice, StockNotice, Ignored, Unreadable]


def test_a_list_that_breaks_off_is_told() -> None:
    """Whether Post-Order's offset counts entries everywhere, as its pages say, nobody has tried yet."""
    broken = {"members": [], "paginationOutput": {"totalEntries": 250}}
    found = feed("returns").read(opened(None, answer(200, json.dumps(broken).encode())), WINDOW, "200")
    assert isinstance(found, Stopped)
    assert "250" in found.reason


def test_a_full_page_that_does_not_say_of_how_many_is_followed_by_another() -> None:
    full = json.dumps({"members": [{}] * 200}).encode()
    first = feed("cases").read(opened(None, answer(200, full)), WINDOW, "")
    last = feed("cases").read(opened(None, answer(200, b'{"members": [{}]}')), WINDOW, "200")
    assert isinstance(first, Page)
    assert isinstance(last, Page)
    assert (first.next, last.next) == ("200", "")


def test_an_empty_page_says_nothing() -> None:
    for key in WHOLE:
        assert understood(read_all(opened(a_fake()), key)[0]) == [Ignored(reason="empty_page")]


@pytest.mark.parametrize("key", WHOLE)
@pytest.mark.parametrize(
    ("outcome", "reconnect"),
    [
        (answer(401), True),
        (answer(403), False),
        (answer(500), False),
        (answer(200, b"garbage"), False),
        (HeldBack(after=timedelta(seconds=9), reason="429"), False),
        (Unreached(reason="no line"), False),
    ],
)
def test_what_is_no_answer_says_why(key: str, outcome: object, reconnect: bool) -> None:  # noqa: FBT001
    found = feed(key).read(opened(None, outcome), WINDOW, "")  # type: ignore[arg-type]
    assert isinstance(found, Stopped)
    assert found.reconnect is reconnect
    assert found.lacks == found.reason.startswith("403")
    assert isinstance(feed(key).read(opened(), WINDOW, "elsewhere"), Stale)


@needs_specifications
@pytest.mark.parametrize(("key", "name"), [("returns", "return"), ("inquiries", "inquiry"), ("cases", "case")])
def test_post_order_has_these_paths(key: str, name: str) -> None:
    access = opened(a_fake())
    read_all(access, key)
    known = Interface(f"ebay/specs/{name}_oas3.json", base="/post-order/v2")
    request = access.way.asked[-1]

    assert known.operation(request.method, request.address)
    assert request.headers["authorization"].startswith("IAF ")
    assert request.headers["x-ebay-c-marketplace-id"] == "EBAY_DE"
