"""Where carriers show their parcels: for platforms that tell a number, and no address to follow it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote

import msgspec

_FILE = Path(__file__).with_name("carriers.yaml")


class Carrier(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A carrier by the names it is known by, and its page of a parcel with {number} in it."""

    names: tuple[str, ...]
    page: str


class _Carriers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    checked: str
    carriers: tuple[Carrier, ...]


@cache
def carriers() -> tuple[Carrier, ...]:
    """All whose page is known."""
    return msgspec.yaml.decode(_FILE.read_bytes(), type=_Carriers).carriers


def parcel_page(carrier: str, number: str) -> str:
    """Where this carrier shows this parcel; empty for a carrier that we do not know, and without a number."""
    page = _pages().get(bare(carrier))
    return page.format(number=quote(number.strip(), safe="")) if page and number.strip() else ""


@cache
def _pages() -> Mapping[str, str]:
    return {bare(name): carrier.page for carrier in carriers() for name in carrier.names}


def bare(name: str) -> str:
    """A carrier's name as it is compared, however it was typed."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
