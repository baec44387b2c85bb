"""People at work in Tresen meanwhile: they answer who waits, and act on orders."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from uuid import uuid4

from tests.factories.shops import an_agent
from tests.soak.channels import MAILED, PLAYED
from tresen.accounts.actors import Actor
from tresen.accounts.models import Role
from tresen.actions.asking import CannotAct, Wanted, ask, offers_for
from tresen.actions.remaining import left_to_refund
from tresen.channels.order_door import ActionLine, ActionOffer, OrderAction
from tresen.channels.order_news import OrderState, ReturnState
from tresen.orders.models import Order
from tresen.replies.answering import CannotAnswer, answer
from tresen.tickets.models import Direction, Message, MessageKind, TicketOrder
from tresen.timekeeping import wall

OURS = "Antwort von hier"
ANSWERED = [*(key for key, played in PLAYED.items() if played.inbox), *MAILED, "email", "website"]
HALF_AN_HOUR = timedelta(minutes=30)
_REASONS = {
    ("ebay", OrderAction.REFUND): "OTHER_ADJUSTMENT",
    ("ebay", OrderAction.CANCEL): "OUT_OF_STOCK_OR_CANNOT_FULFILL",
    ("mirakl", OrderAction.REFUND): "REFUND_LATE",
    ("tiktok_shop", OrderAction.CANCEL): "seller_cancel_reason_out_of_stock",
    ("tiktok_shop", OrderAction.KEEP): "reject_made_up_agreement",
    ("tiktok_shop", OrderAction.REFUSE_RETURN): "reject_made_up_agreement",
}
"""Where the platform must be asked for its reasons, or the first of them does not fit."""


@dataclass(slots=True)
class Desk:
    """An administrator, whom no limit holds back."""

    seed: int = 1
    done: Counter[str] = field(default_factory=Counter)
    who: Actor = field(init=False)
    chance: Random = field(init=False)

    def __post_init__(self) -> None:
        self.who = Actor.agent(an_agent(role=Role.ADMIN).pk)
        self.chance = Random(self.seed)  # noqa: S311 - the same choices in every run

    def work(self, *, answers: int = 3, actions: int = 2) -> None:
        """A moment's work."""
        for message in self._waiting(answers):
            self._answer(message)
        tied = TicketOrder.objects.filter(order__isnull=False).select_related("order__store").order_by("?")[:actions]
        for ticket_order in tied:
            self._act(ticket_order.ticket_id, ticket_order.order)

    def _waiting(self, most: int) -> list[Message]:
        """Questions after which nobody has written."""
        written = Message.objects.filter(direction=Direction.IN, kind=MessageKind.MESSAGE)
        asked = written.filter(conversation__store__channel__in=ANSWERED)
        newest = asked.filter(recorded_at__gt=wall.now() - HALF_AN_HOUR).select_related("conversation").order_by("-pk")
        return [one for one in newest[: 10 * most] if not self._is_answered(one)][:most]

    def _is_answered(self, message: Message) -> bool:
        return Message.objects.filter(conversation=message.conversation_id, pk__gt=message.pk).exists()

    def _answer(self, message: Message) -> None:
        assert message.conversation_id is not None
        try:
            answer(
                message.ticket_id,
                conversation_id=message.conversation_id,
                text=f"{OURS} {uuid4()}.",
                answers_up_to=message.pk,
                by=self.who,
                at=wall.now(),
            )
            self.done["answers"] += 1
        except CannotAnswer as no:
            self.done[f"answers refused: {no}"] += 1

    def _act(self, ticket_id: int, order: Order) -> None:
        wanted = self._wanted(order)
        if wanted is None:
            return
        try:
            ask(ticket_id, order.pk, wanted, key=uuid4(), by=self.who, at=wall.now())
            self.done[f"actions: {wanted.kind}"] += 1
        except CannotAct as no:
            self.done[f"{wanted.kind} refused: {no}"] += 1

    def _wanted(self, order: Order) -> Wanted | None:
        """Something that its platform offers and that fits how the order stands."""
        offers = offers_for(order.store)
        for kind in self.chance.sample(sorted(offers), len(offers)):
            wanted = self._fitting(order, kind)
            if wanted is not None:
                reason = _REASONS.get((order.store.channel, kind), "") or next(iter(offers[kind].reasons), "")
                return _with_what_is_asked(replace(wanted, reason=reason), offers[kind])
        return None

    def _fitting(self, order: Order, kind: OrderAction) -> Wanted | None:
        """This, where the order stands so that somebody would want it."""
        match kind:
            case OrderAction.REFUND:
                return self._refund(order)
            case OrderAction.APPROVE_RETURN | OrderAction.REFUSE_RETURN:
                back = order.returns.filter(state=ReturnState.REQUESTED).first()
                return Wanted(kind=kind, return_id=back.external_id) if back else None
            case OrderAction.MARK_SHIPPED if order.state == OrderState.OPEN:
                return Wanted(kind=kind, carrier="DHL", tracking=f"{uuid4().int % 10**14:014}")
            case OrderAction.CANCEL if order.state == OrderState.OPEN:
                return Wanted(kind=kind)
            case OrderAction.KEEP if order.state == OrderState.OPEN and order.cancel_asked_at is not None:
                return Wanted(kind=kind, words="Es ist schon gepackt.")
            case _:
                return None

    def _refund(self, order: Order) -> Wanted | None:
        amount, line = self.chance.randint(100, 900), order.lines.earliest("position")
        if amount > left_to_refund(order):
            return None
        lines = (ActionLine(external_id=line.external_id, quantity=1, amount=amount),)
        return Wanted(kind=OrderAction.REFUND, lines=lines)


def _with_what_is_asked(wanted: Wanted, offer: ActionOffer) -> Wanted:
    """With one of the platform's carriers, and the details that it wants besides."""
    carrier = wanted.carrier if wanted.carrier in offer.carriers else next(iter(offer.carriers), wanted.carrier)
    asked = [one for one in offer.details if not one.with_carriers or carrier in one.with_carriers]
    details = {one.name: next(iter(one.choices), f"{uuid4().int % 10**14:014}") for one in asked}
    return replace(wanted, carrier=carrier if wanted.carrier else "", details=details)
