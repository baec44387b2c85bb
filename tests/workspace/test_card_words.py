"""Every kind of card is said in words, with its number and without."""

import pytest
from django.utils import translation

from tresen.channels.cards import Card, CardKind
from tresen.workspace.card_words import card_words


@pytest.mark.parametrize("kind", CardKind)
def test_each_kind_is_said_with_its_number_and_without(kind: CardKind) -> None:
    assert "5764" in card_words(Card(kind=kind, number="5764"))
    unnumbered = card_words(Card(kind=kind))
    assert unnumbered
    assert "%" not in unnumbered


def test_a_card_is_said_in_the_agents_language_and_its_part_as_the_platform_has_it() -> None:
    with translation.override("de"):
        words = card_words(Card(kind=CardKind.DELIVERY, number="5764", part="9"))
    assert words == "Karte der Lieferung zu Bestellung 5764 · 9"
