"""A store's connection to its platform: what to do there, whether it works, and how it does ever after."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.channels.connections import Connected
from tresen.intake.feeds.queries import Standing, standings
from tresen.intake.feeds.starting import read_now
from tresen.stores.causes import Trouble
from tresen.stores.connectors import connector_of, sends_by_mail
from tresen.stores.models import Store
from tresen.stores.platform_connecting import connection_of, cut_off_store, kept_secrets, shown_secrets
from tresen.workspace.dates import clock_time
from tresen.workspace.requests import AgentRequest, wants_part
from tresen.workspace.setup.access import for_admins
from tresen.workspace.setup.sections import page
from tresen.workspace.setup.stores.connection_form import ConnectionForm
from tresen.workspace.setup.stores.consenting import callback_of, sign_in_address
from tresen.workspace.setup.stores.health_shown import health_shown
from tresen.workspace.setup.stores.labels import label
from tresen.workspace.setup.stores.letting_in import let_in, tried
from tresen.workspace.setup.stores.webhook_address import WebhookAddress, is_signed_by_what_connects, webhook_address
from tresen.workspace.telling import tell, warn

TEMPLATE = "setup/stores/connection.html"


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@for_admins
def show(request: AgentRequest, store_id: int) -> HttpResponse:
    """The steps, the test, and the health."""
    standing = _standing_or_404(request, store_id)
    form = _form(request, standing)
    if request.method == "GET":
        return _page(request, standing, form)
    if "sign-in" in request.POST and form.consent:
        return _page(request, standing, form, sign_in=sign_in_address(request, standing.store, form))
    came = tried(form, standing.store, at=request.at)
    if "try" in request.POST:
        return _tried_part(request, form, came) if wants_part(request) else _page(request, standing, form, came)
    if isinstance(came, Connected) and let_in(form, standing.store, came, by=request.actor, at=request.at):
        tell(request, _connected_words(standing.store))
        for lacking in came.lacks:
            warn(request, lacking)
        return redirect("setup-store-connection", store_id)
    return _page(request, standing, form, came, failed=True)


def _connected_words(store: Store) -> str:
    """What happens next: a store without feeds only listens."""
    if connector_of(store).feeds:
        words = _("%(store)s is connected. Its past is being read.")
    else:
        words = _("%(store)s is connected. What its platform tells from now on is taken over.")
    return words % {"store": store.name}


@require_GET
@for_admins
def show_health(request: AgentRequest, store_id: int) -> HttpResponse:
    """How the connection does now, for a page that is open."""
    standing = _standing_or_404(request, store_id)
    if standing.connected is None:
        raise Http404
    context = {"store": standing.store, "health": health_shown(standing, at=request.at), "at": request.at}
    response = render(request, "setup/stores/health.html", context, using="jinja2")
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@for_admins
def read_feed(request: AgentRequest, store_id: int, key: str) -> HttpResponse:
    """Read one feed as soon as its platform allows."""
    standing = _standing_or_404(request, store_id)
    feed = next((one for one in standing.feeds if one.key == key), None)
    moment = read_now(store_id, key, at=request.at) if feed and standing.connected else None
    if feed is None or moment is None:
        raise Http404
    words = {"feed": label(feed.title), "time": clock_time(moment)}
    if moment > request.at:
        tell(request, _("%(feed)s: read again at %(time)s; the platform does not allow it sooner.") % words)
    else:
        tell(request, _("%(feed)s: being read now.") % words)
    return redirect("setup-store-connection", store_id)


@require_POST
@for_admins
def cut_off(request: AgentRequest, store_id: int) -> HttpResponse:
    """Ask the platform no more, and forget what opened it."""
    standing = _standing_or_404(request, store_id)
    cut_off_store(store_id, by=request.actor, at=request.at)
    tell(request, _("%(store)s is cut off from its platform. What was read stays.") % {"store": standing.store.name})
    return redirect("setup-store-connection", store_id)


def _standing_or_404(request: AgentRequest, store_id: int) -> Standing:
    store = get_object_or_404(Store.objects.select_related("brand"), pk=store_id, retired_at=None)
    found = standings([store], at=request.at).get(store_id)
    if found is None:
        raise Http404
    return found


def _form(request: AgentRequest, standing: Standing) -> ConnectionForm:
    connection = connection_of(standing.store)
    assert connection is not None, "only such stores have a standing"
    return ConnectionForm(
        request.POST or None,
        store=standing.store,
        connection=connection,
        kept=kept_secrets(standing.store.pk),
        settings={**(standing.connected.settings if standing.connected else {}), **shown_secrets(standing.store)},
        read_back=_read_back(standing),
    )


def _read_back(standing: Standing) -> timedelta | None:
    pasts = [feed.past.began_at - feed.past.back_to for feed in standing.feeds if feed.past]
    return max(pasts, default=None)


def _page(
    request: AgentRequest,
    standing: Standing,
    form: ConnectionForm,
    came: Connected | Trouble | None = None,
    *,
    failed: bool = False,
    sign_in: str = "",
) -> HttpResponse:
    """`failed`: the store was to be connected, and is not. `sign_in`: where the seller agrees."""
    context: dict[str, Any] = {
        "store": standing.store,
        "form": form,
        "steps": [(step, label(step.text), [form[one.name] for one in step.fields]) for step in form.steps],
        "kept": form.kept,
        "by_mail": sends_by_mail(standing.store),
        "connected": standing.connected,
        "health": health_shown(standing, at=request.at) if standing.connected else None,
        "failed": failed,
        "sign_in": sign_in,
        "consent_title": label(form.consent.title) if form.consent else "",
        "callback": callback_of(request) if form.consent else "",
        "webhook": _webhook(request, standing.store, form),
        "signed_above": is_signed_by_what_connects(standing.store),
        **_came(came),
    }
    return page(request, "stores", TEMPLATE, context, status=422 if form.errors or failed else 200)


def _webhook(request: AgentRequest, store: Store, form: ConnectionForm) -> WebhookAddress:
    """As it is with what was entered just now."""
    kept = webhook_address(request, store)
    return webhook_address(request, store, entered=form[kept.asked].value() or "") if kept.asked else kept


def _tried_part(request: AgentRequest, form: ConnectionForm, came: Connected | Trouble | None) -> HttpResponse:
    """The answer alone: what was typed stays in its fields, secrets too."""
    wrong = {name: str(said[0]) for name, said in form.errors.items()}
    problems = [(form[name].id_for_label, str(form.fields[name].label), said) for name, said in wrong.items()]
    context = {"problems": problems, "failed": False, **_came(came)}
    return render(request, "setup/stores/tried.html", context, using="jinja2")


def _came(came: Connected | Trouble | None) -> dict[str, Any]:
    return {
        "known": came if isinstance(came, Connected) else None,
        "trouble": came if isinstance(came, Trouble) else None,
    }
