"""Chargebacks and inquiries of shops with Shopify Payments, as its webhooks and older resources (REST) name them."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import msgspec

from tresen.channels.cases import CaseKind, CaseNews, CaseStep
from tresen.channels.inbound import Deadline, NoticeKind, PlatformNotice
from tresen.channels.shopify.shapes import Text
from tresen.channels.typed_json import instant

_WANTS_EVIDENCE = "needs_response"
_WITH_THE_BANK = "under_review"
_DECIDED: Mapping[str, str] = {
    "won": "It was decided for you.",
    "lost": "It was decided for the buyer.",
    "accepted": "It was accepted.",
    "prevented": "It was prevented.",
    "charge_refunded": "The buyer has his money back.",
}


class ShopDispute(msgspec.Struct, frozen=True):
    """Money that a buyer's bank has taken back ("chargeback") or asks about ("inquiry")."""

    id: int
    type: str
    status: str
    amount: Decimal
    currency: str
    initiated_at: datetime
    reason: Text = None
    evidence_due_by: datetime | None = None
    evidence_sent_on: datetime | None = None
    finalized_on: datetime | None = None


def notice_of(dispute: ShopDispute, *, order: str, recorded_at: datetime) -> PlatformNotice:
    """What is told of it, one notice for each state. `order` is empty where only its id is told, as by webhook.

    Once the evidence is with the bank nothing is owed any more: the case is closed until it is decided. Raises
    ValueError for a time that is none.
    """
    known = dispute.status in {_WANTS_EVIDENCE, _WITH_THE_BANK, *_DECIDED}
    happened = dispute.finalized_on or dispute.evidence_sent_on or dispute.initiated_at
    occurred_at = instant(dispute.initiated_at if dispute.status == _WANTS_EVIDENCE else happened)
    name = "Chargeback" if _is_chargeback(dispute) else "Inquiry"
    about = f" over order {order}" if order else ""
    words = [
        f"{name} of {dispute.amount} {dispute.currency}{about}: {(dispute.reason or 'general').replace('_', ' ')}.",
        _said(dispute),
    ]
    return PlatformNotice(
        external_id=f"dispute/{dispute.id}/{dispute.status}",
        kind=_kind(dispute),
        occurred_at=min(occurred_at, recorded_at),
        subject=f"{name}: {dispute.status.replace('_', ' ')}",
        text=" ".join(words).strip(),
        order_ids=(order,) if order else (),
        deadline=_deadline(dispute),
        case=_case(dispute) if known else None,
        problems=() if known else ("notice_unknown",),
    )


def _is_chargeback(dispute: ShopDispute) -> bool:
    return dispute.type != "inquiry"


def _kind(dispute: ShopDispute) -> NoticeKind:
    if not _is_chargeback(dispute):
        return NoticeKind.CASE_CLOSED if dispute.status in _DECIDED else NoticeKind.OTHER
    if dispute.status == _WANTS_EVIDENCE:
        return NoticeKind.CHARGEBACK_OPENED
    return NoticeKind.CHARGEBACK_DECIDED if dispute.status in _DECIDED else NoticeKind.OTHER


def _case(dispute: ShopDispute) -> CaseNews:
    kind = CaseKind.CHARGEBACK if _is_chargeback(dispute) else CaseKind.DISPUTE
    if dispute.status == _WANTS_EVIDENCE:
        return CaseNews(step=CaseStep.OPENED, kind=kind, external_id=str(dispute.id))
    return CaseNews(step=CaseStep.CLOSED, kind=kind, external_id=str(dispute.id), outcome=dispute.status)


def _deadline(dispute: ShopDispute) -> Deadline | None:
    if dispute.status != _WANTS_EVIDENCE or dispute.evidence_due_by is None:
        return None
    due = instant(dispute.evidence_due_by)
    return Deadline(stated=due.isoformat(), at=due)


def _said(dispute: ShopDispute) -> str:
    if dispute.status == _WANTS_EVIDENCE:
        due = dispute.evidence_due_by
        return f"Evidence is taken until {instant(due):%Y-%m-%d %H:%M} UTC." if due else "Evidence is wanted."
    if dispute.status == _WITH_THE_BANK:
        return "The evidence is with the bank, which decides."
    return _DECIDED.get(dispute.status, "")
