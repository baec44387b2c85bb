"""Where a platform tells of orders by itself: the address to paste there, and the secret to paste here."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tresen.intake.webhooks import set_aside
from tresen.stores.models import Store
from tresen.stores.telling import door_of, has_secret, keep_signing_secret
from tresen.stores.wording import SetupWrong
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_admins
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.sections import page
from tresen.workspace.setup.stores.forms import SecretForm
from tresen.workspace.setup.stores.labels import label
from tresen.workspace.telling import tell


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest, store_id: int) -> HttpResponse:
    """The store's address for webhooks, and whether they come."""
    store = get_object_or_404(Store, pk=store_id, retired_at=None)
    door = door_of(store)
    if door is None:
        raise Http404
    form = SecretForm(request.POST or None)
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
        "has_secret": has_secret(store, door),
        "address": request.build_absolute_uri(reverse("webhook", args=[store_id])),
    }
    return page(request, "stores", "setup/stores/webhooks.html", context, status=422 if form.errors else 200)


def _kept(request: AgentRequest, store: Store, form: SecretForm) -> bool:
    if not form.is_valid():
        return False
    try:
        keep_signing_secret(store.pk, form.cleaned_data["secret"], by=request.actor, at=request.at)
    except SetupWrong as wrong:
        show_problems(form, wrong.problems, field_of=lambda where: where)
        return False
    return True
