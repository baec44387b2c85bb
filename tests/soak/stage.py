"""All that goes on at once: life at the platforms and what they tell, visitors of websites, letters by mail."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from tests.soak.channels import MAILED
from tests.soak.correspondence import Correspondence
from tests.soak.hooks import Hooks
from tests.soak.life import Life
from tests.soak.market import Shop
from tests.soak.reckoning import Compared, compare
from tests.soak.visitors import Visitors


class Place(Protocol):
    """Where people write to us beside the platforms' interfaces. `happened` counts what they did."""

    happened: Counter[str]

    @property
    def letters(self) -> int:
        """How many were written."""

    def start(self) -> None:
        """They begin."""

    def rest(self) -> None:
        """Nobody writes any more; what is answered is still taken."""

    def stop(self) -> None:
        """All ends."""

    def differences(self) -> Iterator[str]:
        """What is otherwise here than there."""


def spread(platforms: Sequence[str], stores: int) -> Mapping[str, int]:
    """So many stores in all, as evenly as can be; where that is not even, the first ones have one more."""
    each, more = divmod(stores, len(platforms))
    return {platform: each + (place < more) for place, platform in enumerate(platforms)}


class Stage:
    """`shops` are open by then; `counts`: how many stores of each channel; `a_second`: how much happens in all."""

    def __init__(self, shops: Sequence[Shop], counts: Mapping[str, int], web: str, *, a_second: float) -> None:
        self.shops = shops
        self.life = Life(shops, a_second=a_second)
        self.hooks = Hooks(shops, web)
        self.places: list[Place] = []
        every = sum(counts.values()) / a_second
        mailed = [shop for shop in shops if shop.platform in MAILED]
        plain, websites = counts.get("email", 0), counts.get("website", 0)
        if mailed or plain or websites:
            letters = Correspondence(mailed, plain=plain, every=every / max(1, plain + len(mailed)))
            self.places.append(letters)
            if websites:
                visitors = Visitors(web, websites=websites, every=every / websites)
                for store in visitors.stores:
                    letters.serve(store)  # who has left gets his answer by mail
                self.places.append(visitors)

    def start(self) -> None:
        """Everything begins."""
        self.life.start()
        self.hooks.start()
        for place in self.places:
            place.start()

    def rest(self) -> None:
        """Nothing happens any more, and what there was to tell is told."""
        self.life.rest()
        self.hooks.rest()
        for place in self.places:
            place.rest()

    def stop(self) -> None:
        """The servers end."""
        for place in reversed(self.places):
            place.stop()

    @property
    def happened(self) -> Counter[str]:
        """How often what happened."""
        return sum((place.happened for place in self.places), Counter(self.life.happened))

    def compared(self) -> Mapping[str, Compared]:
        """Each shop, and each place, by its name."""
        shops = {shop.name: compare(shop) for shop in self.shops}
        return shops | {type(place).__name__.lower(): _of_letters(place) for place in self.places}


def _of_letters(place: Place) -> Compared:
    return Compared(orders=0, letters=place.letters, stock=0, differences=tuple(place.differences()))
