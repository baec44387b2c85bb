"""The demo begins to sell: its platforms know the story, its stores are connected to them, and all of it is read."""

from datetime import datetime, timedelta
from pathlib import Path
from socket import socket

from tresen.accounts.actors import SYSTEM
from tresen.fakes.world import Clock
from tresen.intake.feeds.starting import USUAL_PAST
from tresen.intake.understanding import sandbox
from tresen.local.demo.founding import Shop
from tresen.local.demo.platforms.accounts import stalls_of
from tresen.local.demo.platforms.address import address_of
from tresen.local.demo.platforms.keeping import WorldFile
from tresen.local.demo.platforms.letting_in import let_in
from tresen.local.demo.platforms.reading import BEGAN_BEFORE, read_all
from tresen.local.demo.platforms.worlds import Told, told_to_platforms
from tresen.local.demo.tale.story import Story
from tresen.stores.tokens import forget_tokens


def begin_to_sell(
    story: Story,
    shop: Shop,
    *,
    home: Path,
    listening: socket,
    now: datetime,
    clock: Clock,
    past: timedelta = USUAL_PAST,
) -> None:
    """Let everything be read that was sold and came back within this past, before anybody writes about it.

    The platforms talk there meanwhile. Afterwards the file in `home` holds them as they stand `now`.
    """
    told = told_to_platforms(story, now=now)
    file = WorldFile(home)
    try:
        file.begin("", {key: Told(sales=one.sales, stock=one.stock) for key, one in told.items()})
        stalls = stalls_of(file, clock=clock)
        with stalls.open(listening):
            began = now - BEGAN_BEFORE
            let_in(stalls.by_key.values(), shop, address=address_of(listening), past=past, by=SYSTEM, at=began)
            read_all(until=now)
        file.begin(now.isoformat(), told)
        for key in stalls.by_key:  # the file has forgotten those that the platforms gave meanwhile
            forget_tokens(shop.stores[key])
    finally:
        file.close()
        sandbox().close()  # who tells the story in several processes must not share a reader among them
