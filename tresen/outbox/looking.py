"""Reading the platform after nobody knew whether it took a reply: found there, it counts; else a person decides.

The machine never sends it a second time, whatever it finds.
"""

from datetime import datetime

from tresen.channels.contract import Sent, Stopped
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.preparing import prepared
from tresen.outbox.settling import settle_found
from tresen.outbox.ways import way_to_look
from tresen.stores.access import access_to
from tresen.stores.models import StoreConnection
from tresen.timekeeping.running import running_from
from tresen.uncertain.looking import Unreadable, look_for


def look_for_uncertain(at: datetime, *, most: int = 20) -> int:
    """Look for uncertain replies on platforms that can be read; gives how many were found there."""
    uncertain = Delivery.objects.filter(state=DeliveryState.UNCERTAIN)
    related = ("store__brand", "order", "message__conversation__identity")
    return look_for(uncertain.select_related(*related), find=_find, settle=_settle, at=at, most=most)


def _find(delivery: Delivery, at: datetime) -> Sent | Stopped | Unreadable | None:
    find = way_to_look(delivery)
    if find is None or not StoreConnection.objects.filter(store=delivery.store_id).exists():
        return Unreadable()
    found = find(prepared(delivery), access_to(delivery.store, clock=running_from(at)))
    return None if isinstance(found, Sent) and _is_anothers(found, delivery) else found


def _is_anothers(found: Sent, delivery: Delivery) -> bool:
    """Whether it is known as another answer of ours: people write the same words twice."""
    others = Delivery.objects.filter(store=delivery.store_id, external_id=found.external_id[:400])
    return bool(found.external_id) and others.exclude(pk=delivery.pk).exists()


def _settle(delivery: Delivery, found: Sent, at: datetime) -> bool:
    return settle_found(delivery.pk, found, at=at)
