"""Where a platform tells by itself: the address to paste there and the secret to paste here, or a button to ask it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tresen.intake.webhooks import set_aside
from tresen.stores.channel_words import channel_title
from tresen.stores.models import Store, StoreConnection
from tresen.stores.subscribing import subscribe
from tresen.stores.telling import door_of, has_secret, keep_signing_secret, own_webhook, shown_secret
from tresen.stores.wording import SetupWrong
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_admins
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.sections import page
from tresen.workspace.setup.stores.forms import SecretForm
from tresen.workspace.setup.stores.labels import label
from tresen.workspace.setup.stores.webhook_address import is_signed_by_what_connects, webhook_address
from tresen.workspace.telling import tell, warn


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest, store_id: int) -> HttpResponse:
    """The store's address for webhooks, and whether they come."""
    store = get_object_or_404(Store, pk=store_id, retired_at=None)
    door = door_of(store)
    if door is None:
        raise Http404
    if request.method == "POST" and door.subscribe is not None:
        return _subscribed(request, store)
    made_up = door.asked is not None and door.asked.readable
    shown = shown_secret(store, door.secret) if made_up else ""
    form = SecretForm(request.POST or None, asked=door.asked, shown=shown)
    if request.method == "POST" and _kept(request, store, form):
        tell(request, _("The secret is kept. What the platform tells from now on is taken over."))
        return redirect("setup-store-webhooks", store_id)
    unread, newest = set_aside(store_id)
    context = {
        "unread": unread,
        "newest": newest,
        "form": form,
        "store": store,
        "topics": door.topics,
        "where": label(door.where),
        "there": label(door.there),
        "chosen": door.chosen,
        "made_up": made_up,
        "signed_above": is_signed_by_what_connects(store),
        "has_secret": has_secret(store, door),
        "address": webhook_address(request, store),
        "asks_itself": door.subscribe is not None,
        "connected": StoreConnection.objects.filter(store=store).exists(),
        "platform": channel_title(store.channel),
    }
    return page(request, "stores", "setup/stores/webhooks.html", context, status=422 if form.errors else 200)


def _subscribed(request: AgentRequest, store: Store) -> HttpResponse:
    """A platform reaches only what is open to the internet, which an address with https:// is a sign of."""
    if not own_webhook(store.pk).startswith("https://"):
        warn(request, _("The platform can’t reach this installation: its address must begin with https://."))
        return redirect("setup-store-webhooks", store.pk)
    stopped = subscribe(store.pk, contact=request.agent.email, by=request.actor, at=request.at)
    if stopped is None:
        tell(request, _("From now on the platform tells by itself."))
    else:
        warn(request, label(stopped.reason))
    return redirect("setup-store-webhooks", store.pk)


def _kept(request: AgentRequest, store: Store, form: SecretForm) -> bool:
    if not form.is_valid():
        return False
    try:
        keep_signing_secret(store.pk, form.cleaned_data["secret"], by=request.actor, at=request.at)
    except SetupWrong as wrong:
        show_problems(form, wrong.problems, field_of=lambda where: where)
        return False
    return True
