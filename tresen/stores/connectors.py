"""The one door to the list of channels: all others ask here for a store's connector."""

from collections.abc import Sequence

from tresen.channels import registry
from tresen.channels.contract import Connector
from tresen.stores.models import Store


def connector_of(store: Store | str) -> Connector:
    """The connector of a store, or of a channel's key. Raises LookupError for a channel that does not exist."""
    return registry.connector_of(store if isinstance(store, str) else store.channel)


def connectors() -> Sequence[Connector]:
    """All channels, in the order in which they are asked whose mail it is."""
    return registry.CONNECTORS


def sends_by_mail(store: Store | str) -> bool:
    """Whether answers of its channel leave through a mailbox: then it asks for the address they come from."""
    return any(asked.name == "sender" for asked in connector_of(store).setup_fields)
