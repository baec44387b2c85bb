"""What was written at a platform, each letter by the name that its interface gives it."""

import html
from collections.abc import Sequence
from typing import NamedTuple

from tests.soak.market import Shop
from tests.soak.naming import letter_name
from tresen.channels.woocommerce.notes import SYSTEM, name_of
from tresen.fakes.sales import By
from tresen.fakes.woocommerce.platform import FakeWooCommerce


class Written(NamedTuple):
    """One letter."""

    name: str
    by: By
    text: str


def written_at(shop: Shop) -> Sequence[Written]:
    """All of them."""
    if isinstance(shop.entry.fake, FakeWooCommerce):
        return _remarks_and_notes(shop.entry.fake)
    return [
        Written(letter_name(shop.platform, talk, place), letter.by, letter.text)
        for talk in shop.world.talks.values()
        for place, letter in enumerate(talk.letters)
    ]


def _remarks_and_notes(fake: FakeWooCommerce) -> Sequence[Written]:
    """What buyers remarked at the checkout, and what people of the shop wrote to them."""
    remarks = [
        Written(f"remark/{fake.world.sales[number].id}", By.BUYER, text) for number, text in fake.remarks.items()
    ]
    notes = [note for notes in fake.notes.values() for note in notes if note.for_customer and note.author != SYSTEM]
    return [*remarks, *(Written(name_of(note.id), By.SELLER, html.unescape(note.text)) for note in notes)]
