"""The demo's database from whatever it is to a story that ends now."""

import argparse
import sys
import time
from datetime import datetime, timedelta

from django.db import connection

from tresen.accounts.models import Agent
from tresen.batches.garbage import collect_rarely
from tresen.local.demo.filling import KNOWN_FOR, fill
from tresen.local.demo.founding import found
from tresen.local.demo.side_by_side import fitting
from tresen.local.demo.tale.story import story
from tresen.local.migrating import migrate
from tresen.stores.models import Store

SEED = 20_261_122
OLD_AFTER = timedelta(days=1)
SAY_EVERY = 2.0
DONE = "demo"
"""The key in a store's settings that says until when the story was told: without it, filling was interrupted."""


def prepare(options: argparse.Namespace, *, now: datetime) -> int:
    """Migrate and fill. A database that holds something else is left alone, with a sentence."""
    migrate(verbosity=0)
    told_until = _told_until()
    if told_until and not options.fresh and (options.keep or abs(now - told_until) < OLD_AFTER):
        print(f"Going on with the demo whose story ends {told_until:%d %B %Y, %H:%M} UTC (--fresh fills it anew).")
        return 0
    if _is_used():
        if not options.may_drop:
            print("DATABASE_URL names a database that is in use. The demo needs an empty one.", file=sys.stderr)
            return 1
        _empty()
        migrate(verbosity=0)
    _fill(options.tickets, now=now)
    return 0


def _told_until() -> datetime | None:
    for settings in Store.objects.values_list("settings", flat=True):
        if DONE in settings:
            return datetime.fromisoformat(settings[DONE])
    return None


def _is_used() -> bool:
    return Store.objects.exists() or Agent.objects.exists()


def _empty() -> None:
    print("Emptying the earlier demo.", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()


def _fill(tickets: int, *, now: datetime) -> None:
    print("Filling the demo shop: a German lamp maker, six stores, fourteen agents, six weeks.", flush=True)
    began = time.monotonic()
    collect_rarely()
    told = story(seed=SEED, now=now, tickets=tickets)
    shop = found(at=now - KNOWN_FOR, smtp_port=9)
    fill(told, shop, now=now, progress=_Progress(began), side_by_side=fitting())
    mail = Store.objects.get(pk=shop.stores["mail"])
    mail.settings = {**mail.settings, DONE: now.isoformat()}
    mail.save(update_fields=["settings"])
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
