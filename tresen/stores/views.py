"""What connectors may know of stores."""

from collections.abc import Iterable, Mapping

from tresen.channels.contract import StoreView
from tresen.stores.models import Mailbox, Store


def view_of(store: Store) -> StoreView:
    """The store as a connector sees it."""
    return StoreView(
        id=store.pk,
        channel=store.channel,
        marketplace=store.marketplace,
        addresses=tuple(store.addresses),
        order_id_pattern=store.order_number_pattern or None,
    )


def views_of(mailboxes: Iterable[int]) -> Mapping[int, tuple[StoreView, ...]]:
    """The stores that each of these mailboxes serves. Retired ones count only where no other is left."""
    served: dict[int, list[Store]] = {}
    links = Mailbox.stores.through.objects.filter(mailbox_id__in=list(mailboxes)).select_related("store")
    for link in links.order_by("store_id"):
        served.setdefault(link.mailbox_id, []).append(link.store)
    return {
        mailbox: tuple(view_of(store) for store in [one for one in stores if one.retired_at is None] or stores)
        for mailbox, stores in served.items()
    }
