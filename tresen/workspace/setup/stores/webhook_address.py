"""The address of ours that a platform is given to tell us at, and what else its page asks for."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from tresen.stores.models import Store
from tresen.stores.platform_connecting import connection_of
from tresen.stores.telling import app_of, door_of
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.stores.labels import label


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookAddress:
    """`address` is empty as long as the app is not known that it ends with, after `before`.

    `asked` names the field that the app is entered in, and `title` is its label; both are empty without an app.
    """

    address: str
    before: str = ""
    asked: str = ""
    title: str = ""

    @property
    def is_reached(self) -> bool:
        """Platforms tell only addresses of this kind."""
        return (self.address or self.before).startswith("https://")


def webhook_address(request: AgentRequest, store: Store, *, entered: str = "") -> WebhookAddress:
    """The store's own address; where one app serves several stores, that app's, as `entered` or as it is kept."""
    app, door = app_of(store), door_of(store)
    if app is None or door is None or door.shared is None:
        return WebhookAddress(address=request.build_absolute_uri(reverse("webhook", args=[store.pk])))
    family, kept = app
    own = _of_app(family, entered.strip() or kept)
    return WebhookAddress(
        address=request.build_absolute_uri(own) if own else "",
        before=request.build_absolute_uri(_of_app(family, "0").removesuffix("0/")),
        asked=door.shared.app,
        title=_title(store, door.shared.app),
    )


def _of_app(family: str, name: str) -> str:
    """Empty for what no app is called."""
    try:
        return reverse("webhook-of-app", args=[family, name])
    except NoReverseMatch:
        return ""


def _title(store: Store, name: str) -> str:
    connection = connection_of(store)
    fields = connection.fields() if connection else ()
    return next((label(asked.label) for asked in fields if asked.name == name), "")


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
