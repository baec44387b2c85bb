"""Where the orders of stores are looked at by hand, at their platforms."""

from collections.abc import Callable, Collection, Mapping

from tresen.channels.back_offices import BackOffice, Seat
from tresen.channels.order_door import OrderRef
from tresen.stores.connectors import connector_of
from tresen.stores.models import Store, StoreConnection

type Pages = Callable[[Store, OrderRef], str]
"""The address of an order of one of these stores; empty where there is none that is safe to follow."""


def back_office_of(store: Store) -> BackOffice | None:
    """The platform's pages for the seller of this store."""
    return connector_of(store).back_office


def order_pages(stores: Collection[Store]) -> Pages:
    """The pages of these stores' orders, with one query however many they are."""
    entered = _entered(stores)

    def page(store: Store, order: OrderRef) -> str:
        office = back_office_of(store)
        if office is None:
            return ""
        address = office.address(order, Seat(marketplace=store.marketplace, entered=entered.get(store.pk, {})))
        return address if address.startswith("https://") else ""

    return page


def _entered(stores: Collection[Store]) -> Mapping[int, Mapping[str, str]]:
    found = StoreConnection.objects.filter(store__in={store.pk for store in stores}) if stores else ()
    return {connected.store_id: connected.settings for connected in found}
