"""What goes on at the platforms while the demo runs: bought, written, shipped, sent back, answered by somebody there.

All of it happens in the worlds alone. The desk learns of it as it would of anything: by its feeds, when they are read.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from tresen.channels.tracking import TrackingState
from tresen.fakes.sales import By, Letter, Sale, Talk
from tresen.fakes.world import World
from tresen.local.demo.platforms.accounts import Stall
from tresen.local.demo.platforms.sales import buyer_of, person_again, planned_again, sale_of
from tresen.local.demo.tale import words
from tresen.local.demo.tale.happenings import Wrote
from tresen.local.demo.tale.mails import Thread
from tresen.local.demo.tale.orders import PlannedOrder, planned_order
from tresen.local.demo.tale.people import any_buyer
from tresen.local.demo.tale.products import carrier, products, tracking_number
from tresen.local.demo.tale.story import Teller

type Happened = Callable[[Random, Stall, datetime], str]
"""Does something at one account if there is anything to do; gives what it did it to, else nothing."""

REPLY_WITHIN = timedelta(hours=3)
WAITED_FOR = timedelta(minutes=20)
"""Nobody answers there what somebody may just be looking at here."""
CANCEL_WITHIN = timedelta(days=1)
RETURN_WITHIN = timedelta(days=20)
REASONS = ("too_large", "not_as_expected", "defective", "changed_mind")
KINDS = ("thanks", "no_news", "more_details")


def bought(order: PlannedOrder, stall: Stall, *, at: datetime) -> Sale:
    """The order, as it stands `at`, from now on known at the platform and told to the desk as news."""
    number = int(stall.world.number())
    sale = sale_of(order, 100_000 + number, plan=stall.plan, now=at)
    return stall.world.buy(sale)


def asked(thread: Thread, text: str, stall: Stall) -> None:
    """A buyer writes for the first time about a matter; his order is known."""
    world, order = stall.world, thread.order
    with world.alone():
        talk = world.begin(
            Talk(
                id=world.number("60000"),
                buyer=buyer_of(thread.buyer, stall.plan),
                topic=thread.subject,
                sale=order.number if order else "",
                item=thread.product.item if stall.plan.channel == "ebay" else thread.product.sku,
            )
        )
        world.write(talk.id, by=By.BUYER, text=text, to=(By.SELLER,), subject=thread.subject)


def new_order(dice: Random, stall: Stall, at: datetime) -> str:
    """Somebody buys, and writes nothing."""
    placed = planned_order(dice, stall.plan, any_buyer(dice, stall.plan), at=at)
    return bought(placed, stall, at=at).number


def new_question(dice: Random, stall: Stall, at: datetime) -> str:
    """Somebody asks in the platform's inbox."""
    plot = Teller(dice, at + timedelta(hours=1)).plot(0, at, store=stall.plan)
    first = plot.happenings[0]
    if not isinstance(first, Wrote):
        return ""
    if plot.thread.order:
        bought(plot.thread.order, stall, at=at)
    asked(plot.thread, first.text, stall)
    return plot.thread.buyer.name


def reply(dice: Random, stall: Stall, at: datetime) -> str:
    """Somebody replies to what we answered there not long ago."""
    ours = _last_written(stall.world, By.SELLER, lambda letter: letter.at > at - REPLY_WITHIN)
    if not ours:
        return ""
    talk = dice.choice(ours)
    text = words.follow_up(dice, dice.choice(KINDS) if talk.sale else "thanks", _about(talk, stall, at))
    stall.world.write(talk.id, by=By.BUYER, text=text, to=(By.SELLER,), subject=talk.topic)
    return talk.id


def answer_there(dice: Random, stall: Stall, at: datetime) -> str:
    """A colleague answers in the platform's own screens."""
    theirs = _last_written(stall.world, By.BUYER, lambda letter: letter.at < at - WAITED_FOR)
    if not theirs:
        return ""
    talk = dice.choice(theirs)
    text = words.answer(dice, "where_is_my_order" if talk.sale else "product_question", _about(talk, stall, at))
    stall.world.write(talk.id, by=By.SELLER, text=text, to=(By.BUYER,), subject=talk.topic)
    return talk.id


def ship(dice: Random, stall: Stall, at: datetime) -> str:
    """The warehouse hands a parcel over."""
    waiting = [sale for sale in _open(stall.world) if sale.cancel_asked_at is None and sale.ordered_at < at]
    if not waiting:
        return ""
    sale = min(waiting, key=lambda one: (one.ordered_at, one.number))
    by = carrier(dice, stall.plan.country)
    stall.world.ship(sale.number, carrier=by, tracking=tracking_number(dice, by))
    return sale.number


def arrive(dice: Random, stall: Stall, at: datetime) -> str:
    """The carrier delivers."""
    with stall.world.alone():
        travelling = [
            sale
            for sale in stall.world.sales.values()
            if any(parcel.state is TrackingState.IN_TRANSIT for parcel in sale.parcels)
            and sale.parcels[0].shipped_at < at - timedelta(hours=20)
        ]
    if not travelling:
        return ""
    sale = dice.choice(travelling)
    stall.world.scan(sale.number, TrackingState.DELIVERED)
    return sale.number


def wish_to_cancel(dice: Random, stall: Stall, at: datetime) -> str:
    """Somebody wants no parcel."""
    fresh = [sale for sale in _open(stall.world) if at - CANCEL_WITHIN < sale.ordered_at and not sale.cancel_asked_at]
    if not fresh:
        return ""
    sale = dice.choice(fresh)
    stall.world.ask_to_cancel(sale.number)
    return sale.number


def wish_to_return(dice: Random, stall: Stall, at: datetime) -> str:
    """Somebody wants to send something back."""
    with stall.world.alone():
        received = [
            sale
            for sale in stall.world.sales.values()
            if not (sale.returns or sale.refunds or sale.by_platform)
            and any((parcel.delivered_at or at) > at - RETURN_WITHIN for parcel in sale.parcels)
            and all(parcel.state is TrackingState.DELIVERED for parcel in sale.parcels)
        ]
    if not received:
        return ""
    sale = dice.choice(received)
    stall.world.ask_for_return(sale.number, reason=dice.choice(REASONS))
    return sale.number


_ANYWHERE: Sequence[tuple[Happened, int]] = (
    *((new_order, 30), (ship, 25), (arrive, 15)),
    *((wish_to_cancel, 8), (wish_to_return, 8)),
)
_IN_AN_INBOX: Sequence[tuple[Happened, int]] = ((new_question, 40), (reply, 20), (answer_there, 12))


def something(dice: Random, stalls: Mapping[str, Stall], *, at: datetime, happened: Happened | None = None) -> str:
    """One more thing at one of the large stores' platforms, at random unless it is said what.

    Empty where there was nothing to do.
    """
    inboxes = {happening for happening, _weight in _IN_AN_INBOX}
    if happened is None:
        known = (*_ANYWHERE, *_IN_AN_INBOX)
        happened = dice.choices([one for one, _ in known], weights=[weight for _, weight in known])[0]
    large = [stall for stall in stalls.values() if stall.plan.share]
    fitting = [stall for stall in large if stall.plan.has_inbox or happened not in inboxes]
    return happened(dice, dice.choice(fitting), at)


def _open(world: World) -> list[Sale]:
    """What we are to ship, and have not."""
    with world.alone():
        sales = list(world.sales.values())
    return [sale for sale in sales if not (sale.parcels or sale.cancelled_at or sale.by_platform)]


def _last_written(world: World, by: By, fits: Callable[[Letter], bool]) -> list[Talk]:
    """Conversations in which he wrote last, and that fits."""
    with world.alone():
        lasts = [(talk, max(talk.letters, key=lambda one: one.at)) for talk in world.talks.values() if talk.letters]
    return [talk for talk, last in lasts if last.by is by and fits(last)]


def _about(talk: Talk, stall: Stall, at: datetime) -> words.About:
    """What a text in this conversation is about, as far as the platform knows."""
    sale = stall.world.sales.get(talk.sale)
    order = planned_again(sale, stall.plan) if sale else None
    known = [one for one in products() if talk.item in {one.item, one.sku}]
    return words.About(
        buyer=person_again(talk.buyer, stall.plan),
        product=order.product if order else next(iter(known), products()[0]),
        order=order,
        at=at,
        country=stall.plan.country,
        agent="Jana",
    )
