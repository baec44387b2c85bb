"""Partners: the address book of warehouses, carriers and suppliers that are asked from tickets."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.partners.entering import add_partner, bring_back_partner, change_partner, retire_partner
from tresen.partners.models import Partner
from tresen.partners.queries import listed_partners
from tresen.partners.wording import PartnerWrong
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_admins
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.partners.forms import PartnerForm
from tresen.workspace.setup.sections import page
from tresen.workspace.telling import Undo, tell, warn


@require_GET
@for_admins
def show_list(request: AgentRequest) -> HttpResponse:
    """The address book, those in use first."""
    known = list(listed_partners())
    context = {
        "partners": [one for one in known if one.retired_at is None],
        "retired": [one for one in known if one.retired_at is not None],
    }
    return page(request, "partners", "setup/partners/list.html", context)


@require_http_methods(["GET", "POST"])
@for_admins
def add(request: AgentRequest) -> HttpResponse:
    """A new partner."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@for_admins
def change(request: AgentRequest, partner_id: int) -> HttpResponse:
    """All that is known of a partner."""
    return _form(request, get_object_or_404(Partner, pk=partner_id))


@require_POST
@for_admins
def retire(request: AgentRequest, partner_id: int) -> HttpResponse:
    """Ask it no more."""
    partner = get_object_or_404(Partner, pk=partner_id)
    retire_partner(partner_id, by=request.actor, at=request.at)
    undo = Undo(address=reverse("setup-partner-return", args=[partner_id]), values={})
    tell(request, _("“%(name)s” is asked no more.") % {"name": partner.name}, undo=undo)
    return redirect("setup-partners")


@require_POST
@for_admins
def bring_back(request: AgentRequest, partner_id: int) -> HttpResponse:
    """It can be asked again."""
    partner = get_object_or_404(Partner, pk=partner_id)
    try:
        bring_back_partner(partner_id, by=request.actor, at=request.at)
        tell(request, _("“%(name)s” can be asked again.") % {"name": partner.name})
    except PartnerWrong as wrong:
        warn(request, wrong.problems[0].sentence)
    return redirect("setup-partners")


def _form(request: AgentRequest, partner: Partner | None) -> HttpResponse:
    form = PartnerForm(request.POST or None, partner=partner, language=request.agent.language)
    if request.method == "POST" and form.is_valid():
        try:
            entered = form.entered()
            if partner is None:
                add_partner(entered, by=request.actor, at=request.at)
            else:
                change_partner(partner.pk, entered, by=request.actor, at=request.at)
            tell(request, _("Partner “%(name)s” is saved.") % {"name": form.cleaned_data["name"]})
            return redirect("setup-partners")
        except PartnerWrong as wrong:
            show_problems(form, wrong.problems, field_of=lambda where: where)
    status = 422 if form.errors else 200
    return page(request, "partners", "setup/partners/form.html", {"form": form, "partner": partner}, status=status)
