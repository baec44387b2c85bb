"""Chargebacks, as a shop with Shopify Payments has them."""

from dataclasses import dataclass
from datetime import datetime

from tresen.fakes.sales import Sale
from tresen.fakes.shopify.connections import Told, gid, moment, money, number_of


@dataclass(slots=True, kw_only=True)
class Dispute:
    """The buyer's bank takes money back: `status` in Shopify's words; evidence is taken until `due`."""

    id: str
    sale: str
    amount: int
    currency: str
    initiated_at: datetime
    due: datetime | None
    status: str = "NEEDS_RESPONSE"
    kind: str = "CHARGEBACK"
    reason: str = "FRAUDULENT"


def dispute_told(dispute: Dispute, sale: Sale | None) -> Told:
    """As the Admin API tells it."""
    decided = dispute.status in {"WON", "LOST", "ACCEPTED"}
    return {
        "legacyResourceId": str(number_of(dispute.id)),
        "type": dispute.kind,
        "status": dispute.status,
        "amount": money(dispute.amount, dispute.currency),
        "initiatedAt": moment(dispute.initiated_at),
        "evidenceDueBy": moment(dispute.due),
        "evidenceSentOn": None,
        "finalizedOn": moment(dispute.initiated_at) if decided else None,
        "reasonDetails": {"reason": dispute.reason, "networkReasonCode": None},
        "order": {"id": gid("Order", sale.id), "name": sale.number} if sale else None,
    }
