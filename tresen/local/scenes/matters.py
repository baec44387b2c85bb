"""Makes up what buyers write in a scene, with the demo shop's people, products and words. Pure, by its dice."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from tresen.local.demo.tale import words
from tresen.local.demo.tale.data import data_file
from tresen.local.demo.tale.mails import Thread
from tresen.local.demo.tale.orders import order_number, planned_order
from tresen.local.demo.tale.people import any_buyer
from tresen.local.demo.tale.stores import StorePlan, store_plan
from tresen.local.demo.tale.story import about, note_in_order
from tresen.local.scenes.trace import Incoming

AMAZON = (store_plan("amazon_de"), store_plan("amazon_it"))
CLAIM = "a_to_z_asked"
"""Amazon asks for information: from then on a claim has a deadline; its first notice names one that may never begin."""
LEFT_OUT = frozenset({"thanks", "compliment", "injury", "discount_code"})
"""What a scene leaves out: nobody needs to answer it, or it would be about something else."""


class Matters:
    """Makes matters of one scene; each has a buyer and an order of its own."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        entries = data_file("intents.yaml")
        self.intents = [name for name, entry in entries.items() if "days" in entry and name not in LEFT_OUT]
        self.made = 0
        self.numbers = set[str]()

    def messages(self, stores: Iterable[StorePlan], moments: Iterable[datetime]) -> list[Incoming]:
        """One buyer's question for each moment, spread over the stores by their share."""
        plans = list(stores)
        shares = [plan.share for plan in plans]
        return [self.message(self.dice.choices(plans, weights=shares)[0], at) for at in moments]

    def message(self, store: StorePlan, at: datetime) -> Incoming:
        """A question about an order."""
        intent = self.dice.choice(self.intents)
        thread = self._thread(store, at, slow=bool(data_file("intents.yaml")[intent].get("slow")))
        asked = words.question(self.dice, intent, about(thread, at))
        topic = data_file("intents.yaml")[intent]["topic"][store.language] if store in AMAZON else ""
        return Incoming(at=at, thread=replace(thread, subject=topic or asked.subject), text=asked.text)

    def claim(self, store: StorePlan, at: datetime, *, waits: datetime | None = None) -> Incoming:
        """The platform's notice of a claim about an order, to be answered within its three days."""
        thread = self._thread(store, at, slow=True)
        assert thread.order is not None  # a claim is always about one
        note_in_order(thread.order, CLAIM, at)
        return Incoming(at=at, thread=thread, notice=CLAIM, waits=waits)

    def _thread(self, store: StorePlan, at: datetime, *, slow: bool) -> Thread:
        self.made += 1
        buyer = any_buyer(self.dice, store)
        ordered = at - timedelta(days=self.dice.randint(3, 14), minutes=self.dice.randint(20, 400))
        order = planned_order(self.dice, store, buyer, at=ordered, slow=slow)
        while order.number in self.numbers:
            order.number = order_number(self.dice, store)
        self.numbers.add(order.number)
        return Thread(
            key=f"scene/{self.made}", store=store, buyer=buyer, product=order.product, order=order, subject=""
        )


def spread(dice: Random, begins: datetime, ends: datetime, count: int) -> list[datetime]:
    """So many moments, evenly by chance, in [begins, ends), oldest first."""
    seconds = int((ends - begins).total_seconds())
    return sorted(begins + timedelta(seconds=dice.randrange(seconds)) for _ in range(count))
