"""Bringing a product's picture from the address that a platform told: nobody else is asked, and nobody is followed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx

from tresen.files.sniffing import PICTURES, kind_of
from tresen.stores.public_places import AddressForbidden, AddressUnknown, Place, place_of

LARGEST = 2_000_000
"""Bytes. It is shown as large as a thumbnail."""
TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_HERE = {"localhost", "127.0.0.1", "::1"}
_MAY_COME_RIGHT = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


@dataclass(frozen=True, slots=True)
class PictureBrought:
    """A picture, of a kind that browsers show."""

    content: bytes = field(repr=False)
    content_type: str


@dataclass(frozen=True, slots=True)
class NoPicture:
    """Nothing that can be shown lies there."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotReached:
    """Nobody answered, or not now: it may come right."""

    reason: str


type PictureOutcome = PictureBrought | NoPicture | NotReached


def bring(address: str, *, interface: str) -> PictureOutcome:
    """The picture at this address of the public web, over https.

    `interface` is where the store's platform is connected to: one on this machine, as a fake is, serves pictures
    itself. The name is looked up once, and what was checked is what is connected to.
    """
    try:
        place = place_of(address, allows_private=_is_its_own(address, interface))
    except AddressForbidden as forbidden:
        return NoPicture(str(forbidden))
    except AddressUnknown as trouble:
        return NotReached(str(trouble))
    if place.scheme != "https" and not _is_its_own(address, interface):
        return NoPicture("Pictures are asked for over https alone.")
    try:
        with _asked(place) as answer:
            return _judged(answer)
    except httpx.HTTPError as trouble:
        return NotReached(f"{type(trouble).__name__}: {trouble}")


@contextmanager
def _asked(place: Place) -> Iterator[httpx.Response]:
    headers = {
        "Host": place.host_header,
        "Accept": ", ".join(PICTURES),
        "Accept-Encoding": "identity",
        "User-Agent": "Tresen",
    }
    with (
        httpx.Client(timeout=TIMEOUT, trust_env=False, follow_redirects=False) as client,
        client.stream("GET", place.url, headers=headers, extensions={"sni_hostname": place.host}) as answer,
    ):
        yield answer


def _judged(answer: httpx.Response) -> PictureOutcome:
    status = answer.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _MAY_COME_RIGHT:
        return NotReached(f"{status}")
    if status != HTTPStatus.OK:
        return NoPicture(f"{status}")
    content = b""
    for part in answer.iter_raw():
        content += part
        if len(content) > LARGEST:
            return NoPicture(f"It is larger than {LARGEST:,} bytes.")
    kind = kind_of(content)
    return PictureBrought(content, kind) if kind in PICTURES else NoPicture("It is no PNG, JPEG, GIF or WebP.")


def _is_its_own(address: str, interface: str) -> bool:
    """Whether a fake platform on this machine, to which the store is connected, serves it itself."""
    try:
        asked, connected = urlsplit(address), urlsplit(interface)
        same = (asked.scheme, asked.hostname, asked.port) == (connected.scheme, connected.hostname, connected.port)
    except ValueError:
        return False
    return same and connected.hostname in _HERE
