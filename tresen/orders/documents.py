"""Documents of orders, as their platform has them. None is kept: a copy would outlive what it tells of its buyer."""

from datetime import datetime

import structlog

from tresen.channels.answered import AFTER_A_FAULT
from tresen.channels.feeds import Stopped
from tresen.channels.files import GONE, LARGEST, TOO_LARGE, FileBrought, FileNotHad
from tresen.orders.models import OrderDocument
from tresen.stores.access import access_to
from tresen.stores.connectors import connector_of
from tresen.stores.models import Store
from tresen.timekeeping.running import running_from

log = structlog.get_logger()


def can_be_opened(store: Store) -> bool:
    """Whether documents of the store's orders can be asked for."""
    door = connector_of(store).order
    return store.retired_at is None and door is not None and door.bring is not None


def bring(document: OrderDocument, *, at: datetime) -> FileBrought | FileNotHad | Stopped:
    """The document's bytes, asked for now; a person waits for it."""
    store = document.order.store
    door = connector_of(store).order
    if not can_be_opened(store) or door is None or door.bring is None:
        return FileNotHad(GONE)
    try:
        came = door.bring(document.external_id, access_to(store, clock=running_from(at)))
    except Exception as error:
        log.exception("document_not_brought", document=document.pk, channel=store.channel)
        return Stopped(reason=f"{type(error).__name__}: {error}"[:500], after=AFTER_A_FAULT)
    too_large = isinstance(came, FileBrought) and len(came.content) > LARGEST
    return FileNotHad(TOO_LARGE) if too_large else came
