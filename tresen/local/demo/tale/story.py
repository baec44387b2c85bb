"""The demo shop's story: who bought what, who wrote why, and how it went. Pure, and the same for the same seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tresen.local.demo.tale import rhythm, words
from tresen.local.demo.tale.besides import besides, callers_orders
from tresen.local.demo.tale.data import data_file
from tresen.local.demo.tale.happenings import Answered, AnsweredThere, Happening, Noticed, Plot, Wrote
from tresen.local.demo.tale.mails import Thread
from tresen.local.demo.tale.orders import PlannedOrder, planned_order
from tresen.local.demo.tale.people import Buyer, any_buyer
from tresen.local.demo.tale.products import any_product
from tresen.local.demo.tale.stores import PLATFORMS, STORES, StorePlan, store_plan
from tresen.local.demo.tale.telling import Telling

DAYS = 42
KNOWN_FOR = timedelta(days=170)
"""So long before the story ends the shop was founded here; its orders are of the last three months."""
TICKETS = 2_000
OLD_ORDERS = 600
_KNOWN_BUYER = 0.13
_VIP = 0.03
_ONLY_A_NOTICE = 0.045
_NOT_UNDERSTOOD = ("amazon_de", "ebay_de")
"""Of these stores' platforms comes a notice each that no reader knows."""
_RETURN_NOTICES = ("return_authorised", "return_requested")
_WORST = ("claim_threat", "chargeback_threat", "a_to_z_threat", "bad_review_threat", "legal_threat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All of it. `orders` also holds those that nobody wrote about."""

    plots: tuple[Plot, ...]
    orders: tuple[PlannedOrder, ...]


def story(*, seed: int, now: datetime, tickets: int = TICKETS, days: int = DAYS) -> Story:
    """Six weeks of a shop that end `now`."""
    dice = Random(seed)  # noqa: S311 (invented data)
    teller = Teller(dice, now)
    plots = [
        teller.plot(number, at)
        for number, at in enumerate(rhythm.arrivals(dice, now=now, days=days, count=tickets - len(_NOT_UNDERSTOOD)))
    ]
    plots += [teller.not_understood(tickets + number, key) for number, key in enumerate(_NOT_UNDERSTOOD)]
    plots.sort(key=lambda plot: plot.happenings[0].at)
    orders = [plot.thread.order for plot in plots if plot.thread.order]
    orders += [teller.quiet_order() for _ in range(OLD_ORDERS * tickets // TICKETS)]
    return Story(plots=tuple(plots), orders=tuple({order.number: order for order in orders}.values()))


def with_small_stores(told: Story, *, now: datetime) -> Story:
    """The same, and what happened at the small stores."""
    more = besides(now)
    plots = sorted((*told.plots, *more), key=lambda plot: plot.happenings[0].at)
    orders = [plot.thread.order for plot in more if plot.thread.order]
    return Story(plots=tuple(plots), orders=(*told.orders, *orders, *callers_orders(now)))


class Teller:
    """Makes up one matter after the other, and remembers who bought where."""

    def __init__(self, dice: Random, now: datetime) -> None:
        self.dice = dice
        self.now = now
        self.known: dict[str, list[Buyer]] = {store.key: [] for store in STORES}

    def plot(self, number: int, at: datetime, *, store: StorePlan | None = None) -> Plot:
        """The matter that begins `at`, at this store or any."""
        store = store or self.dice.choices(STORES, weights=[store.share for store in STORES])[0]
        buyer = self._buyer(store)
        if store.channel in {"amazon", "ebay"} and self.dice.random() < _ONLY_A_NOTICE:
            return self._only_a_notice(number, store, buyer, at)
        intent, entry = self._intent(store, at)
        order = self._order(store, buyer, entry, at)
        thread = Thread(
            key=f"{number}",
            store=store,
            buyer=buyer,
            product=order.product if order else any_product(self.dice),
            order=order,
            subject="",
        )
        threats = self._threats(store, entry, intent)
        first = words.question(self.dice, intent, about(thread, at), threats=threats)
        topic = entry["topic"][store.language] if store.channel == "amazon" else first.subject
        thread = replace(thread, subject=topic)
        urgent = intent == "injury" or bool(set(threats) & set(_WORST))
        told = Telling(self.dice, thread, intent, entry, now=self.now, urgent=urgent)
        happenings = told.after(Wrote(at=at, text=first.text))
        if order:
            _let_it_take_its_course(order, at, happenings, asks_about_refund=intent == "refund_status")
        return Plot(
            thread=thread,
            intent=intent,
            vip="vip_escalation" in threats or self.dice.random() < _VIP,
            happenings=happenings,
        )

    def quiet_order(self) -> PlannedOrder:
        """An order nobody wrote about, of somebody who is known where possible."""
        store = self.dice.choice(PLATFORMS)
        known = self.known[store.key]
        buyer = self.dice.choice(known) if known and self.dice.random() < 0.6 else any_buyer(self.dice, store)  # noqa: PLR2004 (a share)
        return planned_order(self.dice, store, buyer, at=self.now - timedelta(hours=self.dice.randint(8, 24 * 85)))

    def not_understood(self, number: int, key: str) -> Plot:
        """A notice of a kind that nobody has seen before: a person reads what the platform wants."""
        at, store = self.now - timedelta(hours=self.dice.randint(2, 40)), store_plan(key)
        buyer = any_buyer(self.dice, store)
        return _noticed(number, store, buyer, self._ordered_before(store, buyer, at), "unknown", at)

    def _buyer(self, store: StorePlan) -> Buyer:
        known = self.known[store.key]
        if known and self.dice.random() < _KNOWN_BUYER:
            return self.dice.choice(known)
        known.append(any_buyer(self.dice, store))
        return known[-1]

    def _intent(self, store: StorePlan, at: datetime) -> tuple[str, Mapping[str, Any]]:
        entries = data_file("intents.yaml")
        share = "market" if store.channel in {"amazon", "ebay", "mirakl"} else "own"
        strike = (self.now - at).days in rhythm.STRIKE
        weights = [entry[share] * (3 if strike and entry.get("slow") else 1) for entry in entries.values()]
        intent = self.dice.choices(list(entries), weights=weights)[0]
        return intent, entries[intent]

    def _order(self, store: StorePlan, buyer: Buyer, entry: Mapping[str, Any], at: datetime) -> PlannedOrder | None:
        if "days" not in entry:
            return None
        ordered = at - timedelta(days=self.dice.randint(*entry["days"]), minutes=self.dice.randint(20, 400))
        order = planned_order(self.dice, store, buyer, at=ordered, slow=bool(entry.get("slow")))
        if entry.get("returns"):
            order.return_reason = self.dice.choice(["too_large", "not_as_expected", "defective", "changed_mind"])
            order.returned_at = at + timedelta(days=self.dice.randint(1, 9))
        if entry.get("cancels"):
            order.cancelled, order.cancel_asked_at = True, at
        return order

    def _threats(self, store: StorePlan, entry: Mapping[str, Any], intent: str) -> tuple[str, ...]:
        if self.dice.random() * 1000 >= entry["threats"]:
            patient = intent in {"thanks", "compliment", "newsletter"} or "days" not in entry
            return () if patient or self.dice.random() > 0.02 else ("third_contact",)  # noqa: PLR2004 (a share)
        platform = {"amazon": "a_to_z_threat", "ebay": "claim_threat"}.get(store.channel, "chargeback_threat")
        kind = self.dice.choices(
            [platform, "bad_review_threat", "third_contact", "vip_escalation", "legal_threat"],
            weights=[34, 22, 26, 12, 6],
        )[0]
        return (kind,)

    def _only_a_notice(self, number: int, store: StorePlan, buyer: Buyer, at: datetime) -> Plot:
        order = self._ordered_before(store, buyer, at)
        kinds = {
            "amazon": ["return_authorised"] * 6 + ["refund_issued"] * 3 + ["a_to_z_opened"],
            "ebay": ["return_requested"] * 4 + ["refund_issued"] * 3 + ["item_not_received_opened"],
        }
        return _noticed(number, store, buyer, order, self.dice.choice(kinds[store.channel]), at)

    def _ordered_before(self, store: StorePlan, buyer: Buyer, at: datetime) -> PlannedOrder:
        return planned_order(self.dice, store, buyer, at=at - timedelta(days=self.dice.randint(3, 20)))


def _let_it_take_its_course(
    order: PlannedOrder, asked_at: datetime, happenings: Sequence[Happening], *, asks_about_refund: bool
) -> None:
    """Let the order follow what was answered: cancelled, taken back, or not yet."""
    answered = next((one.at for one in happenings if isinstance(one, Answered | AnsweredThere)), None)
    if order.cancelled:
        order.cancelled_at = answered
    if order.return_reason and asks_about_refund:
        order.returned_at, order.refund_waits = asked_at - timedelta(days=2), answered is None
        order.return_asked_at = max(order.ordered_at, asked_at - timedelta(days=6))
    elif order.return_reason:
        order.return_asked_at, order.return_agreed = asked_at, answered is not None
    noticed = next((one for one in happenings if isinstance(one, Noticed) and one.kind in _RETURN_NOTICES), None)
    if noticed is not None and not order.cancelled:
        # To answer the buyer decides nothing: that is done about the return itself.
        order.return_asked_at, order.return_agreed = noticed.at, noticed.kind == "return_authorised"
        note_in_order(order, noticed.kind, noticed.at)


def _noticed(number: int, store: StorePlan, buyer: Buyer, order: PlannedOrder, kind: str, at: datetime) -> Plot:
    note_in_order(order, kind, at)
    thread = Thread(key=f"{number}", store=store, buyer=buyer, product=order.product, order=order, subject="")
    happening: Happening = Noticed(at=at, kind=kind)
    return Plot(thread=thread, intent="notice", vip=False, happenings=(happening,))


def about(thread: Thread, at: datetime, agent: str = "") -> words.About:
    """What a text in this thread is about."""
    return words.About(
        buyer=thread.buyer, product=thread.product, order=thread.order, at=at, country=thread.store.country, agent=agent
    )


def note_in_order(order: PlannedOrder, kind: str, at: datetime) -> None:
    """Let the order know what the platform said of it."""
    match kind:
        case _ if kind in _RETURN_NOTICES:
            order.return_reason = order.return_reason or "not_as_expected"
            order.returned_at = order.returned_at or at + timedelta(days=4)
            order.return_asked_at = order.return_asked_at or at
        case "refund_issued":
            order.refunded_at = at
        case "a_to_z_opened" | "a_to_z_asked" | "item_not_received_opened":
            order.case, order.case_at = kind, at
