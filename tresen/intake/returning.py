"""Which of our answers a bounce is about, before it is filed: it belongs where the answer stands."""

from collections.abc import Sequence

import msgspec

from tresen.channels.contract import ThreadKey, ThreadKeyKind
from tresen.intake.items import Item
from tresen.outbox import receipts
from tresen.outbox.bounced import answer_to
from tresen.tickets.models import MessageKind


def with_answers(items: Sequence[Item]) -> list[Item]:
    """The items; a bounce that names no mail of ours gets the id of the answer that its recipient was sent last."""
    return [_with_answer(item) if item.kind is MessageKind.BOUNCE and not _named(item) else item for item in items]


def failed(item: Item) -> receipts.Failed:
    """What a bounce says, as the outbox wants it told."""
    return receipts.Failed(
        store=item.store.id,
        message_id=_named(item),
        recipient=item.facts["recipient"],
        orders=item.orders,
        reason=item.facts["reason"],
        occurred_at=item.occurred_at,
    )


def _named(item: Item) -> str:
    return next((key.value for key in item.ties if key.kind is ThreadKeyKind.REFERENCE), "")


def _with_answer(item: Item) -> Item:
    about = failed(item)
    if not about.recipient:  # the platform's own notice about an order stands on the order's ticket
        return item
    answer = answer_to(about, window=receipts.RETURNS_WITHIN)
    if not answer:
        return item
    tie = ThreadKey(kind=ThreadKeyKind.REFERENCE, value=answer)
    return msgspec.structs.replace(item, ties=(tie, *item.ties))
