"""Platforms tell by themselves: out of order, some twice, and again where nobody took it.

Shops tell of each order that changed; pages, accounts and numbers of each word, all at the address of their app.
"""

import threading
from collections.abc import Callable, Collection, Sequence
from queue import Empty, Queue
from random import Random

import httpx

from tests.soak.market import Shop
from tests.soak.posts import OF_LETTERS, OF_SALES, OF_STOCK, OfLetter, OfSale, OfStock, Post
from tresen.fakes.sales import Sale, Shelved, Talk
from tresen.fakes.world import Thing

TAKEN = 200


class Hooks(threading.Thread):
    """One thread for all shops. `twice`: the share of what is told that is told again; `told` counts what was taken."""

    def __init__(self, shops: Sequence[Shop], web: str, *, twice: float = 0.02, seed: int = 1) -> None:
        super().__init__(name="webhooks", daemon=True)
        self.told = self.refused = 0
        self._web, self._twice = web, twice
        self._chance = Random(seed)  # noqa: S311 - chance, not secrecy
        self._waiting: Queue[Post] = Queue()
        self._rest = threading.Event()
        for shop in shops:
            if (of_sale := OF_SALES.get(shop.platform)) is not None:
                shop.world.listeners.append(self._of_sales(shop, of_sale))
            if (of_letter := OF_LETTERS.get(shop.platform)) is not None:
                shop.world.keepers.append(self._of_words(shop, of_letter))
            if (of_stock := OF_STOCK.get(shop.platform)) is not None:
                shop.world.keepers.append(self._of_stock(shop, of_stock))

    def _of_sales(self, shop: Shop, told_of: OfSale) -> Callable[[Sale], None]:
        return lambda sale: self._waiting.put(told_of(shop, sale))

    def _of_words(self, shop: Shop, told_of: OfLetter) -> Callable[[Collection[Thing]], None]:
        known: set[str] = set()

        def changed(things: Collection[Thing]) -> None:
            for talk in things:
                new = [one for one in talk.letters if one.id not in known] if isinstance(talk, Talk) else []
                known.update(one.id for one in new)
                for letter in new:
                    assert isinstance(talk, Talk)  # only those have letters
                    self._waiting.put(told_of(shop, talk, letter, self._web))

        return changed

    def _of_stock(self, shop: Shop, told_of: OfStock) -> Callable[[Collection[Thing]], None]:
        def changed(things: Collection[Thing]) -> None:
            for level in things:
                if isinstance(level, Shelved):
                    self._waiting.put(told_of(shop, level))

        return changed

    def run(self) -> None:
        with httpx.Client(base_url=self._web, timeout=10, trust_env=False) as client:
            while not (self._rest.is_set() and self._waiting.empty()):
                for post in self._some():
                    self._tell(client, post)

    def rest(self) -> None:
        """Tell what there is left to tell, and stop."""
        self._rest.set()
        self.join()

    def _some(self) -> Sequence[Post]:
        """What has come about by now, shuffled."""
        some = []
        try:
            some.append(self._waiting.get(timeout=0.5))
            while len(some) < 8:
                some.append(self._waiting.get_nowait())
        except Empty:
            pass
        self._chance.shuffle(some)
        return some

    def _tell(self, client: httpx.Client, post: Post) -> None:
        for _time in range(2 if self._chance.random() < self._twice else 1):
            try:
                answer = client.post(post.path, content=post.body, headers=dict(post.headers))
            except httpx.HTTPError:
                self._waiting.put(post)
                return
            if answer.status_code != TAKEN:
                self.refused += 1
                self._waiting.put(post)
                return
            self.told += 1
