"""A soak: platforms have a bad day, workers die, people work; and all must be right in the end."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from tests.servers import web as webs
from tests.soak.channels import SOAKED
from tests.soak.desk import Desk
from tests.soak.killing import Watchman
from tests.soak.market import Shop, bad_days, good_days, open_market, shops
from tests.soak.reckoning import Compared, on_its_way, sent_twice, set_aside, standing
from tests.soak.stage import Stage, spread
from tresen.accounts.actors import SYSTEM
from tresen.actions.models import Action, ActionState
from tresen.intake.models import AskedOrder, StoreFeed
from tresen.local.verifying import verify
from tresen.outbox.models import Delivery, DeliveryState
from tresen.sla.defaults import create_defaults
from tresen.timekeeping import wall

type Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Lengths are in seconds. `stores`: in all, spread over the platforms. `a_second`: how much happens there.

    `answers`: it lasts longer where a slow machine has not answered so many by then, as long as the patience.
    `patience`: so long all may take to be right after the last that happened.
    `recovers`: by then no platform fails any more, no worker dies, and all is read again and again; else that goes on.
    """

    lasts: float
    platforms: Sequence[str] = SOAKED
    stores: int = 2 * len(SOAKED)
    sales: int = 40
    workers: int = 2
    kill_every: float = 30.0
    a_second: float = 2.0
    answers: int = 5
    patience: float = 900.0
    told_after: float = 130.0
    """By then every platform tells of what has happened. What would be read in hours only is read then, once."""
    recovers: bool = False


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What came of it; `wrong` is empty where all is right."""

    happened: Mapping[str, int]
    worked: Mapping[str, int]
    deaths: Mapping[str, int]
    compared: Mapping[str, Compared]
    came_to: Mapping[str, Mapping[str, int]]
    refused: int
    webhooks: int
    took: float
    wrong: list[str] = field(default_factory=list)


def soak(size: Size, home: Path, *, database: str, say: Say) -> Outcome:
    """Play it on the database that Django is connected to, which `database` is the address of."""
    create_defaults(by=SYSTEM, at=wall.now() - timedelta(days=60))
    counts = spread(size.platforms, size.stores)
    accounts = shops(counts, sales=size.sales)
    with open_market(accounts), webs.running(home) as web:
        watchman = Watchman(home, database=database, workers=size.workers, every=size.kill_every)
        stage, desk = Stage(accounts, counts, web.url, a_second=size.a_second), Desk()
        bad_days(accounts)
        try:
            watchman.start()
            stage.start()
            _while_it_lasts(size, watchman, desk, stage, say)
            stage.rest()
            ended = wall.now()
            if size.recovers:
                good_days(accounts)
                watchman.spare()
                _let_go()
            say(f"Nothing happens any more; {'nor do workers die' if size.recovers else 'workers still die'}.")
            took = _until_right(size, watchman, stage, ended, say)
            watchman.stop()
        finally:
            watchman.kill()
            stage.stop()
        compared = stage.compared()
        return Outcome(
            happened=stage.happened,
            worked=desk.done,
            deaths=watchman.deaths,
            compared=compared,
            came_to=standing(),
            refused=sum(shop.refused for shop in accounts),
            webhooks=stage.hooks.told,
            took=took,
            wrong=_wrong(accounts, compared),
        )


def _wrong(accounts: Sequence[Shop], compared: Mapping[str, Compared]) -> list[str]:
    found = [one for each in compared.values() for one in each.differences]
    found += sent_twice(accounts) + set_aside()
    if verify() != 0:
        found.append("what can be recomputed from the ledger says otherwise")
    return found


def _while_it_lasts(size: Size, watchman: Watchman, desk: Desk, stage: Stage, say: Say) -> None:
    began = said = time.monotonic()
    while (now := time.monotonic()) < began + size.lasts or (
        desk.done["answers"] < size.answers and now < began + size.patience
    ):
        watchman.look()
        desk.work()
        if now > said + 60:
            said = now
            say(f"{now - began:.0f} s: {stage.happened.total()} happenings, {desk.done.total()} doings here")
        time.sleep(1)


def _until_right(size: Size, watchman: Watchman, stage: Stage, ended: datetime, say: Say) -> float:
    """Seconds until nothing is otherwise here than there; at most the patience."""
    began = time.monotonic()
    hurried = False
    while (gone := time.monotonic() - began) < size.patience:
        watchman.look()
        if wall.now() > ended + timedelta(seconds=size.told_after) and (size.recovers or not hurried):
            StoreFeed.objects.filter(backwards=False, read_to__lt=ended).update(next_at=wall.now())
            hurried = True
        _look_for_uncertain()
        left = [one for each in stage.compared().values() for one in each.differences]
        if not left and not on_its_way() and not _unsettled():
            return gone
        first = f", as {left[0]}" if left else ""
        say(f"{gone:.0f} s after: {len(left)} differences{first}, {on_its_way()} on its way, {_unsettled()} uncertain")
        for _second in range(15):
            watchman.look()
            time.sleep(1)
    return size.patience


def _let_go() -> None:
    """What the dead still hold would be free some minutes later only; read twice, it is kept once."""
    StoreFeed.objects.update(held_until=None)
    AskedOrder.objects.update(held_until=None)


def _look_for_uncertain() -> None:
    """Nobody waits a quarter of an hour for the next look."""
    at = wall.now()
    Delivery.objects.filter(state=DeliveryState.UNCERTAIN, next_look_at__gt=at).update(next_look_at=at)
    Action.objects.filter(state=ActionState.UNCERTAIN, next_look_at__gt=at).update(next_look_at=at)


def _unsettled() -> int:
    """What is uncertain and will still be looked for."""
    return (
        Delivery.objects.filter(state=DeliveryState.UNCERTAIN, next_look_at__isnull=False).count()
        + Action.objects.filter(state=ActionState.UNCERTAIN, next_look_at__isnull=False).count()
    )


def told(outcome: Outcome) -> list[str]:
    """Its figures, a line each."""
    orders = sum(one.orders for one in outcome.compared.values())
    letters = sum(one.letters for one in outcome.compared.values())
    lines = [
        f"happened at the platforms: {_counts(outcome.happened)}",
        f"done here: {_counts(outcome.worked)}",
        f"workers died: {_counts(outcome.deaths)}",
        f"compared: {orders:,} orders, {letters:,} letters; webhooks taken: {outcome.webhooks:,}",
        *(f"{name}: {_counts(counts)}" for name, counts in outcome.came_to.items()),
        f"asked too often by a platform's own count: {outcome.refused}",
        f"all was right {outcome.took:.0f} s after the last that happened",
    ]
    return [*lines, *(outcome.wrong[:40] or ["Nothing is lost, nothing is there twice, nothing was sent twice."])]


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in Counter(counts).most_common()) or "nothing"
