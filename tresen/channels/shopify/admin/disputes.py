"""Chargebacks of the last months, all of them each time: Shopify has no search for what changed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from tresen.channels.feeds import Brings, Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.inbound import Inbound, Unreadable
from tresen.channels.outbound import StoreAccess
from tresen.channels.shopify.admin.asking import Question, ask_to_read
from tresen.channels.shopify.admin.order_shapes import Amount, Legacy, More
from tresen.channels.shopify.admin.places import Place, between, not_read, place_in
from tresen.channels.shopify.disputes import ShopDispute, notice_of
from tresen.channels.typed_json import NotAsDocumented, read_value

DISPUTES = "disputes"
_PAGE = 50
_LONGEST = timedelta(days=180)
"""Banks decide within that time, as a rule."""
_ALL = Question(
    document="""
query Disputes($query: String!, $first: Int!, $after: String) {
  disputes(first: $first, after: $after, query: $query) {
    nodes {
      legacyResourceId type status initiatedAt evidenceDueBy evidenceSentOn finalizedOn
      amount { amount currencyCode }
      reasonDetails { reason }
      order { name }
    }
    pageInfo { hasNextPage endCursor }
  }
}
""",
    cost=2 + 4 * _PAGE,
)


class _Sum(Amount, frozen=True, rename="camel"):
    currency_code: str


class _Reason(msgspec.Struct, frozen=True):
    reason: str


class _Order(msgspec.Struct, frozen=True):
    name: str


class _Dispute(Legacy, frozen=True, rename="camel"):
    type: str
    status: str
    initiated_at: datetime
    amount: _Sum
    reason_details: _Reason | None = None
    order: _Order | None = None
    evidence_due_by: datetime | None = None
    evidence_sent_on: datetime | None = None
    finalized_on: datetime | None = None

    def as_told_by_webhook(self) -> ShopDispute:
        return ShopDispute(
            id=self.legacy_resource_id,
            type=self.type.lower(),
            status=self.status.lower(),
            amount=self.amount.amount,
            currency=self.amount.currency_code,
            initiated_at=self.initiated_at,
            reason=self.reason_details.reason.lower() if self.reason_details else None,
            evidence_due_by=self.evidence_due_by,
            evidence_sent_on=self.evidence_sent_on,
            finalized_on=self.finalized_on,
        )


class _DisputesPage(msgspec.Struct, frozen=True, rename="camel"):
    nodes: Sequence[Any] = ()
    page_info: More = More()


def read(access: StoreAccess, window: Window, place: str) -> Step:
    """One page."""
    at = place_in(place)
    if isinstance(at, Stale):
        return at
    asked = {
        "query": between(window.until - _LONGEST, window.until, "initiated_at"),
        "first": _PAGE,
        "after": at.after or None,
    }
    answer = ask_to_read(access, _ALL, asked)
    if isinstance(answer, Stopped):
        return not_read(answer, at)
    try:
        page = read_value(answer.data.get("disputes"), _DisputesPage)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    following = Place(after=page.page_info.after)
    return Page(told=(Told(about=DISPUTES, body=answer.body),), next=following.text())


def notices_in(data: Mapping[str, Any], *, recorded_at: datetime) -> Iterator[Inbound]:
    """One for each, in its present state."""
    for told in read_value(data.get("disputes"), _DisputesPage).nodes:
        try:
            dispute = read_value(told, _Dispute)
            order = dispute.order.name.strip() if dispute.order else ""
            yield notice_of(dispute.as_told_by_webhook(), order=order, recorded_at=recorded_at)
        except ValueError as wrong:
            yield Unreadable(reason="not_as_documented", subject=DISPUTES, excerpt=str(wrong))


FEED = Feed(key=DISPUTES, title="Chargebacks", read=read, every=timedelta(minutes=30), brings=Brings.WHOLE)
