"""Shops tell of each order that changed by themselves: out of order, some twice, and again where nobody took it."""

import threading
from collections.abc import Sequence
from queue import Empty, Queue
from random import Random

import httpx

from tests.soak.market import WEBHOOK_SECRET, Shop
from tresen.fakes.sales import Sale
from tresen.fakes.shopify.webhooks import Delivery, order_webhook

TAKEN = 200


class Hooks(threading.Thread):
    """One thread for all shops. `twice`: the share of what is told that is told again; `told` counts what was taken."""

    def __init__(self, shops: Sequence[Shop], web: str, *, twice: float = 0.02, seed: int = 1) -> None:
        super().__init__(name="webhooks", daemon=True)
        self.told = self.refused = 0
        self._web, self._twice = web, twice
        self._chance = Random(seed)  # noqa: S311 - chance, not secrecy
        self._waiting: Queue[tuple[int, Delivery]] = Queue()
        self._rest = threading.Event()
        for shop in shops:
            if shop.platform == "shopify":
                shop.world.listeners.append(self._listener(shop))

    def _listener(self, shop: Shop):
        def changed(sale: Sale) -> None:
            self._waiting.put((shop.store.pk, order_webhook(sale, secret=WEBHOOK_SECRET)))

        return changed

    def run(self) -> None:
        with httpx.Client(base_url=self._web, timeout=10, trust_env=False) as client:
            while not (self._rest.is_set() and self._waiting.empty()):
                for store, delivery in self._some():
                    self._tell(client, store, delivery)

    def rest(self) -> None:
        """Tell what there is left to tell, and stop."""
        self._rest.set()
        self.join()

    def _some(self) -> Sequence[tuple[int, Delivery]]:
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

    def _tell(self, client: httpx.Client, store: int, delivery: Delivery) -> None:
        for _time in range(2 if self._chance.random() < self._twice else 1):
            try:
                answer = client.post(f"/hooks/{store}/", content=delivery.body, headers=dict(delivery.headers))
            except httpx.HTTPError:
                self._waiting.put((store, delivery))
                return
            if answer.status_code != TAKEN:
                self.refused += 1
                self._waiting.put((store, delivery))
                return
            self.told += 1
