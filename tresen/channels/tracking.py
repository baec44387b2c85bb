"""Where a parcel is, in one vocabulary for all carriers; their own words stand in tracking.yaml, with sources."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

_FILE = Path(__file__).with_name("tracking.yaml")


class TrackingState(StrEnum):
    """`PENDING`: announced, not yet seen by the carrier. `EXCEPTION`: held up, tried in vain, damaged or lost.

    `RETURNED`: on its way back to us, or there.
    """

    PENDING = "pending"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    EXCEPTION = "exception"
    RETURNED = "returned"


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one carrier or platform for each state, as it spells them, and where it publishes them."""

    source: str
    checked: str
    states: Mapping[TrackingState, tuple[str, ...]]


def tracking_state(vocabulary: str, word: str) -> TrackingState | None:
    """What a word of this vocabulary ("shopify", "ups") means; None for one that we do not know.

    Case does not matter. Raises `LookupError` for an unknown vocabulary.
    """
    return _words(vocabulary).get(word.strip().casefold())


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """All of them, by name."""
    return msgspec.yaml.decode(_FILE.read_bytes(), type=dict[str, Vocabulary])


@cache
def _words(vocabulary: str) -> Mapping[str, TrackingState]:
    found = vocabularies().get(vocabulary)
    if found is None:
        raise LookupError(f"There is no tracking vocabulary “{vocabulary}”.")
    return {word.casefold(): state for state, words in found.states.items() for word in words}
