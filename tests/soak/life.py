"""What goes on at the platforms meanwhile: buyers buy, write and send back; the seller also works there himself."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import deepcopy
from datetime import timedelta
from random import Random

from tests.soak.channels import ANSWERS, DECISIONS, QUESTIONS, REFUNDS, RETURNS, WISHES
from tests.soak.market import Shop
from tresen.channels.tracking import TrackingState
from tresen.fakes.market import numbered
from tresen.fakes.sales import By, Letter, Sale, Talk
from tresen.fakes.woocommerce.platform import FakeWooCommerce
from tresen.fakes.world import NotPossible

ELSEWHERE = "elsewhere"
"""The word by which the seller's own doings at the platform are told from what Tresen did there."""


type Happening = tuple[str, int, Callable[[Shop], None]]
"""Its name, how often it is among others, and what happens."""


class Life(threading.Thread):
    """So many things happen a second, at all accounts in turn, until it is told to rest."""

    def __init__(self, shops: Sequence[Shop], *, a_second: float, seed: int = 1) -> None:
        super().__init__(name="life at the platforms", daemon=True)
        self.shops, self.pause = shops, 1 / a_second
        self.chance = Random(seed)  # noqa: S311 - the same life in every run
        self.happened: Counter[str] = Counter()
        self._number = 10_000
        self._rest = threading.Event()

    def run(self) -> None:
        while self.shops and not self._rest.wait(self.pause):
            shop = self.chance.choice(self.shops)
            name, happening = self._one(shop)
            with suppress(NotPossible):
                happening(shop)
                self.happened[name] += 1

    def rest(self) -> None:
        """Nothing happens any more."""
        self._rest.set()
        self.join()

    def _one(self, shop: Shop) -> tuple[str, Callable[[Shop], None]]:
        """One of what happens there, as often as it is told beside it."""
        usual: list[Happening] = [
            (QUESTIONS, 8, self._asks),
            (ANSWERS, 2, self._answers),
            ("orders", 6, self._buys),
            ("parcels", 4, self._ships),
            ("scans", 6, self._scans),
            ("cancellations", 1, self._cancels),
            (WISHES, 2, self._asks_to_cancel),
            (REFUNDS, 2, self._refunds),
            (RETURNS, 2, self._wants_to_return),
            (DECISIONS, 1, self._decides),
            ("stock levels", 2, self._counts),
        ]
        there = [one for one in usual if shop.played.knows(one[0])]
        name, _weight, happening = self.chance.choices(there, weights=[weight for _name, weight, _ in there])[0]
        return name, happening

    def _sale(self, shop: Shop) -> Sale:
        return self.chance.choice(list(shop.world.sales.values()))

    def _buys(self, shop: Shop, remark: str = "") -> None:
        """Somebody buys what was bought before; `remark` is what he says at the checkout."""
        self._number += 1
        like, world = self._sale(shop), shop.world
        number, internal = numbered(shop.platform, self._number)
        lines = [deepcopy(line) for line in like.lines]
        for place, line in enumerate(lines):
            line.id, line.shipped, line.cancelled = str(self._number * 10 + place), 0, 0
        at = world.now()
        if remark and isinstance(shop.entry.fake, FakeWooCommerce):
            shop.entry.fake.remarks[number] = remark
        world.buy(
            Sale(
                number=number,
                id=internal,
                buyer=like.buyer,
                lines=lines,
                currency=like.currency,
                ordered_at=at,
                changed_at=at,
                ship_by=at + timedelta(days=2),
            )
        )

    def _ships(self, shop: Shop) -> None:
        self._number += 1
        shop.world.ship(self._sale(shop).number, carrier="DHL", tracking=f"00340434161{self._number:09}")

    def _scans(self, shop: Shop) -> None:
        state = self.chance.choice((TrackingState.OUT_FOR_DELIVERY, TrackingState.DELIVERED, TrackingState.EXCEPTION))
        sale = self._sale(shop)
        if sale.parcels:
            shop.world.scan(sale.number, state)

    def _cancels(self, shop: Shop) -> None:
        shop.world.cancel(self._sale(shop).number, pays_back=not shop.played.charges_when_sent)

    def _asks_to_cancel(self, shop: Shop) -> None:
        sale = self._sale(shop)
        if not sale.parcels:
            shop.world.ask_to_cancel(sale.number)

    def _refunds(self, shop: Shop) -> None:
        sale = self._sale(shop)
        if shop.played.charges_when_sent and not sale.parcels:
            return
        amount = self.chance.randint(100, 900)
        with shop.world.alone():  # nobody reads it before it is said what it is for
            shop.world.refund(sale.number, amount=amount, reason=ELSEWHERE).line = sale.lines[0].id

    def _wants_to_return(self, shop: Shop) -> None:
        sale = self._sale(shop)
        if sale.parcels and not sale.returns:
            with shop.world.alone():
                back = shop.world.ask_for_return(sale.number, reason="Too small")
                if shop.played.decides_itself:
                    shop.world.decide_return(back.id, approve=True)

    def _decides(self, shop: Shop) -> None:
        sale = self._sale(shop)
        for back in sale.returns:
            shop.world.decide_return(back.id, approve=self.chance.random() < 0.5)

    def _counts(self, shop: Shop) -> None:
        shop.world.put_on_shelf(self.chance.choice(list(shop.world.stock)), self.chance.randint(0, 60))

    def _asks(self, shop: Shop) -> None:
        """In the conversation about an order, which the first question begins; where is none, at the checkout."""
        if isinstance(shop.entry.fake, FakeWooCommerce):
            self._buys(shop, remark=f"Bemerkung {self._number}: bitte klingeln.")
            return
        sale, world = self._sale(shop), shop.world
        with world.alone():
            talk = next((one for one in world.talks.values() if one.sale == sale.number), None) or world.begin(
                Talk(
                    id=world.number("8800"),
                    buyer=sale.buyer,
                    topic="Frage zur Bestellung",
                    sale=sale.number,
                    item=sale.lines[0].item,
                )
            )
            self._number += 1
            world.write(talk.id, by=By.BUYER, text=f"Frage {self._number}: wo ist mein Paket?")

    def _answers(self, shop: Shop) -> None:
        self._number += 1
        text = f"Antwort von dort {self._number}."
        talks = [talk for talk in shop.world.talks.values() if _waits(talk.letters)]
        if talks:
            shop.world.write(self.chance.choice(talks).id, by=By.SELLER, text=text, to=(By.BUYER,), subject=ELSEWHERE)


def _waits(letters: Sequence[Letter]) -> bool:
    return bool(letters) and letters[-1].by is By.BUYER
