"""How many conversations a store may begin: so many in a day, so many about an order. Counted one after another.

What was taken back or refused has begun none. What may have been sent counts.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.channels.starting import StartDoor
from tresen.orders.models import Order
from tresen.outbox.models import Delivery, DeliveryState
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.stores.models import Store

DAY = timedelta(hours=24)
BEGAN_NONE = (DeliveryState.WITHDRAWN, DeliveryState.REFUSED)
_TURN = 0x0B0


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What is left: of a day's conversations (None: no limit), `again_at` when one more may be begun if none is left.

    `about` says how many of each kind were begun about the order; `over`: since when it is too late for any.
    """

    left: int | None
    again_at: datetime | None
    about: Mapping[str, int]
    over: datetime | None

    def left_about(self, opening: str, door: StartDoor) -> int | None:
        """How many of this kind are left for the order; None: no limit."""
        return None if door.an_order is None else max(0, door.an_order - self.about.get(opening, 0))


def allowance_of(order: Order, door: StartDoor, *, at: datetime, besides: int = 0) -> Allowance:
    """What is left for this order in its store, `besides` one delivery."""
    about = _begun().filter(order=order).exclude(pk=besides).values_list("opening", flat=True)
    left, again_at = _left_today(order.store, door, at=at, besides=besides)
    over = order.ordered_at + door.within if door.within is not None else None
    return Allowance(
        left=left, again_at=again_at, about=Counter(about), over=over if over is not None and over < at else None
    )


def wait_for_turn(store: Store) -> None:
    """Until the transaction ends nobody else begins a conversation in this store: no two take the last one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s::int)", [_TURN, store.pk])


def wait_to_begin(delivery_id: int) -> None:
    """The same for a delivery that is to be sent again, if it begins a conversation. Before its ticket is locked."""
    begun = Delivery.objects.filter(pk=delivery_id).exclude(opening="").select_related("store").first()
    if begun is not None:
        wait_for_turn(begun.store)


def hindrance_of(delivery: Delivery, *, at: datetime) -> str:
    """Why this delivery may not begin a conversation now, in a sentence; empty where nothing is against it."""
    return hindrance(delivery.order, delivery.opening, at=at, besides=delivery.pk) if delivery.order else ""


def hindrance(order: Order, opening: str, *, at: datetime, besides: int = 0) -> str:
    """Why no conversation of this kind may be begun about the order now; empty where nothing is against it."""
    door = connector_of(order.store).start
    channel = {"channel": channel_title(order.store)}
    if door is None or door.opening(opening) is None:
        return _("%(channel)s takes no such first message.") % channel
    allowance = allowance_of(order, door, at=at, besides=besides)
    if allowance.over is not None:
        return _("Too late for this order: the time in which %(channel)s takes first messages is over.") % channel
    if allowance.left_about(opening, door) == 0:
        return ngettext(
            "%(channel)s takes one message of this kind for an order, and it was sent.",
            "%(channel)s takes %(most)d messages of this kind for an order, and they were sent.",
            door.an_order or 0,
        ) % {**channel, "most": door.an_order}
    if allowance.left == 0:
        return _("The store has begun as many conversations today as %(channel)s allows.") % channel
    return ""


def _left_today(store: Store, door: StartDoor, *, at: datetime, besides: int) -> tuple[int | None, datetime | None]:
    if door.a_day is None:
        return None, None
    today = _begun().filter(Q(queued_at__gt=at - DAY), store=store).exclude(pk=besides)
    newest = list(today.order_by("-queued_at").values_list("queued_at", flat=True)[: door.a_day])
    left = door.a_day - len(newest)
    return left, newest[-1] + DAY if left == 0 and newest else None


def _begun() -> QuerySet[Delivery]:
    return Delivery.objects.exclude(opening="").exclude(state__in=BEGAN_NONE)
