"""Whether a platform's copy of our own words is of an answer that left from here. Pure.

A platform that copies back what was written in its own screens may do the same with what came by mail. Such a copy says
nothing new: the answer's own receipt stops the clocks, and only for what its composer had seen.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from tresen.intake.items import Item

ON_ITS_WAY = timedelta(days=6)
"""A mail server tries for five days before it gives up."""
WORDS_BELOW = 3
"""So many words a relay may have put below ours: the order's number."""


class Written(NamedTuple):
    """An answer of ours, as it was written here."""

    at: datetime
    text: str


def is_ours(item: Item, written: Iterable[Written]) -> bool:
    """Whether the copy has the words of one of these answers."""
    copy = item.text.split()
    return any(
        words and copy[: len(words)] == words and len(copy) - len(words) <= WORDS_BELOW
        for words in (
            one.text.split() for one in written if item.occurred_at - ON_ITS_WAY <= one.at <= item.occurred_at
        )
    )
