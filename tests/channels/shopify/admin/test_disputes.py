"""Chargebacks, all of them each time."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.channels.shopify.shop import AT, WINDOW, Visit, a_sale, all_of, answered, cost_of, pages, understood, visit
from tresen.channels.cases import CaseKind, CaseNews, CaseStep
from tresen.channels.contract import Deadline, NoticeKind, PlatformNotice, Stopped, Unreadable
from tresen.channels.http import HttpResponse
from tresen.channels.shopify.admin.disputes import FEED
from tresen.fakes.shopify.disputes import Dispute

DUE = AT + timedelta(days=7)


@pytest.fixture
def shop() -> Visit:
    found = visit(a_sale(1001), a_sale(1002))
    found.fake.shop.disputes["d77"] = Dispute(
        id="d77", sale="821001", amount=9980, currency="EUR", initiated_at=AT, due=DUE
    )
    return found


def only(shop: Visit) -> PlatformNotice:
    (found,) = all_of(FEED, shop.access)
    assert isinstance(found, PlatformNotice)
    return found


def test_a_chargeback_is_a_case_with_a_deadline(shop: Visit) -> None:
    found = only(shop)

    assert (found.kind, found.order_ids, found.occurred_at) == (NoticeKind.CHARGEBACK_OPENED, ("#1001",), AT)
    assert found.case == CaseNews(step=CaseStep.OPENED, kind=CaseKind.CHARGEBACK, external_id="77")
    assert found.deadline == Deadline(stated=DUE.isoformat(), at=DUE)
    assert "99.80 EUR over order #1001: fraudulent." in found.text
    assert found.external_id == "dispute/77/needs_response"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("UNDER_REVIEW", NoticeKind.OTHER),
        ("WON", NoticeKind.CHARGEBACK_DECIDED),
        ("LOST", NoticeKind.CHARGEBACK_DECIDED),
        ("ACCEPTED", NoticeKind.CHARGEBACK_DECIDED),
    ],
)
def test_once_nothing_is_owed_the_case_is_closed(shop: Visit, status: str, kind: NoticeKind) -> None:
    before = only(shop)
    shop.fake.shop.disputes["d77"].status = status
    found = only(shop)

    assert found.external_id != before.external_id
    assert found.kind is kind
    assert found.deadline is None
    assert found.case is not None
    assert (found.case.step, found.case.external_id, found.case.outcome) == (CaseStep.CLOSED, "77", status.lower())


def test_an_inquiry_is_no_chargeback_yet(shop: Visit) -> None:
    shop.fake.shop.disputes["d77"].kind = "INQUIRY"
    found = only(shop)

    assert found.kind is NoticeKind.OTHER
    assert found.case is not None
    assert found.case.kind is CaseKind.DISPUTE
    assert found.deadline is not None


def test_old_ones_are_left_alone_and_costs_are_told(shop: Visit) -> None:
    old = AT - timedelta(days=300)
    shop.fake.shop.disputes["d1"] = Dispute(id="d1", sale="", amount=1, currency="EUR", initiated_at=old, due=None)

    assert len(all_of(FEED, shop.access)) == 1
    assert all(cost_of(request, shop) == request.cost for request in shop.access.way.asked)


def test_a_state_that_is_new_to_us_is_told_and_listed(shop: Visit) -> None:
    (told,) = pages(FEED, shop.access)[0].told
    said = json.loads(told.body)
    said["data"]["disputes"]["nodes"] = [
        {**said["data"]["disputes"]["nodes"][0], "status": "UNHEARD_OF"},
        {"status": 5},
        said["data"]["disputes"]["nodes"][0],
    ]
    found = understood(replace(told, body=json.dumps(said).encode()))

    assert [type(one) for one in found] == [PlatformNotice, Unreadable, PlatformNotice]
    assert isinstance(found[0], PlatformNotice)
    assert (found[0].case, found[0].problems) == (None, ("notice_unknown",))


def test_a_shop_without_the_right_to_see_them_says_so(shop: Visit) -> None:
    shop.fake.shop.scopes = frozenset({"read_orders"})
    step = FEED.read(shop.access, WINDOW, "")

    assert isinstance(step, Stopped)
    assert "read_shopify_payments_disputes" in step.reason
    assert isinstance(FEED.read(answered(HttpResponse(status=502, headers={}, body=b"")), WINDOW, ""), Stopped)
