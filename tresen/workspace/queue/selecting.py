"""One verb for several chosen rows: taking what nobody has, putting aside until tomorrow; each with its way back."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tresen.accounts.actors import Actor
from tresen.tickets.assigning import assign
from tresen.tickets.models import Status, Ticket
from tresen.tickets.queries import visible
from tresen.tickets.snoozing import snooze, wake
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import Undo, tell, warn
from tresen.workspace.ticket.offers import tomorrow_morning

MOST = 200


class SelectionForm(forms.Form):
    """The verb and the tickets' numbers, separated by commas."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in ("take", "give_back", "snooze", "wake")])
    tickets = forms.RegexField(r"^\d{1,18}(,\d{1,18})*$", max_length=20 * MOST)


@require_POST
def act_on_selection(request: AgentRequest) -> HttpResponse:
    """Do it to those of the chosen tickets that this agent sees and that it fits."""
    form = SelectionForm(request.POST)
    if not form.is_valid():
        warn(request, _("Choose some rows first."))
        return redirect("desk")
    numbers = [int(number) for number in form.cleaned_data["tickets"].split(",")[:MOST]]
    chosen = visible(request.scope).filter(pk__in=numbers).order_by("pk")
    verb, back = VERBS[form.cleaned_data["verb"]]
    done = verb(list(chosen), request.actor, request.at)
    words = ngettext("Done with %(count)s ticket.", "Done with %(count)s tickets.", len(done)) % {"count": len(done)}
    values = {"verb": back, "tickets": ",".join(map(str, done))}
    tell(request, words, undo=Undo(address=reverse("selection"), values=values) if back and done else None)
    return redirect("desk")


def _take(tickets: Sequence[Ticket], by: Actor, at: datetime) -> list[int]:
    free = [ticket.pk for ticket in tickets if ticket.assignee_id is None]  # shown to him, so he may have them
    for number in free:
        assign(number, assignee_id=by.id, by=by, at=at)
    return free


def _give_back(tickets: Sequence[Ticket], by: Actor, at: datetime) -> list[int]:
    own = [ticket.pk for ticket in tickets if ticket.assignee_id == by.id]
    for number in own:
        assign(number, assignee_id=None, by=by, at=at)
    return own


def _snooze(tickets: Sequence[Ticket], by: Actor, at: datetime) -> list[int]:
    awake = [ticket.pk for ticket in tickets if ticket.status in {Status.OPEN, Status.WAITING}]
    for number in awake:
        snooze(number, until=tomorrow_morning(at), by=by, at=at)
    return awake


def _wake(tickets: Sequence[Ticket], by: Actor, at: datetime) -> list[int]:
    asleep = [ticket.pk for ticket in tickets if ticket.status == Status.SNOOZED]
    for number in asleep:
        wake(number, by=by, at=at)
    return asleep


type Verb = Callable[[Sequence[Ticket], Actor, datetime], list[int]]

VERBS: dict[str, tuple[Verb, str]] = {
    "take": (_take, "give_back"),
    "give_back": (_give_back, ""),
    "snooze": (_snooze, "wake"),
    "wake": (_wake, ""),
}
