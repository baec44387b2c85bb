"""What people send instead of words: cards that a platform's app makes of an order, a product and the like."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_LONGEST = 300


class CardKind(StrEnum):
    """What a card is of. The last two nobody sent: the platform says what was looked at before the first words."""

    ORDER = "order"
    PRODUCT = "product"
    DELIVERY = "delivery"
    RETURN = "return"
    COUPON = "coupon"
    OTHER = "other"
    FROM_ORDER = "from_order"
    FROM_PRODUCT = "from_product"


CAME_FROM = frozenset({CardKind.FROM_ORDER, CardKind.FROM_PRODUCT})
OF_ORDERS = frozenset({CardKind.ORDER, CardKind.DELIVERY, CardKind.RETURN, CardKind.FROM_ORDER})
"""Whose number is an order's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`number` is the platform's, where it tells one, and `part` what of it: a parcel, an article.

    `said` are the platform's own words of what stands on the card.
    """

    kind: CardKind
    number: str = ""
    part: str = ""
    said: str = ""


def card_facts(card: Card | None) -> dict[str, str]:
    """What a message keeps of a card, in its `extra`: it is nobody's words, so the text stays empty."""
    if card is None:
        return {}
    facts = {"card": card.kind.value, "card_number": card.number, "card_part": card.part, "card_said": card.said}
    return {name: value[:_LONGEST] for name, value in facts.items() if value}


def card_in(facts: Mapping[str, str]) -> Card | None:
    """The card that the message of these facts is; None for words."""
    kind = facts.get("card", "")
    if not kind:
        return None
    known = CardKind(kind) if kind in set(CardKind) else CardKind.OTHER
    number, part, said = (facts.get(name, "") for name in ("card_number", "card_part", "card_said"))
    return Card(kind=known, number=number, part=part, said=said)
