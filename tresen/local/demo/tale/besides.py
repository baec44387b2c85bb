"""What happened at the small stores, word by word: one or two matters each, which show what is special there."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tresen.fakes.otto.orders import alias_of
from tresen.fakes.sales import Buyer as Known
from tresen.fakes.walmart.orders import relay_address
from tresen.local.demo.tale.data import data_file
from tresen.local.demo.tale.happenings import After, Answered, Arrived, Beside, Happening, Plot, Wrote
from tresen.local.demo.tale.mails import Thread
from tresen.local.demo.tale.orders import PlannedLine, PlannedOrder
from tresen.local.demo.tale.people import Buyer
from tresen.local.demo.tale.products import CARRIER_PREFIX, Product, products
from tresen.local.demo.tale.stores import StorePlan, store_plan

_NUMBERS_FROM = 900_000
"""Matters of the story at large are numbered from zero."""
_CARRIER = "DHL"


def besides(now: datetime) -> tuple[Plot, ...]:
    """All of it, as it stands `now`."""
    entries: Sequence[Mapping[str, Any]] = data_file("small_stores.yaml")["matters"]
    return tuple(_plot(entry, _NUMBERS_FROM + number, now) for number, entry in enumerate(entries))


def callers_orders(now: datetime) -> tuple[PlannedOrder, ...]:
    """What those have bought who call."""
    return tuple(_order_of(entry, now) for entry in data_file("small_stores.yaml")["calls"])


def approved_templates() -> Sequence[tuple[str, str, Sequence[str]]]:
    """Name, text and examples of what WhatsApp lets us send at any time."""
    return [(one["name"], one["text"], one["examples"]) for one in data_file("small_stores.yaml")["templates"]]


def _plot(entry: Mapping[str, Any], number: int, now: datetime) -> Plot:
    store = store_plan(entry["store"])
    product, buyer = _product(entry), _buyer(store, **entry["buyer"])
    order = _order_of(entry, now) if "order" in entry else None
    thread = Thread(key=f"{number}", store=store, buyer=buyer, product=product, order=order, subject=entry["subject"])
    return Plot(thread=thread, intent="besides", vip=False, happenings=tuple(_happenings(entry["told"], now)))


def _happenings(told: Sequence[Mapping[str, Any]], now: datetime) -> Iterator[Happening]:
    for one in told:
        if "arrived" in one:
            yield Arrived(at=now - timedelta(hours=one["arrived"]))
            continue
        at, text = now - timedelta(hours=one["hours"]), one["says"]
        if "agent" in one:
            yield Answered(at=at, agent=one["agent"], text=text, after=After.KEEP_OPEN)
        else:
            yield Wrote(at=at, text=text, beside=Beside(one["beside"]) if "beside" in one else None)


def _buyer(store: StorePlan, *, name: str, city: str, username: str, language: str = "de") -> Buyer:
    known = Known(key=username, name=name, email="")
    match store.channel:
        case "otto":
            address = alias_of(known)
        case "walmart":
            address = relay_address(known)
        case _:
            address = f"{username.removeprefix('+')}@mail.example"
    first = name.partition(" ")[0]
    return Buyer(name=name, first=first, language=language, city=city, address=address, username=username)


def _product(entry: Mapping[str, Any]) -> Product:
    return next(one for one in products() if one.sku == entry["product"])


def _order_of(entry: Mapping[str, Any], now: datetime) -> PlannedOrder:
    store = store_plan(entry["store"])
    return _order(store, _buyer(store, **entry["buyer"]), _product(entry), now, **entry["order"])


def _order(
    store: StorePlan, buyer: Buyer, product: Product, now: datetime, *, number: str, reason: str = "", **days: float
) -> PlannedOrder:
    """`days`: how many ago it was ordered, shipped, delivered, returned and paid back, as far as it came."""
    at = {name: now - timedelta(days=ago) for name, ago in days.items()}
    return PlannedOrder(
        number=number,
        store=store,
        buyer=buyer,
        ordered_at=at["ordered"],
        lines=(PlannedLine(product, 1),),
        by_platform=False,
        carrier=_CARRIER,
        tracking=f"{CARRIER_PREFIX[_CARRIER]}{int(product.item) % 10**10:010}",
        shipped_at=at.get("shipped"),
        delivered_at=at.get("delivered"),
        return_reason=reason,
        return_agreed=bool(reason),
        returned_at=at.get("returned"),
        refunded_at=at.get("refunded"),
    )
