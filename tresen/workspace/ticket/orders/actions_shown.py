"""What can be done about an order at its platform, and how that which was wanted stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tresen.accounts.actors import Actor
from tresen.actions.asking import offers_for
from tresen.actions.deciding import may_not_approve
from tresen.actions.models import Action, ActionState
from tresen.actions.remaining import is_decided, is_under_way, left_to_refund, left_to_ship
from tresen.channels.order_door import ActionOffer, OrderAction
from tresen.channels.order_news import OrderState, ReturnState
from tresen.orders.models import Order, Return
from tresen.stores.causes import Trouble
from tresen.workspace.dates import day_and_time
from tresen.workspace.money import money
from tresen.workspace.naming import Names, name_of
from tresen.workspace.setup.stores.labels import label
from tresen.workspace.ticket.orders.answer_words import answer_shown
from tresen.workspace.ticket.thread import Choice

BUTTONS: Names = {
    OrderAction.REFUND.value: gettext_lazy("Refund …"),
    OrderAction.CANCEL.value: gettext_lazy("Cancel the order …"),
    OrderAction.KEEP.value: gettext_lazy("Refuse the cancellation …"),
    OrderAction.APPROVE_RETURN.value: gettext_lazy("Approve …"),
    OrderAction.REFUSE_RETURN.value: gettext_lazy("Refuse …"),
    OrderAction.MARK_SHIPPED.value: gettext_lazy("Mark as shipped …"),
}
ICONS = {
    OrderAction.REFUND: "banknote",
    OrderAction.CANCEL: "circle-x",
    OrderAction.KEEP: "undo-2",
    OrderAction.APPROVE_RETURN: "check",
    OrderAction.REFUSE_RETURN: "x",
    OrderAction.MARK_SHIPPED: "truck",
}
HEADINGS: Names = {
    OrderAction.REFUND.value: gettext_lazy("Refund money"),
    OrderAction.CANCEL.value: gettext_lazy("Cancel the order"),
    OrderAction.KEEP.value: gettext_lazy("Refuse the cancellation"),
    OrderAction.APPROVE_RETURN.value: gettext_lazy("Approve the return"),
    OrderAction.REFUSE_RETURN.value: gettext_lazy("Refuse the return"),
    OrderAction.MARK_SHIPPED.value: gettext_lazy("Mark as shipped"),
}
TITLES: Names = {
    OrderAction.REFUND.value: gettext_lazy("Refund"),
    OrderAction.CANCEL.value: gettext_lazy("Cancellation"),
    OrderAction.KEEP.value: gettext_lazy("Cancellation refused"),
    OrderAction.APPROVE_RETURN.value: gettext_lazy("Return approved"),
    OrderAction.REFUSE_RETURN.value: gettext_lazy("Return refused"),
    OrderAction.MARK_SHIPPED.value: gettext_lazy("Marked as shipped"),
}
STATES: Names = {
    ActionState.ASKED.value: gettext_lazy("somebody else must agree"),
    ActionState.QUEUED.value: gettext_lazy("on its way"),
    ActionState.SENDING.value: gettext_lazy("being done"),
    ActionState.DONE.value: gettext_lazy("done"),
    ActionState.REFUSED.value: gettext_lazy("not done"),
    ActionState.UNCERTAIN.value: gettext_lazy("perhaps done"),
    ActionState.DECLINED.value: gettext_lazy("not agreed to"),
}
TONES = {
    ActionState.ASKED: "soon",
    ActionState.QUEUED: "waiting",
    ActionState.SENDING: "waiting",
    ActionState.DONE: "met",
    ActionState.REFUSED: "late",
    ActionState.UNCERTAIN: "soon",
    ActionState.DECLINED: "",
}
STUCK_AFTER = timedelta(minutes=1)
"""What was due so long ago and not even tried can be taken back again: nobody is at work, or the store watches."""
_NOT_SHIPPED = frozenset({OrderState.PENDING.value, OrderState.OPEN.value})
_TO_SHIP = frozenset({OrderState.OPEN.value, OrderState.PART_SHIPPED.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A button that leads to the form of an action."""

    label: str
    icon: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionShown:
    """What was wanted, how it stands, what came of it, and what a person may decide.

    `refusal`: not agreeing, for which a reason may be said. `moves`: it is about to change by itself.
    """

    id: int
    title: str
    state: str
    tone: str
    detail: str
    answer: Trouble
    choices: Sequence[Choice]
    refusal: Choice | None
    moves: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the stores of some orders offer; `wanted`: what was wanted of each order before."""

    ticket: int
    kinds: Mapping[int, Mapping[OrderAction, ActionOffer]]
    wanted: Mapping[int, Sequence[Action]]

    def of_order(self, order: Order) -> list[Offer]:
        """What can be done about this order as it stands."""
        wanted = self.wanted.get(order.pk, ())
        possible = {
            OrderAction.REFUND: order.state != OrderState.PENDING and left_to_refund(order, wanted) > 0,
            OrderAction.CANCEL: order.state in _NOT_SHIPPED and not is_under_way(order, OrderAction.CANCEL, wanted),
            OrderAction.KEEP: self._waits_for_word(order, wanted),
            OrderAction.MARK_SHIPPED: order.state in _TO_SHIP and self._waits_to_be_shipped(order, wanted),
        }
        kinds = [kind for kind, can in possible.items() if can and self._has(order.store_id, kind)]
        return [self._offer(order.pk, kind) for kind in kinds]

    def of_return(self, order: Order, back: Return) -> list[Offer]:
        """What can be decided about this return of the order."""
        decided = is_decided(order, back, self.wanted.get(order.pk, ()))
        if back.state != ReturnState.REQUESTED or decided:
            return []
        kinds = (OrderAction.APPROVE_RETURN, OrderAction.REFUSE_RETURN)
        return [
            self._offer(order.pk, kind, of=f"?return={back.pk}") for kind in kinds if self._has(back.store_id, kind)
        ]

    def _waits_for_word(self, order: Order, wanted: Sequence[Action]) -> bool:
        """Whether the buyer asked for a cancellation, and nobody here is deciding about that."""
        decided = any(is_under_way(order, kind, wanted) for kind in (OrderAction.KEEP, OrderAction.CANCEL))
        return order.cancel_asked_at is not None and order.state in _NOT_SHIPPED and not decided

    def _waits_to_be_shipped(self, order: Order, wanted: Sequence[Action]) -> bool:
        offer = self.kinds.get(order.store_id, {}).get(OrderAction.MARK_SHIPPED)
        if offer is not None and offer.whole:
            return not is_under_way(order, OrderAction.MARK_SHIPPED, wanted)
        return bool(left_to_ship(order, wanted))

    def _has(self, store_id: int, kind: OrderAction) -> bool:
        return kind in self.kinds.get(store_id, ())

    def _offer(self, order_id: int, kind: OrderAction, *, of: str = "") -> Offer:
        address = reverse("order-action", args=[self.ticket, order_id, kind.value]) + of
        return Offer(label=name_of(kind.value, BUTTONS), icon=ICONS[kind], address=address)


def offers_shown(orders: Sequence[Order], wanted: Mapping[int, Sequence[Action]], *, ticket_id: int) -> Offered:
    """What the stores of these orders offer, after what was wanted of them."""
    stores = {order.store_id: order.store for order in orders}
    kinds = {pk: offers_for(store) if not store.shadow else {} for pk, store in stores.items()}
    return Offered(ticket=ticket_id, kinds=kinds, wanted=wanted)


def action_shown(action: Action, order: Order, *, agent_id: int, at: datetime) -> ActionShown:
    """One action about the order in words, with the buttons for what this agent may decide."""
    may_agree = action.state == ActionState.ASKED and not may_not_approve(action, by=Actor.agent(agent_id))
    return ActionShown(
        id=action.pk,
        title=name_of(action.kind, TITLES),
        state=name_of(action.state, STATES),
        tone=TONES[ActionState(action.state)],
        detail=" · ".join(part for part in _details(action, order, at) if part),
        answer=answer_shown(action, at=at),
        choices=tuple([_choice(action, "approval", _("Agree"))] if may_agree else _choices(action, agent_id, at)),
        refusal=_choice(action, "refusal", _("Do not agree")) if may_agree else None,
        moves=action.state == ActionState.SENDING or (_is_fresh(action) and not _is_stuck(action, at)),
    )


def _details(action: Action, order: Order, at: datetime) -> Sequence[str]:
    # What a cancelled order gave back stands in its refunds.
    told = action.kind == OrderAction.CANCEL and action.state == ActionState.DONE and bool(order.refunds.all())
    return (
        money(action.amount, action.currency) if action.amount and not told else "",
        f"{action.carrier} {action.tracking}".strip(),
        label(action.reason_title),
        action.asked_by.name if action.asked_by else "Tresen",
        day_and_time(action.asked_at, at),
    )


def _is_fresh(action: Action) -> bool:
    return action.state == ActionState.QUEUED and not action.attempts and action.next_attempt_at is not None


def _is_stuck(action: Action, at: datetime) -> bool:
    return action.next_attempt_at is not None and at >= action.next_attempt_at + STUCK_AFTER


def _choices(action: Action, agent_id: int, at: datetime) -> list[Choice]:
    match action.state:
        case ActionState.ASKED:
            return [_choice(action, "withdrawal", _("Take back"))] if action.asked_by_id == agent_id else []
        case ActionState.QUEUED if _is_fresh(action):
            return _ways_back(action, at)
        case ActionState.REFUSED:
            return [_choice(action, "retry", _("Try again"))]
        case ActionState.UNCERTAIN:
            return _answers(action)
        case _:
            return []


def _ways_back(action: Action, at: datetime) -> list[Choice]:
    """For some seconds; then only where nobody tries it."""
    if action.next_attempt_at is not None and at < action.next_attempt_at:
        return [_choice(action, "withdrawal", _("Undo"))]
    return [_choice(action, "withdrawal", _("Take back"))] if _is_stuck(action, at) else []


def _answers(action: Action) -> list[Choice]:
    """What somebody says who looked at the platform. That it was not done nobody can know before it was read."""
    done = _choice(action, "confirmation", _("It was done"))
    if action.looked_at is None:
        return [done]
    return [
        done,
        _choice(action, "retry", _("It was not done: try again")),
        _choice(action, "denial", _("It was not done: leave it")),
    ]


def _choice(action: Action, verb: str, words: str) -> Choice:
    return Choice(label=words, address=reverse(f"action-{verb}", args=[action.pk]))
