"""Whether anything can leave a store, and what keeps it here, in sentences."""

from django.utils.translation import gettext as _

from tresen.stores.access import mailbox_of
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of, sends_by_mail
from tresen.stores.models import Store, StoreConnection


def sends_nothing(store: Store) -> str:
    """Why nothing may leave the store: it is retired, or only watches. Empty where it sends."""
    if store.retired_at is not None:
        return _("%(store)s is retired: nothing is sent there any more.") % {"store": store.name}
    if store.shadow:
        return _("%(store)s only watches: it reads everything and sends nothing.") % {"store": store.name}
    return ""


def lacks_mailbox(store: Store) -> bool:
    """Whether its answers by mail have no mailbox to leave through."""
    return sends_by_mail(store) and mailbox_of(store) is None


def missing_way(store: Store) -> str:
    """What the store must be given before its answers can leave; empty where nothing is missing."""
    platform = {"channel": channel_title(store)}
    connectable = connector_of(store).connection is not None
    unconnected = connectable and not StoreConnection.objects.filter(store=store).exists()
    if not sends_by_mail(store):
        return _("Not connected to %(channel)s yet: no answer can leave.") % platform if unconnected else ""
    if not lacks_mailbox(store):
        return ""
    if unconnected:
        return _("Not connected to %(channel)s and without a mailbox yet: no answer can leave.") % platform
    if connectable:
        return _("Without a mailbox yet: no answer can leave by mail.")
    return _("Without a mailbox yet: no answer can leave.")
