"""Pay back (refundCreate). Since 2026-04 Shopify demands a key, and pays once for each.

The same key must come with the same words, or it is refused: so nothing here may depend on what an earlier attempt has
done, neither how the sum is shared among payments nor whether goods go back to stock. They never do: nobody here has
seen them.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from tresen.channels.feeds import Stopped
from tresen.channels.money import in_decimals, minor_units
from tresen.channels.order_door import REFUND_REASONS, ActionOffer, ActionResult, ActionWanted, Done, NotDone
from tresen.channels.outbound import Later, Refused, StoreAccess, Uncertain
from tresen.channels.shopify.acting.answers import (
    CHANGE,
    Made,
    changed,
    found_among,
    is_since,
    looked_at_order,
    read_first,
)
from tresen.channels.shopify.admin.asking import Question
from tresen.channels.shopify.admin.order_shapes import Legacy, Money

_MOST = 30
_PAYMENTS = Question(
    document=f"""
query Payments($id: ID!) {{
  order(id: $id) {{
    presentmentCurrencyCode
    transactions(first: {_MOST}) {{
      id kind status gateway createdAt
      amountSet {{ shopMoney {{ amount }} }}
      parentTransaction {{ id }}
    }}
  }}
}}
""",
    cost=1 + 4 * _MOST,
)
_REFUND = Question(
    document="""
mutation Refund($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) { refund { legacyResourceId } userErrors { message } }
}
""",
    cost=CHANGE,
)
_LOOK = Question(
    document=f"""
query Refunds($id: ID!) {{
  order(id: $id) {{
    refunds(first: {_MOST}) {{ legacyResourceId createdAt totalRefundedSet {{ shopMoney {{ amount }} }} }}
  }}
}}
""",
    cost=1 + 3 * _MOST,
)
_PAID = frozenset({"SALE", "CAPTURE"})
_COUNTS = frozenset({"SUCCESS", "PENDING"})


class _Parent(msgspec.Struct, frozen=True):
    id: str


class _Payment(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    kind: str
    status: str
    created_at: datetime
    amount_set: Money
    gateway: str | None = None
    parent_transaction: _Parent | None = None


class _Payments(msgspec.Struct, frozen=True, rename="camel"):
    presentment_currency_code: str
    transactions: Sequence[_Payment]


class _Refund(Made, frozen=True, rename="camel"):
    total_refunded_set: Money


class _Created(msgspec.Struct, frozen=True):
    refund: Legacy | None = None


class _Refunds(msgspec.Struct, frozen=True):
    refunds: Sequence[_Refund]


def perform(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """Read what was paid, and ask once."""
    read = read_first(wanted, access, _PAYMENTS, _Payments)
    if isinstance(read, Later | Refused):
        return read
    id_, paid = read
    shares = _shared(paid, wanted)
    if isinstance(shares, Refused):
        return shares
    asked = {"key": wanted.key, "input": _refund(wanted, id_, shares)}
    answer = changed(access, _REFUND, asked, name="refundCreate", kind=_Created, errors="userErrors")
    if isinstance(answer, Later | Refused | Uncertain):
        return answer
    return Done(external_id=str(answer.refund.legacy_resource_id) if answer.refund else "")


def look(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """Whether so much went back since it was tried."""
    order = looked_at_order(wanted, access, _LOOK, _Refunds)
    if isinstance(order, Stopped):
        return order
    amount = in_decimals(_sum_of(wanted), wanted.currency)
    return found_among(order.refunds, wanted, fits=lambda one: one.total_refunded_set.shop_money.amount == amount)


def _sum_of(wanted: ActionWanted) -> int:
    return wanted.amount or sum(line.amount for line in wanted.lines)


def _shared(paid: _Payments, wanted: ActionWanted) -> Sequence[tuple[_Payment, int]] | Refused:
    """How the sum is shared among what was paid, or why it cannot be."""
    if paid.presentment_currency_code != wanted.currency:
        return Refused(reason=f"The buyer paid in {paid.presentment_currency_code}: refund this order at Shopify.")
    try:
        shares = [*_shares(paid.transactions, wanted)]
    except ValueError as wrong:
        return Refused(reason=str(wrong))
    if not shares or sum(amount for _, amount in shares) < _sum_of(wanted):
        return Refused(reason="So much was not paid, or has gone back already.")
    return shares


def _shares(payments: Sequence[_Payment], wanted: ActionWanted) -> Iterator[tuple[_Payment, int]]:
    """How much of which payment goes back, the oldest first. Raises ValueError for a sum that is none."""
    left = _sum_of(wanted)
    returned = _returned_before(payments, wanted)
    paid = [one for one in payments if one.kind in _PAID and one.status == "SUCCESS"]
    for payment in sorted(paid, key=lambda one: (one.created_at, one.id)):
        share = min(left, _amount(payment, wanted) - returned.get(payment.id, 0))
        if share > 0:
            yield payment, share
            left -= share


def _returned_before(payments: Sequence[_Payment], wanted: ActionWanted) -> Mapping[str, int]:
    """What went back of each payment before this refund was tried: an earlier attempt of it must not count."""
    found: dict[str, int] = {}
    for one in payments:
        counts = one.kind == "REFUND" and one.status in _COUNTS
        if counts and one.parent_transaction and (wanted.since is None or not is_since(one.created_at, wanted)):
            found[one.parent_transaction.id] = found.get(one.parent_transaction.id, 0) + _amount(one, wanted)
    return found


def _amount(payment: _Payment, wanted: ActionWanted) -> int:
    return minor_units(payment.amount_set.shop_money.amount, wanted.currency)


def _refund(wanted: ActionWanted, order: str, shares: Sequence[tuple[_Payment, int]]) -> dict[str, object]:
    return {
        "orderId": order,
        "note": wanted.words.strip()[:255] or REFUND_REASONS.get(wanted.reason),
        "notify": True,
        "refundLineItems": [
            {
                "lineItemId": f"gid://shopify/LineItem/{line.external_id}",
                "quantity": line.quantity,
                "restockType": "NO_RESTOCK",
            }
            for line in wanted.lines
            if line.quantity
        ],
        "transactions": [
            {
                "orderId": order,
                "parentId": payment.id,
                "gateway": payment.gateway or "",
                "kind": "REFUND",
                "amount": str(in_decimals(amount, wanted.currency)),
            }
            for payment, amount in shares
        ],
    }


REFUND = ActionOffer(
    perform=perform,
    look=look,
    reasons=REFUND_REASONS,
    keyed=True,
    says=("The goods are not put back to stock.", "Shopify tells the buyer by e-mail."),
)
