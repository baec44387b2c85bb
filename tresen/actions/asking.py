"""Wanting something done about an order: checked, limited by role, and put on its way once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor, ActorKind
from tresen.accounts.models import Agent
from tresen.actions.limiting import may_give_back
from tresen.actions.models import Action, ActionState
from tresen.actions.remaining import is_decided, is_under_way, left_to_refund, left_to_ship
from tresen.actions.telling import record_asked
from tresen.channels.order_door import ActionLine, ActionOffer, OrderAction
from tresen.channels.order_news import OrderState, ReturnState
from tresen.orders.coming_back import price_of
from tresen.orders.models import Order, Return
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.stores.leaving import sends_nothing
from tresen.stores.models import Store, StoreConnection
from tresen.tickets.locking import locked
from tresen.tickets.models import TicketOrder

UNDO_WINDOW = timedelta(seconds=6)
"""What is wanted waits this long, so that one key takes it back."""
LONGEST_WORDS = 1_000
LONGEST_DETAIL = 80


class CannotAct(ValueError):
    """It can't be done. The message is a sentence for the agent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be done, as an agent said it. `amount` of each line is in minor units of the order's currency."""

    kind: OrderAction
    lines: Sequence[ActionLine] = ()
    reason: str = ""
    reason_title: str = ""
    words: str = ""
    return_id: str = ""
    carrier: str = ""
    tracking: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


def offers_for(store: Store) -> Mapping[OrderAction, ActionOffer]:
    """What can be done at the store's platform; nothing while it is not connected."""
    offered = connector_of(store).actions
    return offered if offered and StoreConnection.objects.filter(store=store).exists() else {}


@transaction.atomic
def ask(ticket_id: int, order_id: int, wanted: Wanted, *, key: UUID, by: Actor, at: datetime) -> Action:
    """Have it done, now or once somebody else agrees; asked again under the same key it is the same one.

    Raises CannotAct with a sentence for the agent.
    """
    # What a platform tells holds its orders first and their tickets afterwards, and so must everybody.
    order = Order.objects.select_for_update(of=("self",), no_key=True).select_related("store").get(pk=order_id)
    ticket = locked(ticket_id)
    earlier = Action.objects.filter(key=key).first()
    if earlier is not None:
        return earlier
    if not TicketOrder.objects.filter(ticket=ticket, order=order).exists():
        raise CannotAct(_("This order does not belong to the ticket."))
    amount, lines = _check(order, wanted)
    agent = Agent.objects.get(pk=by.id) if by.kind is ActorKind.AGENT and by.id is not None else None
    waits = agent is not None and not may_give_back(agent, amount, order.currency)
    action = Action.objects.create(
        ticket=ticket,
        order=order,
        store=order.store,
        kind=wanted.kind.value,
        key=key,
        currency=order.currency,
        amount=amount,
        lines=[{"id": one.external_id, "quantity": one.quantity, "amount": one.amount} for one in lines],
        reason=wanted.reason,
        reason_title=wanted.reason_title[:200],
        words=wanted.words[:LONGEST_WORDS],
        return_id=wanted.return_id,
        carrier=wanted.carrier[:60],
        tracking=wanted.tracking[:80],
        details=_told(wanted, offers_for(order.store)[wanted.kind]),
        state=ActionState.ASKED if waits else ActionState.QUEUED,
        asked_by=agent,
        asked_at=at,
        next_attempt_at=None if waits else at + UNDO_WINDOW,
    )
    record_asked(action, by=by, at=at, waits=waits)
    return action


def why_not(order: Order, kind: OrderAction, *, return_id: str = "") -> str:
    """Why this can't be done about the order as it stands, whatever is chosen; empty where it may be."""
    try:
        match kind:
            case OrderAction.CANCEL:
                _cancellation(order, keeps_money=True)
            case OrderAction.KEEP:
                _kept(order)
            case OrderAction.APPROVE_RETURN | OrderAction.REFUSE_RETURN:
                _return(order, Wanted(kind=kind, return_id=return_id))
            case _:
                pass
    except CannotAct as cannot:
        return str(cannot)
    return ""


def check_again(action: Action) -> None:
    """Raises CannotAct where what was refused once can't be done any more, as when another one has done it since."""
    wanted = Wanted(
        kind=OrderAction(action.kind),
        lines=lines_of(action),
        reason=action.reason,
        words=action.words,
        return_id=action.return_id,
        carrier=action.carrier,
        tracking=action.tracking,
        details=action.details,
    )
    _check(action.order, wanted)


def lines_of(action: Action) -> Sequence[ActionLine]:
    """The lines that it is about."""
    return [ActionLine(external_id=one["id"], quantity=one["quantity"], amount=one["amount"]) for one in action.lines]


def paid_at_once(order: Order, return_id: str, offer: ActionOffer) -> int:
    """What goes back to the buyer by approving this return, where the platform pays as soon as it is approved."""
    if not offer.pays_line:
        return 0
    told = Return.objects.filter(order=order, external_id=return_id).values_list("pays", "items").first()
    pays, items = told or (None, ())
    if pays is None:
        pays = _price_of(order, return_id, items)
    # What nobody can tell is taken for the most that it can be: limits must not be passed unseen.
    return min(order.total if pays is None else pays, left_to_refund(order))


def _price_of(order: Order, return_id: str, items: Sequence[str]) -> int | None:
    lines = list(order.lines.all())
    line = next((one for one in lines if one.external_id == return_id), None)
    return line.price if line else price_of(items, lines)


def _check(order: Order, wanted: Wanted) -> tuple[int, Sequence[ActionLine]]:
    """What goes back to the buyer, and the lines that it is about. Raises CannotAct."""
    store = order.store
    offer = offers_for(store).get(wanted.kind)
    if offer is None:
        raise CannotAct(_("%(channel)s does not offer this here.") % {"channel": channel_title(store)})
    if kept_here := sends_nothing(store):
        raise CannotAct(kept_here)
    if (offer.reasons or offer.ask_reasons) and not wanted.reason:
        raise CannotAct(_("Choose a reason."))
    _check_said(wanted, offer, channel_title(store))
    match wanted.kind:
        case OrderAction.REFUND:
            return _refund(order, wanted, one_line=offer.one_line), wanted.lines
        case OrderAction.CANCEL:
            return _cancellation(order, keeps_money=offer.keeps_money), ()
        case OrderAction.KEEP:
            return _kept(order), ()
        case OrderAction.APPROVE_RETURN | OrderAction.REFUSE_RETURN:
            _return(order, wanted)
            return paid_at_once(order, wanted.return_id, offer), ()
        case OrderAction.MARK_SHIPPED:
            if offer.carriers and wanted.carrier not in offer.carriers:
                raise CannotAct(_("Choose one of the platform’s carriers."))
            return 0, _shipment(order, wanted, whole=offer.whole)


def _check_said(wanted: Wanted, offer: ActionOffer, channel: str) -> None:
    if offer.needs_words and not wanted.words.strip():
        raise CannotAct(_("Say why: the buyer is told."))
    for asked in offer.details:
        told = wanted.details.get(asked.name, "").strip()
        needed = not asked.with_carriers or wanted.carrier in asked.with_carriers
        if (needed and not told) or (told and asked.choices and told not in asked.choices):
            missing = {"channel": channel, "what": _(asked.label)}
            raise CannotAct(_("%(channel)s wants this, too: %(what)s.") % missing)


def _told(wanted: Wanted, offer: ActionOffer) -> Mapping[str, str]:
    """The details that the platform asks for, as far as they were given."""
    given = {asked.name: wanted.details.get(asked.name, "").strip()[:LONGEST_DETAIL] for asked in offer.details}
    return {name: told for name, told in given.items() if told}


def _refund(order: Order, wanted: Wanted, *, one_line: bool) -> int:
    if one_line and len(wanted.lines) > 1:
        only = _("%(channel)s pays back for one line at a time: ask for the others by themselves.")
        raise CannotAct(only % {"channel": channel_title(order.store)})
    amount = sum(line.amount for line in wanted.lines)
    if any(line.amount < 0 for line in wanted.lines) or amount <= 0:
        raise CannotAct(_("Say how much goes back."))
    known = dict(order.lines.values_list("external_id", "quantity"))
    if any(line.external_id not in known or line.quantity > known[line.external_id] for line in wanted.lines):
        raise CannotAct(_("The order has no such line any more: look at it again."))
    if amount > left_to_refund(order):
        raise CannotAct(_("That is more than is left of what was paid."))
    return amount


def _kept(order: Order) -> int:
    """Nothing goes back of an order that is not cancelled."""
    if order.cancel_asked_at is None or order.state not in {OrderState.PENDING, OrderState.OPEN}:
        raise CannotAct(_("The buyer’s wish to cancel does not wait for a decision any more."))
    if is_under_way(order, OrderAction.KEEP) or is_under_way(order, OrderAction.CANCEL):
        raise CannotAct(_("It is being decided already."))
    return 0


def _cancellation(order: Order, *, keeps_money: bool) -> int:
    if order.state not in {OrderState.PENDING, OrderState.OPEN}:
        raise CannotAct(_("An order that has been shipped or cancelled can’t be cancelled."))
    if is_under_way(order, OrderAction.CANCEL):
        raise CannotAct(_("It is being cancelled already."))
    return 0 if keeps_money else left_to_refund(order)


def _return(order: Order, wanted: Wanted) -> None:
    asked = Return.objects.filter(order=order, external_id=wanted.return_id).first()
    if asked is None or asked.state != ReturnState.REQUESTED or is_decided(order, asked):
        raise CannotAct(_("Nobody waits for a decision about this return any more."))


def _shipment(order: Order, wanted: Wanted, *, whole: bool) -> Sequence[ActionLine]:
    """The pieces that are handed over: those said, else all that wait; none where it is the order at once."""
    if not wanted.carrier.strip() or not wanted.tracking.strip():
        raise CannotAct(_("Name the carrier and the tracking number."))
    if order.state not in {OrderState.OPEN, OrderState.PART_SHIPPED}:
        raise CannotAct(_("Nothing of this order waits to be shipped."))
    if whole:
        if is_under_way(order, OrderAction.MARK_SHIPPED):
            raise CannotAct(_("It is being marked as shipped already."))
        return ()
    left = left_to_ship(order)
    if not left:
        raise CannotAct(_("Nothing of this order waits to be shipped."))
    if any(line.quantity > left.get(line.external_id, 0) for line in wanted.lines):
        raise CannotAct(_("So many pieces do not wait to be shipped: look at the order again."))
    return wanted.lines or [ActionLine(external_id=line, quantity=pieces) for line, pieces in left.items()]
