"""Money that went back, once: the platform's refund, with who of us wanted it and why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tresen.actions.models import Action, ActionState
from tresen.channels.order_door import OrderAction
from tresen.orders.models import Order, Refund, Return
from tresen.stores.connectors import connector_of
from tresen.workspace.dates import day_and_time
from tresen.workspace.naming import name_of
from tresen.workspace.setup.stores.labels import label
from tresen.workspace.ticket.orders.words import RETURN_REASONS

AMONG_CLOCKS = timedelta(minutes=5)
"""So far apart a platform's clock and ours may be."""

type Titles = Mapping[tuple[int, str], str]
"""What a store's platform calls its reasons, by store and its word for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundShown:
    """A refund of the platform's; `detail`: why, who of us wanted it, and when."""

    refund: Refund
    detail: str


def refunds_shown(order: Order, wanted: Sequence[Action], titles: Titles, *, at: datetime) -> list[RefundShown]:
    """The order's refunds, each with what we had to do with it."""
    ours = folded(order, wanted)
    return [
        RefundShown(refund=refund, detail=_detail(order, refund, ours.get(refund.pk), titles, at))
        for refund in order.refunds.all()
    ]


def folded(order: Order, wanted: Sequence[Action]) -> dict[int, Action]:
    """Refunds of ours that the platform tells of, by its refund: by its own name for it, else by sum and time."""
    done = [one for one in wanted if one.kind == OrderAction.REFUND and one.state == ActionState.DONE]
    refunds = list(order.refunds.all())
    found = {refund.pk: one for one in done for refund in refunds if refund.external_id in _names(one)}
    named = {one.pk for one in found.values()}
    for one in reversed(done):  # the oldest first, as the platform's are
        if one.pk in named or one.settled_at is None or one.settled_at > order.told_at:
            continue
        same = (
            refund
            for refund in sorted(refunds, key=lambda refund: (refund.refunded_at, refund.pk))
            if refund.pk not in found
            and refund.amount == one.amount
            and refund.refunded_at >= one.asked_at - AMONG_CLOCKS
        )
        if match := next(same, None):
            found[match.pk] = one
    return found


def _names(action: Action) -> set[str]:
    return {name for name in action.external_id.split(",") if name}


def titles_of(orders: Collection[Order], reasons: Collection[str]) -> Titles:
    """What these reasons were called when somebody here chose them."""
    if not reasons:
        return {}
    known = Action.objects.filter(store__in={order.store_id for order in orders}, reason__in=reasons)
    rows = known.exclude(reason_title="").order_by("pk").values_list("store_id", "reason", "reason_title")
    return {(store, reason): title for store, reason, title in rows}


def reason_words(order: Order, reason: str, titles: Titles) -> str:
    """A reason as its platform calls it, as far as we know; else its key, readable."""
    connector = connector_of(order.store)
    if (order.store_id, reason) in titles:
        return label(titles[order.store_id, reason])
    if reason in connector.reasons:
        return label(connector.reasons[reason])
    if reason in RETURN_REASONS:
        return name_of(reason, RETURN_REASONS)
    for offer in connector.actions.values():
        if reason in offer.reasons:
            return label(offer.reasons[reason])
    return _readable(reason)


def why_back(order: Order, back: Return, titles: Titles) -> str:
    """Why goods come back: the reason, and the buyer's own words or what else the platform says of it."""
    known = connector_of(order.store).reasons
    comment = label(known[back.comment]) if back.comment in known else back.comment
    return " – ".join(part for part in (reason_words(order, back.reason, titles), comment) if part)


def _readable(reason: str) -> str:
    """A platform's own sentence as it is; a key (REFUND_DAMAGED) without its shouting."""
    if not reason.isupper() or " " in reason:
        return label(reason)
    for prefix in ("REFUND_", "RETURN_"):
        reason = reason.removeprefix(prefix)
    return reason.replace("_", " ").capitalize()


def _detail(order: Order, refund: Refund, ours: Action | None, titles: Titles, at: datetime) -> str:
    why = label(ours.reason_title) if ours and ours.reason_title else reason_words(order, refund.reason, titles)
    who = ours.asked_by.name if ours and ours.asked_by else ""
    return " · ".join(part for part in (why, who, day_and_time(refund.refunded_at, at)) if part)
