"""Reply targets: the list and its order, one policy, its switch, its end, what it said before.

Whatever changes what counts asks first what happens to open clocks, see `setup.open_clocks.asking`.
"""

from collections.abc import Callable, Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.sla.editing import PolicyChanged, disable_policy, enable_policy, order_policies, retire_policy
from tresen.sla.models import EditReason
from tresen.sla.previewing import preview
from tresen.sla.queries import ListedPolicy, listed_policies, versions_of
from tresen.sla.recalculations import Edit, history_of
from tresen.sla.wording import PolicyWrong
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_leads
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.naming import names_in_use
from tresen.workspace.setup.open_clocks import progress
from tresen.workspace.setup.open_clocks.asking import Asking, settled, wants_to_edit_again, was_asked
from tresen.workspace.setup.open_clocks.consequences import beside_each, choices_of
from tresen.workspace.setup.policies.counted import MOST, open_by_policy, open_of
from tresen.workspace.setup.policies.entering import field_of
from tresen.workspace.setup.policies.forms import OrderForm
from tresen.workspace.setup.policies.limits import limits_at
from tresen.workspace.setup.policies.listing import shown
from tresen.workspace.setup.policies.ordering import in_order
from tresen.workspace.setup.policies.phrases import METRICS
from tresen.workspace.setup.policies.saving import BASED_ON, change_in, form_for
from tresen.workspace.setup.policies.standing import standing_of
from tresen.workspace.setup.sections import page
from tresen.workspace.telling import Undo, tell


@require_GET
@for_leads
def show_list(request: AgentRequest) -> HttpResponse:
    """All policies in the order in which they are asked, and what the platforms demand.

    `?order=3,1,2` shows them in an order that is not saved yet.
    """
    listed = listed_policies()
    wanted = OrderForm(request.GET).ids()
    ordered = in_order(listed, wanted)
    context = {
        "policies": shown(ordered, names_in_use(), open_tickets=open_by_policy(request.scope)),
        "reordered": [policy.id for policy in ordered] != [policy.id for policy in listed],
        "order": ",".join(str(policy.id) for policy in ordered),
        "recalculations": progress.shown_lately(request.at),
        "limits": limits_at(request.at),
    }
    return page(request, "policies", "setup/policies/list.html", context)


@require_GET
@for_leads
def show_tickets(request: AgentRequest, policy_id: int) -> HttpResponse:
    """The open tickets that count by a policy now."""
    title = _("Open tickets that count by “%(name)s”") % {"name": _listed_or_404(policy_id).name}
    context = {"title": title, "clocks": open_of(policy_id, request.scope), "most": MOST, "metrics": METRICS}
    return page(request, "policies", "setup/policies/tickets.html", context)


@require_http_methods(["GET", "POST"])
@for_leads
def add(request: AgentRequest) -> HttpResponse:
    """A new policy."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@for_leads
def change(request: AgentRequest, policy_id: int) -> HttpResponse:
    """A policy's next version."""
    return _form(request, _listed_or_404(policy_id))


@require_POST
@for_leads
def order(request: AgentRequest) -> HttpResponse:
    """Ask the policies in another order."""
    reorder = _reorder(request, OrderForm(request.POST).ids())
    return _settled(request, reorder, _("Save the order"), _("The order is saved."))


@require_GET
@for_leads
def preview_order(request: AgentRequest) -> HttpResponse:
    """What another order would do: the part of the list that comes after it."""
    found = preview(_reorder(request, OrderForm(request.GET).ids()), at=request.at)
    context = {"found": found, "choices": choices_of(found), "beside": beside_each(found)}
    response = render(request, "setup/policies/order_preview.html", context, using="jinja2")
    response.headers["Cache-Control"] = "no-store"
    return response


def _reorder(request: AgentRequest, ids: Sequence[int]) -> Callable[[], Edit | None]:
    def reorder() -> Edit | None:
        moved = order_policies(ids, by=request.actor, at=request.at)
        return Edit(reason=EditReason.MOVED, policies=moved) if moved else None

    return reorder


@require_POST
@for_leads
def switch_on(request: AgentRequest, policy_id: int) -> HttpResponse:
    """Ask a policy again."""
    policy = _listed_or_404(policy_id)

    def enable() -> Edit | None:
        enable_policy(policy_id, by=request.actor, at=request.at)
        return None if policy.enabled else Edit(reason=EditReason.ENABLED, policies=(policy_id,))

    title = _("Switch “%(name)s” on") % {"name": policy.name}
    done = _("“%(name)s” is asked again.") % {"name": policy.name}
    return _settled(request, enable, title, done, undo=_back("setup-policy-off", policy_id))


@require_POST
@for_leads
def switch_off(request: AgentRequest, policy_id: int) -> HttpResponse:
    """Ask a policy no longer."""
    policy = _listed_or_404(policy_id)

    def disable() -> Edit | None:
        disable_policy(policy_id, by=request.actor, at=request.at)
        return Edit(reason=EditReason.DISABLED, policies=(policy_id,)) if policy.enabled else None

    title = _("Switch “%(name)s” off") % {"name": policy.name}
    done = _("“%(name)s” is switched off.") % {"name": policy.name}
    return _settled(request, disable, title, done, undo=_back("setup-policy-on", policy_id))


@require_POST
@for_leads
def retire(request: AgentRequest, policy_id: int) -> HttpResponse:
    """Take a policy off the list for good."""
    policy = _listed_or_404(policy_id)

    def off_the_list() -> Edit:
        retire_policy(policy_id, by=request.actor, at=request.at)
        return Edit(reason=EditReason.RETIRED, policies=(policy_id,))

    title = _("Retire “%(name)s” for good") % {"name": policy.name}
    done = _("“%(name)s” is retired. Its versions stay readable.") % {"name": policy.name}
    return _settled(request, off_the_list, title, done)


@require_GET
@for_leads
def show_versions(request: AgentRequest, policy_id: int) -> HttpResponse:
    """What a policy said over time, and what its edits did to open clocks, also after its end."""
    versions = versions_of(policy_id)
    if not versions:
        raise Http404
    context = {
        "name": versions[0].name,
        "versions": shown(versions, names_in_use()),
        "recalculations": progress.shown(history_of(policy=policy_id)),
    }
    return page(request, "policies", "setup/policies/versions.html", context)


def _form(request: AgentRequest, policy: ListedPolicy | None) -> HttpResponse:
    form = form_for(request.POST or None, policy)
    based_on = request.POST.get(BASED_ON) or (policy.number if policy else "")
    if request.method == "POST" and not wants_to_edit_again(request):
        change = change_in(form, policy, by=request.actor, at=request.at)
        if change is not None:
            name = form.cleaned_data["name"]
            done = _("“%(name)s” is saved.") if policy else _("“%(name)s” is added.")
            try:
                return _settled(request, change, name, done % {"name": name}, form=True, new=policy is None)
            except PolicyWrong as wrong:
                show_problems(form, wrong.problems, field_of=field_of)
                if isinstance(wrong, PolicyChanged) and policy:
                    based_on = policy.number
    status = 422 if form.errors else 200
    context = {"form": form, "policy": policy, "based_on": based_on}
    return page(request, "policies", "setup/policies/form.html", context, status=status)


def _settled(
    request: AgentRequest,
    change: Callable[[], Edit | None],
    title: str,
    done: str,
    *,
    undo: Undo | None = None,
    form: bool = False,
    new: bool = False,
) -> HttpResponse:
    leave = reverse("setup-policies")
    asking = Asking(section="policies", title=title, leave=leave, form=form, always=new, standing=standing_of)
    question = settled(request, change, asking)
    if question is not None:
        return question
    # Nobody was asked: that has its reason, which is said.
    tell(request, done if was_asked(request) else f"{done} {_('No open clock moves.')}", undo=undo)
    return redirect("setup-policies")


def _listed_or_404(policy_id: int) -> ListedPolicy:
    found = next((policy for policy in listed_policies() if policy.id == policy_id), None)
    if found is None:
        raise Http404
    return found


def _back(route: str, policy_id: int) -> Undo:
    return Undo(address=reverse(route, args=[policy_id]), values={})
