"""Notices: the mailbox they leave through, the on-call address, chats, and what did not arrive."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tresen.accounts.wording import AccountWrong
from tresen.alerts.models import NoticeGroup, Posting, PostingState, WaysOut, Webhook
from tresen.alerts.outward.connecting import (
    add_webhook,
    change_webhook,
    choose_ways,
    retire_webhook,
    secret_of,
    try_webhook,
)
from tresen.alerts.outward.outcomes import Again, Never, Posted, Unknown
from tresen.vault.sealing import SecretMissing
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_admins
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.notices.forms import WaysForm, WebhookForm
from tresen.workspace.setup.sections import page
from tresen.workspace.telling import tell, warn

MOST_FAILED = 20


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    """All ways out, and the postings that did not arrive."""
    form = WaysForm(request.POST or None, ways=WaysOut.objects.first())
    if request.method == "POST" and form.is_valid() and _ways_kept(request, form):
        tell(request, _("Saved. It counts for what comes from now on."))
        return redirect("setup-notices")
    failed = Posting.objects.filter(state__in=[PostingState.GIVEN_UP, PostingState.UNCERTAIN])
    context = {
        "form": form,
        "webhooks": Webhook.objects.filter(retired_at=None).order_by("name"),
        "failed": failed.select_related("agent", "webhook").order_by("-created_at")[:MOST_FAILED],
    }
    return page(request, "notices", "setup/notices/show.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_admins
def add(request: AgentRequest) -> HttpResponse:
    """A new chat."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@for_admins
def change(request: AgentRequest, webhook_id: int) -> HttpResponse:
    """A chat's address, and what is told there."""
    return _form(request, _webhook_or_404(webhook_id))


@require_POST
@for_admins
def try_it(request: AgentRequest, webhook_id: int) -> HttpResponse:
    """Call it once, and say what it answered."""
    match try_webhook(_webhook_or_404(webhook_id), at=request.at):
        case Posted(answer=answer):
            tell(request, _("The chat took the test: %(answer)s") % {"answer": answer})
        case Again(reason=reason) | Never(reason=reason) | Unknown(reason=reason):
            warn(request, _("The chat did not take the test: %(reason)s") % {"reason": reason})
    return redirect("setup-webhook", webhook_id)


@require_POST
@for_admins
def retire(request: AgentRequest, webhook_id: int) -> HttpResponse:
    """Tell this chat nothing more."""
    webhook = _webhook_or_404(webhook_id)
    retire_webhook(webhook.pk, by=request.actor, at=request.at)
    tell(request, _("“%(name)s” is told nothing more.") % {"name": webhook.name})
    return redirect("setup-notices")


def _form(request: AgentRequest, webhook: Webhook | None) -> HttpResponse:
    form = WebhookForm(request.POST or None, webhook=webhook, language=request.agent.language)
    if request.method == "POST" and form.is_valid():
        kept = _webhook_kept(request, form, webhook)
        if kept is not None:
            tell(request, _("“%(name)s” is saved. Try it once.") % {"name": form.cleaned_data["name"]})
            return redirect("setup-webhook", kept)
    context = {"form": form, "webhook": webhook, "secret": _secret(webhook)}
    return page(request, "notices", "setup/notices/webhook.html", context, status=422 if form.errors else 200)


def _ways_kept(request: AgentRequest, form: WaysForm) -> bool:
    given = form.cleaned_data
    try:
        choose_ways(mailbox_id=given["mailbox"], on_call_email=given["on_call_email"], by=request.actor, at=request.at)
    except AccountWrong as wrong:
        show_problems(form, wrong.problems, field_of=lambda where: where)
    return not form.errors


def _webhook_kept(request: AgentRequest, form: WebhookForm, webhook: Webhook | None) -> int | None:
    given = {**form.cleaned_data, "groups": [NoticeGroup(group) for group in form.cleaned_data["groups"]]}
    try:
        if webhook is None:
            return add_webhook(**given, by=request.actor, at=request.at).pk
        change_webhook(webhook.pk, **given, by=request.actor, at=request.at)
    except AccountWrong as wrong:
        show_problems(form, wrong.problems, field_of=lambda where: where)
        return None
    return webhook.pk


def _secret(webhook: Webhook | None) -> str:
    try:
        return secret_of(webhook.pk) if webhook else ""
    except SecretMissing:
        return ""


def _webhook_or_404(webhook_id: int) -> Webhook:
    return get_object_or_404(Webhook, pk=webhook_id, retired_at=None)
