"""A card is kept among a message's facts, and is the same when it is read back."""

import pytest

from tresen.channels.cards import Card, CardKind, card_facts, card_in


@pytest.mark.parametrize(
    "card",
    [
        Card(kind=CardKind.ORDER, number="5764", said="Order card shared: delivered"),
        Card(kind=CardKind.DELIVERY, number="5764", part="9"),
        Card(kind=CardKind.FROM_PRODUCT),
    ],
)
def test_what_is_kept_is_read_back(card: Card) -> None:
    assert card_in({**card_facts(card), "reply_by": "thread"}) == card


def test_words_are_no_card() -> None:
    assert card_facts(None) == {}
    assert card_in({"reply_by": "thread"}) is None


def test_a_card_of_a_kind_that_is_not_known_yet_is_some_card() -> None:
    assert card_in({"card": "game", "card_number": "7"}) == Card(kind=CardKind.OTHER, number="7")


def test_what_is_kept_is_not_endless() -> None:
    kept = card_facts(Card(kind=CardKind.OTHER, number="7" * 1000, said="x" * 1000))
    assert max(map(len, kept.values())) == 300
