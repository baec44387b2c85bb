"""Stores: where customers write, and whether answers leave there."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.accounts.models import Team
from tresen.channels.contract import Connector
from tresen.intake.feeds.queries import standings
from tresen.sla.recalculations import history_of_hours
from tresen.staffing.plans import TimetableWrong
from tresen.stores.adding import set_shadow
from tresen.stores.connectors import connector_of, connectors, sends_by_mail
from tresen.stores.leaving import missing_way
from tresen.stores.models import Store
from tresen.stores.publishing import form_of, takes_forms
from tresen.stores.telling import door_of
from tresen.stores.wording import SetupWrong
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_admins
from tresen.workspace.setup.connection_words import connection_of
from tresen.workspace.setup.open_clocks import progress
from tresen.workspace.setup.open_clocks.asking import Asking, settled, wants_to_edit_again
from tresen.workspace.setup.overview.standing import stores_shown
from tresen.workspace.setup.sections import page
from tresen.workspace.setup.stores.forms import FormForm, StoreForm
from tresen.workspace.setup.stores.retiring import retired_stores
from tresen.workspace.setup.stores.saving import added, change_in, published, show_wrong
from tresen.workspace.setup.stores.webhook_address import webhooks_title
from tresen.workspace.telling import Undo, tell

MOST_EDITS = 5
"""So many edits of a store's hours are told of beside it."""


@require_GET
@for_admins
def show_list(request: AgentRequest) -> HttpResponse:
    """All stores, below them those that are retired."""
    context = {"stores": stores_shown(request.scope, at=request.at), "retired": retired_stores(request.scope)}
    return page(request, "stores", "setup/stores/list.html", context)


@require_GET
@for_admins
def choose_channel(request: AgentRequest) -> HttpResponse:
    """A new store begins with where it sells."""
    offered = [(one, sends_by_mail(one.key)) for one in connectors() if _offered(one)]
    context = {"offered": offered, "has_team": Team.objects.exists()}
    return page(request, "stores", "setup/stores/channels.html", context)


@require_http_methods(["GET", "POST"])
@for_admins
def add(request: AgentRequest, channel: str) -> HttpResponse:
    """A new store on this channel."""
    try:
        connector = connector_of(channel)
    except LookupError as unknown:
        raise Http404 from unknown
    if not _offered(connector):
        raise Http404
    form = StoreForm(request.POST or None, connector=connector, language=request.agent.language)
    store = added(form, by=request.actor, at=request.at) if request.method == "POST" else None
    if store is not None:
        tell(request, _("%(store)s is added. It only watches until you say otherwise.") % {"store": store.name})
        return redirect("setup-store-connection" if connector.connection else "setup-store", store.pk)
    context = {"form": form, "connector": connector, "store": None}
    return page(request, "stores", "setup/stores/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_admins
def change(request: AgentRequest, store_id: int) -> HttpResponse:
    """One store: what it is, how it does, whether it sends."""
    store = _store_or_404(store_id)
    form = StoreForm(request.POST or None, connector=connector_of(store), store=store)
    if request.method == "POST" and not wants_to_edit_again(request):
        answer = _saved(request, store, form)
        if answer is not None:
            return answer
    return _store_page(request, store, form)


@require_http_methods(["GET", "POST"])
@for_admins
def publish(request: AgentRequest, store_id: int) -> HttpResponse:
    """The store's public contact form."""
    store = _store_or_404(store_id)
    if not takes_forms(store.channel):
        raise Http404
    form = FormForm(request.POST or None, store=store)
    if request.method == "POST" and published(form, store, by=request.actor, at=request.at):
        tell(request, _("The contact form is saved."))
        return redirect("setup-store-form", store_id)
    address = request.build_absolute_uri(reverse("form", args=[_key_of(store)])) if form_of(store) else ""
    context = {"form": form, "store": store, "address": address}
    return page(request, "stores", "setup/stores/public_form.html", context, status=422 if form.errors else 200)


@require_POST
@for_admins
def watch_only(request: AgentRequest, store_id: int) -> HttpResponse:
    """Read everything, send nothing."""
    store = set_shadow(_store_or_404(store_id).pk, shadow=True, by=request.actor, at=request.at)
    back = Undo(address=reverse("setup-store-live", args=[store_id]), values={})
    tell(request, _("%(store)s only watches now. Nothing is sent there.") % {"store": store.name}, undo=back)
    return redirect("setup-store", store_id)


@require_POST
@for_admins
def go_live(request: AgentRequest, store_id: int) -> HttpResponse:
    """Let answers leave."""
    store = set_shadow(_store_or_404(store_id).pk, shadow=False, by=request.actor, at=request.at)
    back = Undo(address=reverse("setup-store-shadow", args=[store_id]), values={})
    words = _("%(store)s answers now.") if not missing_way(store) else _("%(store)s only watches no more. %(missing)s")
    tell(request, words % {"store": store.name, "missing": missing_way(store)}, undo=back)
    return redirect("setup-store", store_id)


def _saved(request: AgentRequest, store: Store, form: StoreForm) -> HttpResponse | None:
    """Other hours may move open clocks: that is asked before it is saved. None where the form says why not."""
    change = change_in(form, store, by=request.actor, at=request.at)
    if change is None:
        return None
    here = reverse("setup-store", args=[store.pk])
    try:
        question = settled(request, change, Asking(section="stores", title=store.name, leave=here, form=True))
    except (SetupWrong, TimetableWrong) as wrong:
        show_wrong(form, wrong)
        return None
    if question is None:
        tell(request, _("%(store)s is saved.") % {"store": form.cleaned_data["name"]})
    return question or redirect(here)


def _offered(connector: Connector) -> bool:
    return not connector.for_trying or settings.DEMO or settings.DEBUG


def _store_or_404(store_id: int) -> Store:
    return get_object_or_404(Store.objects.select_related("brand"), pk=store_id, retired_at=None)


def _key_of(store: Store) -> str:
    form = form_of(store)
    return form.key if form else ""


def _store_page(request: AgentRequest, store: Store, form: StoreForm) -> HttpResponse:
    standing = standings([store], at=request.at).get(store.pk)
    door = door_of(store)
    context = {
        "form": form,
        "store": store,
        "connector": form.connector,
        "connection": connection_of(standing, at=request.at) if standing else None,
        "by_mail": sends_by_mail(store),
        "missing": missing_way(store),
        "mailboxes": store.mailboxes.filter(retired_at=None).order_by("name"),
        "takes_forms": takes_forms(store.channel),
        "webhooks": webhooks_title(store),
        "asks_itself": door is not None and door.subscribe is not None,
        "recalculations": progress.shown(history_of_hours(store.pk)[:MOST_EDITS]),
    }
    return page(request, "stores", "setup/stores/form.html", context, status=422 if form.errors else 200)
