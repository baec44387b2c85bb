"""What the channels' kinds of first message are called."""

from tresen.stores.connectors import connectors
from tresen.workspace.setup.stores.labels import label


def opening_title(key: str) -> str:
    """The title of the kind that the ledger names; the key itself where no channel has it any more."""
    openings = (one for connector in connectors() if connector.start for one in connector.start.openings)
    return next((label(one.title) for one in openings if one.key.lower() == key), key)
