"""One verb for several chosen rows, with its way back: what could not be done says why."""

from collections import Counter
from collections.abc import Sequence

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from tresen.accounts.models import Agent
from tresen.accounts.scope import Scope
from tresen.tickets.models import Ticket
from tresen.tickets.queries import visible
from tresen.tickets.tagging import LONGEST_TAG
from tresen.workspace.queue.selection_verbs import VALUES, VERBS, Asked, Refused
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import Undo, tell, warn

MOST = 200


class SelectionForm(forms.Form):
    """`verb` may carry its value: "solve:thanks".

    Tickets' numbers, and in their order what their rows showed last and what was so before, are separated by commas.
    """

    verb = forms.RegexField(rf"^({'|'.join(VERBS)})(:[a-z0-9_]{{0,20}})?$")
    tag = forms.CharField(max_length=LONGEST_TAG, required=False)
    tickets = forms.RegexField(r"^\d{1,18}(,\d{1,18})*$", max_length=20 * MOST)
    seen = forms.RegexField(r"^\d{0,18}(,\d{0,18})*$", max_length=20 * MOST, required=False)
    before = forms.RegexField(r"^[\d:.T+-]{0,40}(,[\d:.T+-]{0,40})*$", max_length=42 * MOST, required=False)

    def clean_verb(self) -> tuple[str, str]:
        """The verb's name and its value, which must be one that the verb knows."""
        name, _colon, value = self.cleaned_data["verb"].partition(":")
        knows = VALUES.get(name)
        if knows is not None and not knows(value):
            raise forms.ValidationError(value)
        return name, value


@require_GET
def show_bar(request: AgentRequest) -> HttpResponse:
    """What can be done to chosen rows; asked for after the page, which must be quick and has none chosen yet."""
    return render(request, "queue/selection.html", {"colleagues": _colleagues(request.scope)}, using="jinja2")


def _colleagues(scope: Scope) -> list[Agent]:
    """To whom tickets of this scope can be given: who is in its teams."""
    active = Agent.objects.filter(is_active=True)
    if scope.teams is not None:
        active = active.filter(teams__in=scope.teams)
    return list(active.distinct().order_by("name"))


@require_POST
def act_on_selection(request: AgentRequest) -> HttpResponse:
    """Do it to those of the chosen tickets that this agent sees and that it fits."""
    form = SelectionForm(request.POST)
    if not form.is_valid():
        warn(request, _("Choose some rows first."))
        return redirect("desk")
    given = form.cleaned_data
    numbers = [int(number) for number in given["tickets"].split(",")[:MOST]]
    name, value = given["verb"]
    asked = Asked(
        by=request.actor,
        at=request.at,
        value=value or " ".join(given["tag"].split()),
        seen={ticket: int(seen or 0) for ticket, seen in zip(numbers, given["seen"].split(","), strict=False)},
        before=dict(zip(numbers, given["before"].split(","), strict=False)),
    )
    if name == "tag" and not asked.value:
        warn(request, _("The tag is empty."))
        return redirect("desk")
    _act(request, name, numbers, asked)
    return redirect("desk")


def _act(request: AgentRequest, name: str, numbers: Sequence[int], asked: Asked) -> None:
    verb, back = VERBS[name]
    done: dict[int, str] = {}
    refused: Counter[str] = Counter()
    chosen: dict[int, Ticket] = {ticket.pk: ticket for ticket in visible(request.scope).filter(pk__in=numbers)}
    for number in sorted(set(numbers)):
        if number not in chosen:
            refused[_("you do not see them any more")] += 1
            continue
        try:
            done[number] = verb(chosen[number], asked)
        except Refused as why:
            refused[str(why)] += 1
    values = {"verb": back, "tickets": ",".join(map(str, done)), "before": ",".join(done.values())}
    undo = Undo(address=reverse("selection"), values=values) if back and done else None
    if done:
        tell(request, _result(name, len(done), refused), undo=undo)
    else:
        warn(request, _result(name, 0, refused))


def _result(verb: str, done: int, refused: Counter[str]) -> str:
    if not refused:
        sentence = ngettext("%(count)s ticket: %(what)s.", "%(count)s tickets: %(what)s.", done)
        return sentence % {"count": done, "what": DONE[verb]}
    parts = [_("%(done)s of %(all)s: %(what)s") % {"done": done, "all": done + refused.total(), "what": DONE[verb]}]
    for why, count in refused.most_common():
        sentence = ngettext("%(count)s not, because %(why)s", "%(count)s not, because %(why)s", count)
        parts.append(sentence % {"count": count, "why": why})
    return "; ".join(parts) + "."


DONE: dict[str, Promise] = {
    "take": gettext_lazy("taken"),
    "assign": gettext_lazy("assigned"),
    "reassign": gettext_lazy("assigned as before"),
    "snooze": gettext_lazy("snoozed until tomorrow"),
    "wake": gettext_lazy("not snoozed any more"),
    "tag": gettext_lazy("tag added"),
    "untag": gettext_lazy("tag removed"),
    "waive": gettext_lazy("no response needed"),
    "owe_again": gettext_lazy("an answer is owed again"),
    "solve": gettext_lazy("solved"),
    "open_again": gettext_lazy("open again"),
}
"""What is said of the tickets afterwards, for each verb."""
