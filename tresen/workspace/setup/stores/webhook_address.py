"""The address of ours that a platform is given to tell us at, and what else its page asks for."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tresen.stores.models import Store
from tresen.stores.platform_connecting import connection_of
from tresen.stores.telling import app_of, door_of
from tresen.workspace.requests import AgentRequest


def webhook_address(request: AgentRequest, store: Store) -> str:
    """The store's own address; where one app serves several stores, that app's."""
    app = app_of(store)
    if app is None:
        return request.build_absolute_uri(reverse("webhook", args=[store.pk]))
    family, name = app
    if name:
        return request.build_absolute_uri(reverse("webhook-of-app", args=[family, name]))
    # Not known yet: a word stands for it, which no app is called.
    written = reverse("webhook-of-app", args=[family, "0"]).removesuffix("0/")
    return request.build_absolute_uri(written) + _("<number of the app>") + "/"


def is_signed_by_what_connects(store: Store) -> bool:
    """Whether what its platform signs with is entered where the store is connected, and so nowhere else."""
    door, connection = door_of(store), connection_of(store)
    if door is None or connection is None:
        return False
    return any(asked.name == door.secret for asked in connection.fields())


def webhooks_title(store: Store) -> str:
    """What the page of the store's webhooks has to offer; empty where its platform tells nothing by itself."""
    door = door_of(store)
    if door is None:
        return ""
    if door.subscribe is not None:
        return _("What it is to tell")
    return _("Address") if is_signed_by_what_connects(store) else _("Address and secret")
