"""What Tresen has in the end, beside what the platforms know: every difference is a sentence."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.soak.desk import OURS
from tests.soak.letters import Written, written_at
from tests.soak.life import ELSEWHERE
from tests.soak.market import Shop
from tests.soak.naming import digits_of, return_names, return_state
from tresen.actions.models import Action, ActionState
from tresen.channels.order_door import OrderAction
from tresen.channels.order_news import OrderState
from tresen.channels.tracking import TrackingState
from tresen.fakes.sales import By, Sale
from tresen.intake.models import PayloadState, StoredPayload
from tresen.orders.models import Fulfilment, Order, StockLevel
from tresen.outbox.models import Delivery, DeliveryState
from tresen.tickets.models import Direction, Message

NOT_ASKED_FOR = frozenset({ELSEWHERE, "cancelled", "RETURN"})
"""Why money went back without a refund of ours: the seller at the platform, a cancellation, a return that was taken."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One shop: so much was compared, and this is otherwise here than there."""

    orders: int
    letters: int
    stock: int
    differences: tuple[str, ...]


def compare(shop: Shop) -> Compared:
    """The shop's orders, letters and stock, one by one."""
    with shop.world.alone():
        sales, letters = list(shop.world.sales.values()), written_at(shop)
        stock = {level.sku: level.available for level in shop.world.stock.values()}
        if not shop.played.sells:
            sales, stock = [], {}
        wrong = [*_orders(shop, sales), *_messages(shop, letters), *_stock(shop, stock)]
    return Compared(
        orders=len(sales),
        letters=len(letters),
        stock=len(stock),
        differences=tuple(f"{shop.name}: {one}" for one in wrong),
    )


def _orders(shop: Shop, sales: Sequence[Sale]) -> Iterator[str]:
    found = Order.objects.filter(store=shop.store).prefetch_related("lines", "fulfilments", "refunds", "returns")
    orders = {order.number: order for order in found}
    for sale in sales:
        order = orders.pop(sale.number, None)
        if order is None:
            yield f"order {sale.number} is missing"
            continue
        here, there = _as_kept(order), _as_known(shop, sale)
        for left_out in shop.played.untold:
            del here[left_out], there[left_out]
        for name in there:
            if here[name] != there[name]:
                yield f"order {sale.number}: {name} is {here[name]}, and there {there[name]}"
    yield from (f"order {number} is not there" for number in orders)


def _as_kept(order: Order) -> dict[str, object]:
    return {
        "cancelled": order.state == OrderState.CANCELLED,
        "lines": sorted((line.sku, line.shipped) for line in order.lines.all()),
        "parcels": sorted(one.tracking for one in order.fulfilments.all() if not _is_announced(order, one)),
        "refunded": sorted(refund.amount for refund in order.refunds.all()),
        "returns": sorted((digits_of(back.external_id), back.state) for back in order.returns.all()),
    }


def _is_announced(order: Order, parcel: Fulfilment) -> bool:
    """A number that was told before anything was sent is no parcel yet."""
    return parcel.state == TrackingState.PENDING and order.state == OrderState.OPEN


def _as_known(shop: Shop, sale: Sale) -> dict[str, object]:
    names = return_names(shop.platform, sale)
    return {
        "cancelled": sale.cancelled_at is not None,
        "lines": sorted((line.sku, line.shipped) for line in sale.lines),
        "parcels": sorted(parcel.tracking for parcel in sale.parcels),
        "refunded": sorted(refund.amount for refund in sale.refunds),
        "returns": sorted(zip(names, (return_state(shop.platform, back) for back in sale.returns), strict=True)),
    }


def _messages(shop: Shop, letters: Sequence[Written]) -> Iterator[str]:
    """Each letter is one message: one that came in, or one of ours whose sending the platform confirmed."""
    here = Message.objects.filter(conversation__store=shop.store).exclude(external_id="")
    kept = Counter(here.values_list("external_id", flat=True))
    ours = Delivery.objects.filter(store=shop.store, state=DeliveryState.ACCEPTED).exclude(external_id="")
    sent = dict(ours.values_list("external_id", "message__text"))
    for letter in letters:
        if letter.name in sent:
            if letter.text.strip() != sent[letter.name].strip():
                yield f"letter {letter.name} is not what was sent"
        elif kept[letter.name] != 1 and not _is_uncertain(shop, letter):
            yield f"letter {letter.name} of {letter.by} is {kept[letter.name]} messages"


def _is_uncertain(shop: Shop, letter: Written) -> bool:
    """Ours, taken by the platform, and nobody here knows so yet: a person will be asked."""
    unsettled = Delivery.objects.filter(store=shop.store, state=DeliveryState.UNCERTAIN, message__text=letter.text)
    return letter.by is By.SELLER and unsettled.exists()


def _stock(shop: Shop, there: Mapping[str, int]) -> Iterator[str]:
    here = dict(StockLevel.objects.filter(store=shop.store).values_list("sku", "available"))
    for sku, available in there.items():
        if here.get(sku) != available:
            yield f"{sku}: {here.get(sku)} on the shelf, and there {available}"


def sent_twice(shops: Iterable[Shop]) -> list[str]:
    """Answers and refunds of ours that the platforms have more often than people here gave them."""
    wrong = []
    for shop in shops:
        with shop.world.alone():
            texts = Counter(letter.text for letter in written_at(shop) if letter.text.startswith(OURS))
            wrong += [f"{shop.name}: “{text}” was taken {times} times" for text, times in texts.items() if times > 1]
            wrong += [one for sale in shop.world.sales.values() for one in _paid_back_twice(shop, sale)]
    return wrong


def _paid_back_twice(shop: Shop, sale: Sale) -> Iterator[str]:
    there = Counter(back.amount for back in sale.refunds if back.reason not in NOT_ASKED_FOR)
    asked = Action.objects.filter(order__store=shop.store, order__number=sale.number, kind=OrderAction.REFUND)
    wanted = Counter(asked.values_list("amount", flat=True))
    done = Counter(asked.filter(state=ActionState.DONE).values_list("amount", flat=True))
    if there - wanted:
        yield f"{shop.name}: {sale.number} got back more than was wanted: {there - wanted}"
    if done - there:
        yield f"{shop.name}: {sale.number} is said to have got back what it has not: {done - there}"


def set_aside() -> list[str]:
    """Why anything that was told could not be understood."""
    aside = StoredPayload.objects.filter(state=PayloadState.QUARANTINED)
    return [f"not understood: {problem}" for problem in aside.values_list("problem", flat=True)]


def standing() -> Mapping[str, Mapping[str, int]]:
    """How many answers and actions came to what."""
    questions = Message.objects.filter(direction=Direction.IN)
    return {
        "answers": Counter(Delivery.objects.values_list("state", flat=True)),
        "actions": Counter(Action.objects.values_list("state", flat=True)),
        "messages": {"in": questions.count()},
        "not done": Counter(_not_done()),
    }


def _not_done() -> Iterator[str]:
    """Of each action that was refused or is uncertain: what, where, and the platform's words."""
    left = Action.objects.filter(state__in=(ActionState.REFUSED, ActionState.UNCERTAIN))
    for action in left.select_related("store"):
        yield f"{action.store.channel} {action.kind} {action.state} ({action.answer[:90]})"


def on_its_way() -> int:
    """What is to leave yet, and what is kept and not understood yet."""
    answers = Delivery.objects.filter(state__in=(DeliveryState.QUEUED, DeliveryState.SENDING)).count()
    actions = Action.objects.filter(state__in=(ActionState.QUEUED, ActionState.SENDING)).count()
    return answers + actions + StoredPayload.objects.filter(state=PayloadState.KEPT).count()
