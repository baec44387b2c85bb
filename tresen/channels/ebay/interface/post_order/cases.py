"""What eBay tells of requests, cases and payment disputes: each change is a notice with a number of its own. Pure.

EBay writes no words for these; subject and text hold its own words for what happened.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tresen.channels.cases import CaseKind, CaseNews, CaseStep
from tresen.channels.contract import (
    Deadline,
    Ignored,
    Inbound,
    NoticeKind,
    PlatformNotice,
    RawPayload,
    Unreadable,
)
from tresen.channels.ebay.interface.orders.shapes import Amount
from tresen.channels.ebay.interface.post_order.shapes import (
    Case,
    Dispute,
    Disputes,
    Found,
    Id,
    Inquiry,
    Moment,
    Request,
)
from tresen.channels.ebay.notices import ORDER_ID
from tresen.channels.typed_json import instant, read_json, read_value

_OVER = frozenset({"CLOSED", "CLOSED_WITH_ESCALATION", "CS_CLOSED"})
_OURS_TO_ACT = frozenset({"WAITING_SELLER_RESPONSE", "ACTION_NEEDED"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """What a thing is, and by which notices we are told of it."""

    what: str
    about: CaseKind
    opened: NoticeKind
    decided: NoticeKind


_INQUIRY = _Kind(
    what="Item not received",
    about=CaseKind.ITEM_NOT_RECEIVED,
    opened=NoticeKind.ITEM_NOT_RECEIVED_OPENED,
    decided=NoticeKind.CASE_CLOSED,
)
_CASE = _Kind(what="Case", about=CaseKind.ESCALATION, opened=NoticeKind.CASE_ESCALATED, decided=NoticeKind.CASE_CLOSED)
_DISPUTE = _Kind(
    what="Payment dispute",
    about=CaseKind.DISPUTE,
    opened=NoticeKind.CHARGEBACK_OPENED,
    decided=NoticeKind.CHARGEBACK_DECIDED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What requests, cases and disputes have in common."""

    kind: _Kind
    number: str
    status: str
    at: datetime
    respond_by: datetime | None
    order: str
    item: str = ""
    buyer: str = ""
    reason: str = ""
    amount: Amount | None = None


def parse_inquiries(payload: RawPayload) -> Sequence[Inbound]:
    """Requests because an item has not come. Raises NotAsDocumented for what is no page."""
    return _each(payload, read_json(payload.body, Found).members, "inquiryId", _inquiry)


def parse_cases(payload: RawPayload) -> Sequence[Inbound]:
    """Requests that eBay has been called in for. Raises NotAsDocumented for what is no page."""
    return _each(payload, read_json(payload.body, Found).members, "caseId", _case)


def parse_disputes(payload: RawPayload) -> Sequence[Inbound]:
    """Payment disputes. Raises NotAsDocumented for what is no page."""
    found = read_json(payload.body, Disputes).payment_dispute_summaries
    return _each(payload, found, "paymentDisputeId", _dispute)


def _each(
    payload: RawPayload, found: Sequence[object] | None, name: str, read: Callable[[object], _Facts]
) -> Sequence[Inbound]:
    notices: list[Inbound] = []
    for told in found or ():
        try:
            notices.append(_notice(read(told), recorded_at=payload.recorded_at))
        except ValueError as wrong:
            number = told.get(name, "") if isinstance(told, dict) else ""
            notices.append(Unreadable(reason="not_as_documented", subject=str(number)[:80], excerpt=str(wrong)))
    return tuple(notices) or (Ignored(reason="empty_page"),)


def _inquiry(told: object) -> _Facts:
    one = read_value(told, Inquiry)
    return _request(one, _INQUIRY, number=one.inquiry_id, status=one.inquiry_status_enum)


def _case(told: object) -> _Facts:
    one = read_value(told, Case)
    return _request(one, _CASE, number=one.case_id, status=one.case_status_enum)


def _request(one: Request, kind: _Kind, *, number: Id, status: str) -> _Facts:
    return _Facts(
        kind=kind,
        number=str(number),
        status=status,
        at=_time(one.last_modified_date, one.creation_date),
        respond_by=one.respond_by_date.value if one.respond_by_date else None,
        order=one.order_id or "",
        item=str(one.item_id or ""),
        buyer=one.buyer or "",
        amount=one.claim_amount,
    )


def _dispute(told: object) -> _Facts:
    one = read_value(told, Dispute)
    return _Facts(
        kind=_DISPUTE,
        number=one.payment_dispute_id,
        status=one.payment_dispute_status,
        at=instant(one.closed_date or one.open_date),
        respond_by=one.respond_by_date,
        order=one.order_id or "",
        buyer=one.buyer_username or "",
        reason=one.reason or "",
        amount=one.amount,
    )


def _time(*moments: Moment | None) -> datetime:
    """The first that is told. Raises ValueError without any."""
    times = [one.value for one in moments if one and one.value]
    if not times:
        raise ValueError("It says no time.")
    return instant(times[0])


def _notice(facts: _Facts, *, recorded_at: datetime) -> PlatformNotice:
    over, asked = facts.status in _OVER, facts.status in _OURS_TO_ACT
    step = CaseStep.CLOSED if over else CaseStep.ASKED if asked else CaseStep.OPENED
    respond_by = instant(facts.respond_by) if facts.respond_by and not over else None
    amount = f"{facts.amount.value} {facts.amount.currency}" if facts.amount else ""
    lines = (facts.status, facts.reason, amount, facts.buyer)
    return PlatformNotice(
        external_id=f"{facts.kind.about}/{facts.number}/{facts.status}/{respond_by.isoformat() if respond_by else ''}",
        kind=facts.kind.decided if over else facts.kind.opened,
        occurred_at=min(facts.at, recorded_at),
        subject=f"{facts.kind.what}: {facts.number}",
        text="\n".join(filter(None, lines)),
        order_ids=tuple(ORDER_ID.findall(facts.order)[:1]),
        item_ids=(facts.item,) if facts.item else (),
        buyer_name=facts.buyer,
        deadline=Deadline(stated=respond_by.isoformat(), at=respond_by) if respond_by else None,
        case=CaseNews(
            step=step, kind=facts.kind.about, external_id=facts.number[:80], outcome=facts.status if over else ""
        ),
    )
