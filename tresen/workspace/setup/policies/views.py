"""Reply targets: the list, one policy, its place, its switch, its end, what it said before."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.sla.editing import disable_policy, enable_policy, move_policy, retire_policy
from tresen.sla.queries import ListedPolicy, listed_policies, versions_of
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_leads
from tresen.workspace.setup.naming import names_in_use
from tresen.workspace.setup.policies.forms import PlaceForm, PolicyForm
from tresen.workspace.setup.policies.limits import limits_at
from tresen.workspace.setup.policies.listing import shown
from tresen.workspace.setup.policies.saving import form_for, saved
from tresen.workspace.setup.sections import page
from tresen.workspace.telling import Undo, tell


@require_GET
@for_leads
def show_list(request: AgentRequest) -> HttpResponse:
    """All policies in the order in which they are asked, and what the platforms demand."""
    context = {"policies": shown(listed_policies(), names_in_use()), "limits": limits_at(request.at)}
    return page(request, "policies", "setup/policies/list.html", context)


@require_http_methods(["GET", "POST"])
@for_leads
def add(request: AgentRequest) -> HttpResponse:
    """A new policy."""
    form = form_for(request.POST or None, None)
    if request.method == "POST" and saved(form, None, by=request.actor, at=request.at):
        tell(request, _("“%(name)s” is added.") % {"name": form.cleaned_data["name"]})
        return redirect("setup-policies")
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
@for_leads
def change(request: AgentRequest, policy_id: int) -> HttpResponse:
    """A policy's next version."""
    policy = _listed_or_404(policy_id)
    form = form_for(request.POST or None, policy)
    if request.method == "POST" and saved(form, policy, by=request.actor, at=request.at):
        tell(request, _("“%(name)s” is saved. Open clocks stay as they are.") % {"name": form.cleaned_data["name"]})
        return redirect("setup-policies")
    return _form_page(request, form, policy)


@require_POST
@for_leads
def place(request: AgentRequest, policy_id: int) -> HttpResponse:
    """Ask a policy earlier or later."""
    before = _listed_or_404(policy_id)
    form = PlaceForm(request.POST)
    if form.is_valid():
        move_policy(policy_id, to=form.cleaned_data["to"], by=request.actor, at=request.at)
        now = _listed_or_404(policy_id).position
        if now != before.position:
            back = Undo(address=reverse("setup-policy-place", args=[policy_id]), values={"to": before.position})
            words = _("“%(name)s” is at place %(place)s now.") % {"name": before.name, "place": now}
            tell(request, words, undo=back)
    return redirect("setup-policies")


@require_POST
@for_leads
def switch_on(request: AgentRequest, policy_id: int) -> HttpResponse:
    """Ask a policy again."""
    name = _listed_or_404(policy_id).name
    enable_policy(policy_id, by=request.actor, at=request.at)
    tell(request, _("“%(name)s” is asked again.") % {"name": name}, undo=_back("setup-policy-off", policy_id))
    return redirect("setup-policies")


@require_POST
@for_leads
def switch_off(request: AgentRequest, policy_id: int) -> HttpResponse:
    """Ask a policy no longer."""
    name = _listed_or_404(policy_id).name
    disable_policy(policy_id, by=request.actor, at=request.at)
    tell(request, _("“%(name)s” is switched off.") % {"name": name}, undo=_back("setup-policy-on", policy_id))
    return redirect("setup-policies")


@require_POST
@for_leads
def retire(request: AgentRequest, policy_id: int) -> HttpResponse:
    """Take a policy off the list for good."""
    name = _listed_or_404(policy_id).name
    retire_policy(policy_id, by=request.actor, at=request.at)
    tell(request, _("“%(name)s” is retired. Its versions stay readable.") % {"name": name})
    return redirect("setup-policies")


@require_GET
@for_leads
def show_versions(request: AgentRequest, policy_id: int) -> HttpResponse:
    """What a policy said over time, also after its end."""
    versions = versions_of(policy_id)
    if not versions:
        raise Http404
    context = {"name": versions[0].name, "versions": shown(versions, names_in_use())}
    return page(request, "policies", "setup/policies/versions.html", context)


def _form_page(request: AgentRequest, form: PolicyForm, policy: ListedPolicy | None) -> HttpResponse:
    status = 422 if form.errors else 200
    return page(request, "policies", "setup/policies/form.html", {"form": form, "policy": policy}, status=status)


def _listed_or_404(policy_id: int) -> ListedPolicy:
    found = next((policy for policy in listed_policies() if policy.id == policy_id), None)
    if found is None:
        raise Http404
    return found


def _back(route: str, policy_id: int) -> Undo:
    return Undo(address=reverse(route, args=[policy_id]), values={})
