"""What can be done about an order at its platform, and how that which was wanted stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tresen.accounts.actors import Actor
from tresen.actions.asking import offers_for
from tresen.actions.deciding import may_not_approve
from tresen.actions.models import Action, ActionState
from tresen.channels.order_door import OrderAction
from tresen.channels.order_news import OrderState, ReturnState
from tresen.orders.models import Order, Return
from tresen.workspace.dates import day_and_time
from tresen.workspace.money import money
from tresen.workspace.naming import Names, name_of
from tresen.workspace.setup.stores.labels import label
from tresen.workspace.ticket.thread import Choice

BUTTONS: Names = {
    OrderAction.REFUND.value: gettext_lazy("Refund …"),
    OrderAction.CANCEL.value: gettext_lazy("Cancel the order …"),
    OrderAction.APPROVE_RETURN.value: gettext_lazy("Approve …"),
    OrderAction.REFUSE_RETURN.value: gettext_lazy("Refuse …"),
    OrderAction.MARK_SHIPPED.value: gettext_lazy("Mark as shipped …"),
}
ICONS = {
    OrderAction.REFUND: "banknote",
    OrderAction.CANCEL: "circle-x",
    OrderAction.APPROVE_RETURN: "check",
    OrderAction.REFUSE_RETURN: "x",
    OrderAction.MARK_SHIPPED: "truck",
}
TITLES: Names = {
    OrderAction.REFUND.value: gettext_lazy("Refund"),
    OrderAction.CANCEL.value: gettext_lazy("Cancellation"),
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
    """What was wanted, how it stands, what the platform said, and what a person may decide."""

    title: str
    state: str
    tone: str
    detail: str
    answer: str
    choices: Sequence[Choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the stores of some orders offer."""

    ticket: int
    kinds: Mapping[int, frozenset[OrderAction]]

    def of_order(self, order: Order) -> list[Offer]:
        """What can be done about this order as it stands."""
        possible = {
            OrderAction.REFUND: bool(order.total) and order.state != OrderState.PENDING,
            OrderAction.CANCEL: order.state in _NOT_SHIPPED,
            OrderAction.MARK_SHIPPED: order.state in _TO_SHIP,
        }
        kinds = [kind for kind, can in possible.items() if can and self._has(order.store_id, kind)]
        return [self._offer(order.pk, kind) for kind in kinds]

    def of_return(self, back: Return) -> list[Offer]:
        """What can be decided about this return."""
        if back.state != ReturnState.REQUESTED or back.order_id is None:
            return []
        kinds = (OrderAction.APPROVE_RETURN, OrderAction.REFUSE_RETURN)
        return [
            self._offer(back.order_id, kind, of=f"?return={back.pk}")
            for kind in kinds
            if self._has(back.store_id, kind)
        ]

    def _has(self, store_id: int, kind: OrderAction) -> bool:
        return kind in self.kinds.get(store_id, ())

    def _offer(self, order_id: int, kind: OrderAction, *, of: str = "") -> Offer:
        address = reverse("order-action", args=[self.ticket, order_id, kind.value]) + of
        return Offer(label=name_of(kind.value, BUTTONS), icon=ICONS[kind], address=address)


def offers_shown(orders: Sequence[Order], *, ticket_id: int) -> Offered:
    """What the stores of these orders offer."""
    stores = {order.store_id: order.store for order in orders}
    kinds = {pk: frozenset(offers_for(store)) if not store.shadow else frozenset() for pk, store in stores.items()}
    return Offered(ticket=ticket_id, kinds=kinds)


def action_shown(action: Action, *, agent_id: int, at: datetime) -> ActionShown:
    """One action in words, with the buttons for what this agent may decide."""
    amount = money(action.amount, action.currency) if action.amount else ""
    who = action.asked_by.name if action.asked_by else "Tresen"
    details = (amount, label(action.reason_title), who, day_and_time(action.asked_at, at))
    return ActionShown(
        title=name_of(action.kind, TITLES),
        state=name_of(action.state, STATES),
        tone=TONES[ActionState(action.state)],
        detail=" · ".join(part for part in details if part),
        answer=_answer(action, at),
        choices=tuple(_choices(action, agent_id)),
    )


def _answer(action: Action, at: datetime) -> str:
    looked = ""
    if action.state == ActionState.UNCERTAIN and action.looked_at:
        when = day_and_time(action.looked_at, at)
        looked = _("The platform was read %(when)s and does not show it.") % {"when": when}
    shown = action.answer if action.state in {ActionState.REFUSED, ActionState.UNCERTAIN, ActionState.QUEUED} else ""
    return f"{shown} {looked}".strip()


def _choices(action: Action, agent_id: int) -> list[Choice]:
    match action.state:
        case ActionState.ASKED if not may_not_approve(action, by=Actor.agent(agent_id)):
            return [_choice(action, "approval", _("Agree")), _choice(action, "refusal", _("Do not agree"))]
        case ActionState.ASKED:
            return [_choice(action, "withdrawal", _("Take back"))] if action.asked_by_id == agent_id else []
        case ActionState.QUEUED if not action.attempts:
            return [_choice(action, "withdrawal", _("Undo"))]
        case ActionState.REFUSED:
            return [_choice(action, "retry", _("Try again"))]
        case ActionState.UNCERTAIN:
            again = [_choice(action, "retry", _("Try again"))] if action.looked_at else []
            return [_choice(action, "confirmation", _("It was done")), *again]
        case _:
            return []


def _choice(action: Action, verb: str, words: str) -> Choice:
    return Choice(label=words, address=reverse(f"action-{verb}", args=[action.pk]))
