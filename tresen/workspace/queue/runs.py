"""More of the same product after an answer: offered, and taken at once."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tresen.routing.runs import MOST, run_after, take_run
from tresen.tickets.queries import visible
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import Undo, tell, tell_besides, warn
from tresen.workspace.ticket.going import back_to, on_to_next


class RunForm(forms.Form):
    """The tickets' numbers, separated by commas, and the one that is open."""

    tickets = forms.RegexField(r"^\d{1,18}(,\d{1,18})*$", max_length=20 * MOST)
    answered = forms.IntegerField(min_value=1)


def offer_run(request: AgentRequest, *, answered: int) -> None:
    """Say what else is free about the product of the ticket that was answered, with a button that takes it."""
    run = run_after(answered, agent_id=request.agent.pk, scope=request.scope, at=request.at)
    if run is None:
        return
    sentence = ngettext(
        "%(count)s more about this product: %(product)s.",
        "%(count)s more about this product: %(product)s.",
        len(run.tickets),
    )
    values: dict[str, str | int] = {"tickets": ",".join(map(str, run.tickets)), "answered": answered}
    take = Undo(address=reverse("run"), values=values, label=ngettext("Take it", "Take them", len(run.tickets)))
    tell_besides(request, sentence % {"count": len(run.tickets), "product": run.product[:60]}, offer=take)


@require_POST
def take_offered(request: AgentRequest) -> HttpResponse:
    """They are this agent's now, and "next" gives them first."""
    form = RunForm(request.POST)
    if not form.is_valid():
        warn(request, _("That did not work."))
        return on_to_next(request, leaving=0)
    numbers = [int(number) for number in form.cleaned_data["tickets"].split(",")[:MOST]]
    seen = list(visible(request.scope).filter(pk__in=numbers).values_list("pk", flat=True))
    taken = take_run(seen, agent_id=request.agent.pk, by=request.actor, at=request.at)
    _tell_taken(request, taken)
    return back_to(taken[0]) if taken else on_to_next(request, leaving=0)


def _tell_taken(request: AgentRequest, taken: list[int]) -> None:
    if not taken:
        warn(request, _("Somebody was quicker: they are taken."))
        return
    values = {"verb": "reassign", "tickets": ",".join(map(str, taken)), "before": "," * (len(taken) - 1)}
    sentence = ngettext(
        "%(count)s ticket is yours now.",
        "%(count)s tickets are yours now: “next” gives you one after the other.",
        len(taken),
    )
    tell(request, sentence % {"count": len(taken)}, undo=Undo(address=reverse("selection"), values=values))
