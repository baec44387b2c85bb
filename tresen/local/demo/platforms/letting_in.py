"""The demo's stores, connected to their platforms as an administrator connects them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tresen.accounts.actors import Actor
from tresen.channels.connections import Connected
from tresen.intake.feeds.starting import start_feeds
from tresen.local.demo.founding import Shop
from tresen.local.demo.platforms.accounts import Stall
from tresen.stores.models import Store, StoreConnection
from tresen.stores.platform_connecting import Entered, connect_store, connection_of, try_connection
from tresen.stores.tokens import forget_tokens


class NotLetIn(RuntimeError):
    """A platform of our own refused us: that is a fault of the demo's."""


def let_in(stalls: Iterable[Stall], shop: Shop, *, address: str, past: timedelta, by: Actor, at: datetime) -> None:
    """Connect each store and begin its feeds. The platforms must talk at `address`. Raises NotLetIn."""
    for stall in stalls:
        store = Store.objects.get(pk=shop.stores[stall.plan.key])
        entered = entered_of(stall, store, address)
        answer = try_connection(store, entered, at=at)
        if not isinstance(answer, Connected):
            raise NotLetIn(f"{stall.plan.name}: {answer.reason}")
        connect_store(store.pk, entered, account=answer.account, learned=answer.learned, by=by, at=at)
        start_feeds(store.pk, past=past, at=at)


def let_in_again(stalls: Iterable[Stall], shop: Shop, *, address: str, by: Actor, at: datetime) -> None:
    """Platforms that were started anew know no token of before; where they talk elsewhere now, the stores learn it.

    What is to be read is read at once, whatever trouble there was. Who asks must wait until the platforms talk. A store
    that was cut off in the set-up stays so.
    """
    rows = {row.store_id: row for row in StoreConnection.objects.filter(store__in=shop.stores.values())}
    for stall in stalls:
        connected = rows.get(shop.stores[stall.plan.key])
        if connected is None:
            continue
        forget_tokens(connected.store_id)
        entered = entered_of(stall, connected.store, address)
        if connected.settings.get("address") != entered.settings["address"]:
            connect_store(connected.store_id, entered, account=connected.account, by=by, at=at)
        start_feeds(connected.store_id, at=at)


def entered_of(stall: Stall, store: Store, address: str) -> Entered:
    """What is to be entered, by whether it is a secret."""
    connection = connection_of(store)
    assert connection is not None, "all that the demo plays can be connected"
    secret = {asked.name for asked in connection.fields() if asked.kind == "secret"}
    given = stall.entered(address)
    return Entered(
        settings={name: value for name, value in given.items() if name not in secret},
        secrets={name: value for name, value in given.items() if name in secret},
    )
