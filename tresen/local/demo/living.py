"""What happens outside while the demo runs: opened again as it was, then one thing after the other."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random
from socket import socket

from django.conf import settings

from tresen.accounts.actors import SYSTEM
from tresen.local.demo.founding import Shop, known_shop, seem_read, send_through
from tresen.local.demo.live_mail import answered_in_seller_central, arrive
from tresen.local.demo.platforms.accounts import Stalls, stalls_of
from tresen.local.demo.platforms.address import address_of
from tresen.local.demo.platforms.going_on import something
from tresen.local.demo.platforms.keeping import WorldFile
from tresen.local.demo.platforms.letterbox import deliver
from tresen.local.demo.platforms.letting_in import let_in_again
from tresen.local.demo.platforms.worlds import decide, told_to_platforms
from tresen.local.demo.remembering import remembered_story
from tresen.local.demo.sink import running_sink
from tresen.local.demo.visiting import STORE, Website
from tresen.timekeeping import wall

MAIL, THERE = 0.5, 0.06
"""Shares of what happens: mails, and answers given in Seller Central. The rest happens at platforms."""


def live(over: threading.Event, *, home: Path, listening: socket, pauses: tuple[float, float]) -> None:
    """Let things happen, with a pause of so many seconds in between, until `over`."""
    shop = known_shop()
    dice = Random()  # noqa: S311 (invented data)
    website = Website(store=shop.stores[STORE])
    with opened_again(shop, home=home, listening=listening) as stalls:
        while not over.wait(dice.uniform(*pauses)):
            website.go_on(dice, at=wall.now())
            go_on(dice, shop, stalls, at=wall.now())


@contextmanager
def opened_again(shop: Shop, *, home: Path, listening: socket) -> Iterator[Stalls]:
    """Platforms and mail server as they were when they were stopped, or killed; the desk knows where they are."""
    file = kept_file(home)
    try:
        stalls = stalls_of(file, clock=wall.now)
        relays = [stall.world for stall in stalls.by_key.values() if not stall.plan.has_inbox]

        def hand_over(raw: bytes, recipient: str) -> None:
            deliver(raw, recipient, relays=relays, letterbox=stalls.letterbox.world)

        let_in_again(stalls.by_key.values(), shop, address=address_of(listening), by=SYSTEM, at=wall.now())
        with stalls.open(listening, desk=settings.BASE_URL), running_sink(hand_over) as port:
            send_through(shop, port)
            seem_read(shop, at=wall.now())
            yield stalls
    finally:
        file.close()


def kept_file(home: Path) -> WorldFile:
    """The file of the story that the database holds. Where it is lost, the platforms are as when the story ended.

    Raises LookupError where the database holds no story.
    """
    remembered = remembered_story()
    if remembered is None:
        raise LookupError("This database holds no whole story.")
    file = WorldFile(home)
    if file.told != (told := remembered.until.isoformat()):
        file.begin(told, told_to_platforms(remembered.retold(), now=remembered.until))
    return file


def go_on(dice: Random, shop: Shop, stalls: Stalls, *, at: datetime) -> None:
    """One more thing happens."""
    for stall in stalls.by_key.values():
        if closed := decide(stall.requests, now=at):
            stalls.keep(stall, closed)
    drawn = dice.random()
    if drawn < MAIL:
        arrive(dice, shop, stalls.by_key, at=at)
    elif drawn < MAIL + THERE:
        answered_in_seller_central(dice, shop, stalls.by_key, at=at)
    else:
        something(dice, stalls.by_key, at=at)
    seem_read(shop, at=at)
