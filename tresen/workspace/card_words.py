"""What is said of cards that were sent instead of words."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from tresen.channels.cards import Card, CardKind

type _Words = tuple[str | Promise, str | Promise]
"""With a number, and without one."""

_WORDS: Mapping[CardKind, _Words] = MappingProxyType(
    {
        CardKind.ORDER: (lazy("Card of order %(number)s"), lazy("Card of an order")),
        CardKind.PRODUCT: (lazy("Card of product %(number)s"), lazy("Card of a product")),
        CardKind.DELIVERY: (lazy("Card of the delivery of order %(number)s"), lazy("Card of a delivery")),
        CardKind.RETURN: (lazy("Card of a return of order %(number)s"), lazy("Card of a return")),
        CardKind.COUPON: (lazy("Card of coupon %(number)s"), lazy("Card of a coupon")),
        CardKind.OTHER: (lazy("A card (%(number)s)"), lazy("A card")),
        CardKind.FROM_ORDER: (lazy("The buyer came from order %(number)s"), lazy("The buyer came from an order")),
        CardKind.FROM_PRODUCT: (
            lazy("The buyer came from product %(number)s"),
            lazy("The buyer came from a product"),
        ),
    }
)


def card_words(card: Card) -> str:
    """A card as a line, in the active language; the part that it is about stands at the end, as the platform has it."""
    numbered, unnumbered = _WORDS[card.kind]
    words = str(numbered) % {"number": card.number} if card.number else str(unnumbered)
    return f"{words} · {card.part}" if card.part else words
