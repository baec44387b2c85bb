"""Mailboxes: connected, tested, signed in anew, told how far back to read."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.intake.mailboxes.starting import asks, suggested_receivers, untold
from tresen.stores.connecting import retire_mailbox
from tresen.stores.models import Mailbox
from tresen.stores.trying import Tried
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_admins
from tresen.workspace.setup.health_words import health_of
from tresen.workspace.setup.mailboxes.forms import MailboxForm, SecretsForm, StartForm
from tresen.workspace.setup.mailboxes.saving import saved, signed_in_again, start, starts_offered, tried
from tresen.workspace.setup.sections import page
from tresen.workspace.telling import tell, warn


@require_GET
@for_admins
def show_list(request: AgentRequest) -> HttpResponse:
    """All mailboxes and how they do."""
    mailboxes = Mailbox.objects.filter(retired_at=None).order_by("name").prefetch_related("stores")
    context = {"mailboxes": [(mailbox, health_of(mailbox)) for mailbox in mailboxes]}
    return page(request, "mailboxes", "setup/mailboxes/list.html", context)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@for_admins
def add(request: AgentRequest) -> HttpResponse:
    """A new mailbox."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@for_admins
def change(request: AgentRequest, mailbox_id: int) -> HttpResponse:
    """One mailbox: its servers, its stores, how it does."""
    return _form(request, _mailbox_or_404(mailbox_id))


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@for_admins
def sign_in_again(request: AgentRequest, mailbox_id: int) -> HttpResponse:
    """After the password changed or the provider's consent was withdrawn."""
    mailbox = _mailbox_or_404(mailbox_id)
    form = SecretsForm(request.POST or None, mailbox=mailbox)
    if request.method == "POST" and signed_in_again(form, mailbox, by=request.actor, at=request.at):
        tell(request, _("%(mailbox)s is tried again now.") % {"mailbox": mailbox.name})
        return redirect("setup-mailbox", mailbox_id)
    context = {"form": form, "mailbox": mailbox, "health": health_of(mailbox)}
    return page(request, "mailboxes", "setup/mailboxes/sign_in.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_admins
def choose_start(request: AgentRequest, mailbox_id: int) -> HttpResponse:
    """How far back the mailbox is read."""
    mailbox = _mailbox_or_404(mailbox_id)
    choices, trouble = starts_offered(mailbox, at=request.at)
    form = StartForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        start(mailbox, form.cleaned_data["days"], at=request.at)
        tell(request, _("%(mailbox)s is being read.") % {"mailbox": mailbox.name})
        return redirect("setup-mailbox", mailbox_id)
    context = {"form": form, "mailbox": mailbox, "trouble": trouble}
    return page(request, "mailboxes", "setup/mailboxes/start.html", context, status=422 if form.errors else 200)


@require_POST
@for_admins
def retire(request: AgentRequest, mailbox_id: int) -> HttpResponse:
    """Read it no more and forget its secrets."""
    mailbox = retire_mailbox(_mailbox_or_404(mailbox_id).pk, by=request.actor, at=request.at)
    tell(request, _("%(mailbox)s is disconnected. What came in stays.") % {"mailbox": mailbox.name})
    return redirect("setup-mailboxes")


def _form(request: AgentRequest, mailbox: Mailbox | None) -> HttpResponse:
    form = MailboxForm(request.POST or None, mailbox=mailbox)
    if "try" in request.POST:
        return _form_page(request, form, mailbox, came_of_it=tried(form, mailbox, at=request.at))
    kept = saved(form, mailbox, by=request.actor, at=request.at) if request.method == "POST" else None
    if kept is not None:
        tell(request, _("%(mailbox)s is saved and tried now.") % {"mailbox": kept.name})
        if not form.cleaned_data["stores"]:
            warn(request, _("It serves no store yet: its mail waits until you choose one."))
        return redirect("setup-mailbox", kept.pk)
    return _form_page(request, form, mailbox)


def _form_page(
    request: AgentRequest, form: MailboxForm, mailbox: Mailbox | None, came_of_it: Tried | None = None
) -> HttpResponse:
    if came_of_it is not None and came_of_it.secrets.given():
        # The provider may have exchanged the refresh token: the form goes on with the one that is good now.
        form = MailboxForm(mailbox=mailbox, typed={**form.cleaned_data, **came_of_it.secrets.given()})
    context = {
        "form": form,
        "mailbox": mailbox,
        "health": health_of(mailbox) if mailbox else None,
        "asks": mailbox is not None and asks(mailbox),
        "tried": came_of_it,
        "untold": mailbox is not None and untold(mailbox),
        "receivers": suggested_receivers(mailbox.pk) if mailbox and not mailbox.trusted_receivers else (),
    }
    return page(request, "mailboxes", "setup/mailboxes/form.html", context, status=422 if form.errors else 200)


def _mailbox_or_404(mailbox_id: int) -> Mailbox:
    return get_object_or_404(Mailbox, pk=mailbox_id, retired_at=None)
