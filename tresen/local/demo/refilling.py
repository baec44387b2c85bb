"""The demo's database from whatever it is to a story that ends now."""

import argparse
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from socket import socket

from django.db import connection

from tresen.accounts.models import Agent
from tresen.batches.garbage import collect_rarely
from tresen.local.demo.bringing import seem_told
from tresen.local.demo.calling import log_calls
from tresen.local.demo.filling import fill
from tresen.local.demo.founding import found
from tresen.local.demo.platforms.address import address_of
from tresen.local.demo.platforms.opening import begin_to_sell
from tresen.local.demo.remembering import Remembered, remember, remembered_story
from tresen.local.demo.side_by_side import fitting
from tresen.local.demo.tale.story import KNOWN_FOR
from tresen.local.demo.visiting import chat_and_go
from tresen.local.migrating import migrate
from tresen.orders.models import Order
from tresen.stores.models import Store
from tresen.timekeeping import wall

OLD_AFTER = timedelta(days=1)
SAY_EVERY = 2.0


def prepare(options: argparse.Namespace, *, home: Path, listening: socket, now: datetime) -> int:
    """Migrate and fill. A database that holds something else is left alone, with a sentence.

    The platforms are kept in `home`, and talk where somebody listens for them.
    """
    migrate(verbosity=0)
    remembered = remembered_story()
    told_until = remembered.until if remembered else None
    if told_until and not options.fresh and (options.keep or abs(now - told_until) < OLD_AFTER):
        print(f"Going on with the demo whose story ends {told_until:%d %B %Y, %H:%M} UTC (--fresh fills it anew).")
        return 0
    if _is_used():
        if not options.may_drop:
            print("DATABASE_URL names a database that is in use. The demo needs an empty one.", file=sys.stderr)
            return 1
        _empty()
        migrate(verbosity=0)
    _fill(options.tickets, home=home, listening=listening, now=now)
    return 0


def _is_used() -> bool:
    return Store.objects.exists() or Agent.objects.exists()


def _empty() -> None:
    print("Emptying the earlier demo.", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()


def _fill(tickets: int, *, home: Path, listening: socket, now: datetime) -> None:
    print(
        "Filling the demo shop: a German lamp maker, stores of twelve channels, fourteen agents, six weeks.", flush=True
    )
    began = time.monotonic()
    collect_rarely()
    remembered = Remembered(until=now, tickets=tickets)
    told = remembered.retold()
    shop = found(at=now - KNOWN_FOR, smtp_port=9)
    begin_to_sell(told, shop, home=home, listening=listening, now=now, clock=wall.now)
    print(f"  {Order.objects.count():,} orders from their platforms · {time.monotonic() - began:.0f} s", flush=True)
    fill(told, shop, address=address_of(listening), now=now, progress=_Progress(began), side_by_side=fitting())
    seem_told(told, shop)
    log_calls(shop, now=now)
    chat_and_go(shop, now=now)
    remember(shop, remembered)
    print(f"  done in {time.monotonic() - began:.0f} s", flush=True)


class _Progress:
    """Says how far it is, every two seconds."""

    def __init__(self, began: float) -> None:
        self.began = self.said = began

    def __call__(self, share: float, tickets: int) -> None:
        """Called after each window of the story."""
        if time.monotonic() - self.said >= SAY_EVERY:
            self.said = time.monotonic()
            print(f"  {share:4.0%} · {tickets:,} tickets · {self.said - self.began:.0f} s", flush=True)
