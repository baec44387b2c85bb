"""How much money each role may give back alone, and who changed it when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tresen.actions.limiting import LimitChange, changes, limits, set_limits
from tresen.channels.money import minor_units
from tresen.orders.queries import currencies_in_use
from tresen.workspace.money import money
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_admins
from tresen.workspace.setup.money_limits.forms import TITLES, LimitsForm
from tresen.workspace.setup.sections import page
from tresen.workspace.telling import tell

MOST_TOLD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeShown:
    """Who changed a limit when, and from what to what."""

    at: datetime
    who: str
    whose: str
    before: str
    after: str


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    """All limits in one form."""
    form = LimitsForm(request.POST or None, known=limits(), in_use=currencies_in_use())
    if request.method == "POST" and form.is_valid():
        changed = set_limits(form.limits(), by=request.actor, at=request.at)
        tell(request, _("Saved. It counts from now.") if changed else _("Nothing was changed."))
        return redirect("setup-money-limits")
    context = {"form": form, "titles": list(TITLES.values()), "changes": list(_told(changes(MOST_TOLD)))}
    return page(request, "money_limits", "setup/money_limits/show.html", context, status=422 if form.errors else 200)


def _told(recorded: Sequence[LimitChange]) -> Iterator[ChangeShown]:
    for one in recorded:
        role = str(TITLES[one.role])
        yield ChangeShown(
            at=one.at,
            who=one.by.name if one.by else _("Tresen"),
            whose=f"{role} · {one.currency}" if one.currency else _("%(role)s · all other currencies") % {"role": role},
            before=_sum(one.before, one.currency),
            after=_sum(one.after, one.currency),
        )


def _sum(most: str | None, currency: str) -> str:
    if most is None:
        return _("as in all other currencies")
    if not most:
        return _("no limit")
    return money(minor_units(Decimal(most), currency), currency) if currency else most
