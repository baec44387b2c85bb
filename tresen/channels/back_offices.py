"""Where sellers work by hand at a platform: the address of an order there, for what no interface does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tresen.channels.order_door import OrderRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Whose pages they are: the store's marketplace, and what was entered when it was connected; no secrets."""

    marketplace: str = ""
    entered: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackOffice:
    """The platform's pages for sellers. `title` is its name, the same in every language.

    `address` leads to an order there, and for one without a number to where orders are listed; empty where what was
    entered does not tell.
    """

    title: str
    address: Callable[[OrderRef, Seat], str]
