"""What Tresen has in the end, beside what the platforms know: every difference is a sentence."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.soak.desk import OURS
from tests.soak.life import ELSEWHERE
from tests.soak.market import Shop
from tresen.actions.models import Action, ActionState
from tresen.channels.order_door import OrderAction
from tresen.channels.order_news import OrderState
from tresen.channels.tracking import TrackingState
from tresen.fakes.sales import By, Letter, Sale
from tresen.intake.models import PayloadState, StoredPayload
from tresen.orders.models import Fulfilment, Order, StockLevel
from tresen.outbox.models import Delivery, DeliveryState
from tresen.tickets.models import Direction, Message

# Amazon's orders say nothing of refunds, and its returns come once in hours, by the day.
WITHOUT_REFUNDS = frozenset({"amazon"})


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
        sales, letters = list(shop.world.sales.values()), _letters(shop)
        stock = {level.sku: level.available for level in shop.world.stock.values()}
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
        here, there = _as_kept(order), _as_known(sale)
        for left_out in {"refunded"} if shop.platform in WITHOUT_REFUNDS else ():
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
        "returns": sorted((_digits(back.external_id), back.state) for back in order.returns.all()),
    }


def _is_announced(order: Order, parcel: Fulfilment) -> bool:
    """A number that was told before anything was sent is no parcel yet."""
    return parcel.state == TrackingState.PENDING and order.state == OrderState.OPEN


def _as_known(sale: Sale) -> dict[str, object]:
    return {
        "cancelled": sale.cancelled_at is not None,
        "lines": sorted((line.sku, line.shipped) for line in sale.lines),
        "parcels": sorted(parcel.tracking for parcel in sale.parcels),
        "refunded": sorted(refund.amount for refund in sale.refunds),
        "returns": sorted((_digits(back.id), back.state.value) for back in sale.returns),
    }


def _digits(number: str) -> int:
    """What of a return's number every platform tells: one has no letters in it."""
    return int("".join(sign for sign in number if sign.isdecimal()))


def _letters(shop: Shop) -> Sequence[Letter]:
    return [letter for talk in shop.world.talks.values() for letter in talk.letters]


def _messages(shop: Shop, letters: Sequence[Letter]) -> Iterator[str]:
    """Each letter is one message: one that came in, or one of ours whose sending the platform confirmed."""
    here = Message.objects.filter(conversation__store=shop.store).exclude(external_id="")
    kept = Counter(here.values_list("external_id", flat=True))
    ours = Delivery.objects.filter(store=shop.store, state=DeliveryState.ACCEPTED).exclude(external_id="")
    sent = dict(ours.values_list("external_id", "message__text"))
    for letter in letters:
        if letter.id in sent:
            if letter.text.strip() != sent[letter.id].strip():
                yield f"letter {letter.id} is not what was sent"
        elif kept[letter.id] != 1 and not _is_uncertain(shop, letter):
            yield f"letter {letter.id} of {letter.by} is {kept[letter.id]} messages"


def _is_uncertain(shop: Shop, letter: Letter) -> bool:
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
            texts = Counter(letter.text for letter in _letters(shop) if letter.text.startswith(OURS))
            wrong += [f"{shop.name}: “{text}” was taken {times} times" for text, times in texts.items() if times > 1]
            wrong += [one for sale in shop.world.sales.values() for one in _paid_back_twice(shop, sale)]
    return wrong


def _paid_back_twice(shop: Shop, sale: Sale) -> Iterator[str]:
    there = Counter(back.amount for back in sale.refunds if back.reason not in {ELSEWHERE, "cancelled"})
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
