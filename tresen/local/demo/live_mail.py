"""Mails that arrive while the demo runs: new matters, buyers' words on what we answered, copies of what others did."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from tresen.channels.contract import Source
from tresen.local.demo.founding import Shop
from tresen.local.demo.platforms.accounts import Stall
from tresen.local.demo.platforms.going_on import answer_there, asked, bought
from tresen.local.demo.platforms.sales import planned_again
from tresen.local.demo.taking_in import Coming, keep_coming
from tresen.local.demo.tale import words
from tresen.local.demo.tale.data import LANGUAGES
from tresen.local.demo.tale.happenings import Wrote
from tresen.local.demo.tale.mails import Thread, buyers_payload
from tresen.local.demo.tale.notices import own_answer_payload
from tresen.local.demo.tale.orders import PlannedLine, PlannedOrder
from tresen.local.demo.tale.people import Buyer
from tresen.local.demo.tale.products import any_product, products
from tresen.local.demo.tale.stores import STORES, StorePlan
from tresen.local.demo.tale.story import Teller, about
from tresen.orders.models import Order
from tresen.outbox.models import Delivery, DeliveryState
from tresen.stores.models import Store
from tresen.tickets.models import Direction, Message, MessageKind, TicketOrder

KINDS = ("thanks", "agrees", "no_news", "more_details")
FRESH_FOR = timedelta(hours=3)
THREATS = {"amazon": "a_to_z_threat", "ebay": "claim_threat"}
THREATENED_SHARE = 0.12
ANSWERED_SHARE = 0.35
"""How many of the mails answer one of our answers, where there are any."""


def arrive(dice: Random, shop: Shop, stalls: Mapping[str, Stall], *, at: datetime) -> str:
    """One more mail, `at`; gives its key. Now and then it answers what we wrote, else it is a new matter."""
    coming = reply_to_ours(dice, at=at) if dice.random() < ANSWERED_SHARE else None
    coming = coming or new_matter(dice, stalls, at=at)
    keep_coming([coming], shop, at=at + timedelta(milliseconds=1))
    return coming.key


def new_matter(dice: Random, stalls: Mapping[str, Stall], *, at: datetime) -> Coming:
    """The first mail of something new; its order is known at its platform, which shows the buyer's words too."""
    teller = Teller(dice, at + timedelta(hours=1))
    plot = teller.plot(0, at)
    while plot.thread.store.has_inbox or not isinstance(plot.happenings[0], Wrote):
        plot = teller.plot(0, at)
    thread = replace(plot.thread, key=f"live/{dice.getrandbits(64):016x}")
    if thread.order:
        bought(thread.order, stalls[thread.store.sells_at], at=at)
    if stall := stalls.get(thread.store.key):
        asked(thread, plot.happenings[0].text, stall)
    return _coming(thread, plot.happenings[0].text, at=at, number=1)


def answered_in_seller_central(dice: Random, shop: Shop, stalls: Mapping[str, Stall], *, at: datetime) -> str:
    """A colleague answers a buyer at Amazon itself, which sends us a copy; gives its key, or nothing to answer."""
    stall = stalls[dice.choice([plan.key for plan in STORES if plan.channel == "amazon"])]
    number = answer_there(dice, stall, at)
    talk = stall.world.talks.get(number)
    sale = stall.world.sales.get(talk.sale) if talk else None
    if talk is None or sale is None:
        return ""
    order = planned_again(sale, stall.plan)
    thread = Thread(
        key=f"live/{dice.getrandbits(64):016x}",
        store=stall.plan,
        buyer=order.buyer,
        product=order.product,
        order=order,
        subject=talk.topic,
    )
    coming = Coming(
        key=f"{thread.key}/1",
        store=thread.store,
        body=own_answer_payload(thread, talk.letters[-1].text, at=at, number=1),
        received_at=at,
    )
    keep_coming([coming], shop, at=at + timedelta(milliseconds=1))
    return coming.key


def reply_to_ours(dice: Random, *, at: datetime) -> Coming | None:
    """A buyer's reply to an answer that left not long ago and that nobody has replied to yet."""
    # A letter went to a partner: no buyer replies to it.
    by_mail = Store.objects.filter(name__in=[plan.name for plan in STORES if not plan.has_inbox])
    left = Delivery.objects.filter(
        state=DeliveryState.ACCEPTED, accepted_at__gte=at - FRESH_FOR, mailbox=None, store__in=by_mail
    )
    deliveries = left.select_related("message__conversation__identity", "message__ticket", "store")
    answered = [delivery for delivery in deliveries.order_by("-accepted_at")[:40] if not _was_replied_to(delivery)]
    if not answered:
        return None
    delivery = dice.choice(answered)
    thread = _thread_of(dice, delivery, at=at)
    threatens = dice.random() < THREATENED_SHARE
    kind = "no_news" if threatens else dice.choice(KINDS)
    threats = (THREATS.get(thread.store.channel, "bad_review_threat"),) if threatens else ()
    text = words.follow_up(dice, kind if thread.order else "thanks", about(thread, at), threats=threats)
    return _coming(thread, text, at=at, number=2)


def _was_replied_to(delivery: Delivery) -> bool:
    theirs = Message.objects.filter(
        ticket_id=delivery.message.ticket_id, direction=Direction.IN, kind=MessageKind.MESSAGE
    )
    return theirs.filter(occurred_at__gt=delivery.accepted_at).exists()


def _thread_of(dice: Random, delivery: Delivery, *, at: datetime) -> Thread:
    """The matter that an answer belongs to, as far as its rows tell."""
    ticket, conversation = delivery.message.ticket, delivery.message.conversation
    assert conversation is not None  # an answer always stands in a conversation
    store = next(plan for plan in STORES if plan.name == delivery.store.name)
    identity = conversation.identity
    name = identity.name if identity else ""
    buyer = Buyer(
        name=name or "Robin",
        first=(name or "Robin").partition(" ")[0],
        language=ticket.language if ticket.language in LANGUAGES else store.language,
        city="Berlin",
        address=delivery.recipient,
    )
    order = _order_of(ticket.pk, store, buyer, at=at)
    return Thread(
        key=f"live/{dice.getrandbits(64):016x}",
        store=store,
        buyer=buyer,
        product=order.product if order else any_product(dice),
        order=order,
        subject=conversation.subject or ticket.subject,
        answered=delivery.message.external_id,
    )


def _order_of(ticket: int, store: StorePlan, buyer: Buyer, *, at: datetime) -> PlannedOrder | None:
    concerned = TicketOrder.objects.filter(ticket_id=ticket, order__isnull=False).first()
    if concerned is None or concerned.order_id is None:
        return None
    row = Order.objects.get(pk=concerned.order_id)
    known = {product.sku: product for product in products()}
    lines = tuple(PlannedLine(known[line.sku], line.quantity) for line in row.lines.order_by("position"))
    sent = row.fulfilments.first()
    return PlannedOrder(
        number=row.number,
        store=store,
        buyer=buyer,
        ordered_at=row.ordered_at,
        lines=lines,
        by_platform=False,
        carrier=sent.carrier if sent else "DHL",
        tracking=sent.tracking if sent else "",
        shipped_at=sent.shipped_at if sent else None,
        delivered_at=at,
    )


def _coming(thread: Thread, text: str, *, at: datetime, number: int) -> Coming:
    return Coming(
        key=f"{thread.key}/{number}",
        store=thread.store,
        body=buyers_payload(thread, text, at=at, number=number),
        received_at=at,
        source=Source.FORM if thread.by_form else Source.MAIL,
    )
