"""Stores that are sold at no more: what that stops is said before, and they can be taken back."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tresen.accounts.scope import Scope
from tresen.stores.adding import retire_store, take_back_store
from tresen.stores.connectors import connector_of
from tresen.stores.models import Store
from tresen.stores.publishing import takes_forms
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_admins
from tresen.workspace.setup.sections import page
from tresen.workspace.telling import tell


def retired_stores(scope: Scope) -> Sequence[Store]:
    """Those that are visible by the same rule as tickets, by name."""
    stores = Store.objects.exclude(retired_at=None).select_related("brand").order_by("name")
    return [one for one in stores if scope.shows(team=one.default_team_id, store=one.pk, brand=one.brand_id)]


@require_http_methods(["GET", "POST"])
@for_admins
def retire(request: AgentRequest, store_id: int) -> HttpResponse:
    """Say what stops; asked for again, sell there no more."""
    store = get_object_or_404(Store, pk=store_id, retired_at=None)
    if request.method == "POST":
        retire_store(store_id, by=request.actor, at=request.at)
        words = _("%(store)s is retired. Its tickets stay; it can be taken back at the foot of this list.")
        tell(request, words % {"store": store.name})
        return redirect("setup-stores")
    context = {
        "store": store,
        "connectable": connector_of(store).connection is not None,
        "takes_forms": takes_forms(store.channel),
        "mailboxes": store.mailboxes.filter(retired_at=None).order_by("name"),
    }
    return page(request, "stores", "setup/stores/retire.html", context)


@require_POST
@for_admins
def take_back(request: AgentRequest, store_id: int) -> HttpResponse:
    """Sell there again, only watching at first."""
    store = get_object_or_404(Store.objects.exclude(retired_at=None), pk=store_id)
    take_back_store(store_id, by=request.actor, at=request.at)
    tell(request, _("%(store)s is back. It only watches until you say otherwise.") % {"store": store.name})
    return redirect("setup-store", store_id)
