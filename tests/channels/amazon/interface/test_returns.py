"""What the returns report says."""

from datetime import UTC, datetime

import pytest

from tests.channels.amazon.interface.stores import account, ago, last_days, parsed, payload, read_all, sale, store
from tresen.channels.amazon import CONNECTOR
from tresen.channels.amazon.interface.returns import FEED
from tresen.channels.cases import CaseKind, CaseStep
from tresen.channels.contract import Inbound, NoticeKind, PlatformNotice, Unreadable
from tresen.channels.feeds import Told
from tresen.channels.order_news import ReturnItem, ReturnNotice, ReturnState

NUMBER = "303-1000001-2000001"
ROW = {
    "Order ID": NUMBER,
    "Return request date": "2026-11-18",
    "Return request status": "Approved",
    "Amazon RMA ID": "DXbc1",
    "Merchant SKU": "LW-1",
    "Item Name": "Lamp",
    "Return quantity": "1",
    "Return Reason": "Defective",
}


def read(*lines: dict[str, str]) -> list[Inbound]:
    names = list(dict.fromkeys(name for line in lines for name in line))
    body = "\r\n".join("\t".join(row) for row in (names, *([line.get(name, "") for name in names] for line in lines)))
    return list(CONNECTOR.parse(payload(Told(about="returns", body=body.encode()))))


def test_a_return_read_from_the_fake_is_what_the_fake_knows() -> None:
    fake = account(sale(), sale("303-1000001-2000002"))
    backs = [fake.world.ask_for_return(number, reason="Too big") for number in fake.world.sales]
    for back in backs:
        back.asked_at = ago(hours=1)
    fake.world.decide_return(backs[1].id, approve=True)
    fake.reports.claims.add(NUMBER)

    found = parsed(read_all(FEED, store(fake), last_days()))

    told = [one for one in found if isinstance(one, ReturnNotice)]
    assert [(one.external_id, one.order_number, one.state, one.reason) for one in told] == [
        (back.id, number, back.state, back.reason)
        for back, number in zip(backs, ("303-1000001-2000001", "303-1000001-2000002"), strict=True)
    ]
    assert [one.items for one in told] == [[ReturnItem(title="Lamp", quantity=2, sku="LW-1")]] * 2
    (notice,) = (one for one in found if isinstance(one, PlatformNotice))
    assert (notice.kind, notice.order_ids) == (NoticeKind.A_TO_Z_OPENED, (NUMBER,))


def test_the_items_of_one_return_stand_together() -> None:
    (found,) = read(ROW, ROW | {"Merchant SKU": "LW-2", "Return quantity": "3"})

    assert isinstance(found, ReturnNotice)
    assert [(item.sku, item.quantity) for item in found.items] == [("LW-1", 1), ("LW-2", 3)]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"Return request status": "Pending"}, ReturnState.REQUESTED),
        ({"Return request status": "Denied"}, ReturnState.REFUSED),
        ({"Return request status": "Completed"}, ReturnState.CLOSED),
        ({"Return request status": "Something new"}, ReturnState.REQUESTED),
        ({"Return delivery date": "20-Nov-2026"}, ReturnState.RECEIVED),
        ({"Return request status": "Completed", "Refunded Amount": "49.90"}, ReturnState.REFUNDED),
        ({"Refunded Amount": "0.00"}, ReturnState.AUTHORISED),
    ],
)
def test_how_far_a_return_is(changes: dict[str, str], state: ReturnState) -> None:
    (found,) = read(ROW | changes)

    assert isinstance(found, ReturnNotice)
    assert found.state is state


@pytest.mark.parametrize("flag", ["Y", "true", "Yes"])
def test_a_claim_that_is_flagged_opens_a_case_once(flag: str) -> None:
    told = read(ROW | {"A-to-Z Claim": flag}, ROW | {"A-to-Z Claim": flag})

    notices = [one for one in told if isinstance(one, PlatformNotice)]
    assert [one.external_id for one in notices] == [f"a-to-z/{NUMBER}/DXbc1"]
    assert notices[0].case is not None
    assert (notices[0].case.step, notices[0].case.kind) == (CaseStep.OPENED, CaseKind.A_TO_Z)


def test_a_claim_about_a_return_of_long_ago_is_filed_and_opens_nothing() -> None:
    told = read(ROW | {"A-to-Z Claim": "Y", "Return request date": "2026-09-01"})

    (notice,) = (one for one in told if isinstance(one, PlatformNotice))
    assert (notice.kind, notice.case) == (NoticeKind.OTHER, None)


@pytest.mark.parametrize("flag", ["N", "false", ""])
def test_no_flag_is_no_claim(flag: str) -> None:
    assert [type(one) for one in read(ROW | {"A-to-Z Claim": flag})] == [ReturnNotice]


@pytest.mark.parametrize("day", ["2026-11-18", "18-Nov-2026", "2026-11-18T00:00:00+00:00"])
def test_days_are_read_as_they_are_written(day: str) -> None:
    (found,) = read(ROW | {"Return request date": day})

    assert isinstance(found, ReturnNotice)
    assert found.requested_at == datetime(2026, 11, 18, tzinfo=UTC)


def test_a_row_that_is_odd_costs_no_other() -> None:
    odd = [
        ROW | {"Return request date": "last week", "Amazon RMA ID": "x"},
        ROW | {"Order ID": ""},
        ROW | {"Return request date": "0001-01-01T00:00:00+14:00", "Amazon RMA ID": "y"},
    ]

    found = read(ROW, *odd)

    assert [type(one) for one in found] == [ReturnNotice, Unreadable, Unreadable, Unreadable]
