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
    return {mailbox: tuple(map(view_of, stores)) for mailbox, stores in _served(mailboxes).items()}


def siblings_of(mailboxes: Iterable[int]) -> Mapping[int, tuple[StoreView, ...]]:
    """The other stores of the brands that each of these mailboxes serves, retired ones left out."""
    served = _served(mailboxes)
    brands = {store.brand_id for stores in served.values() for store in stores}
    others = list(Store.objects.filter(brand__in=brands, retired_at=None).order_by("pk")) if brands else []
    return {
        mailbox: tuple(
            view_of(other)
            for other in others
            if other not in stores and other.brand_id in {store.brand_id for store in stores}
        )
        for mailbox, stores in served.items()
    }


def _served(mailboxes: Iterable[int]) -> dict[int, list[Store]]:
    served: dict[int, list[Store]] = {}
    links = Mailbox.stores.through.objects.filter(mailbox_id__in=list(mailboxes)).select_related("store")
    for link in links.order_by("store_id"):
        served.setdefault(link.mailbox_id, []).append(link.store)
    return {mailbox: [one for one in stores if one.retired_at is None] or stores for mailbox, stores in served.items()}
