"""The step between an edit and its saving: what happens to open clocks, asked with what would move.

A screen gives the edit as a function that makes it and says what it was. It is made once to look and taken back, and
once for good.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpResponse

from tresen.sla.models import Mode
from tresen.sla.previewing import preview
from tresen.sla.queries import policy_names
from tresen.sla.recalculations import Edit, begin
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.open_clocks.consequences import choices_of, examples_of, taken_of
from tresen.workspace.setup.sections import page

CHOICE = "open_clocks"
BACK = "edit_again"
NOT_SENT_AGAIN = frozenset({"csrfmiddlewaretoken", CHOICE, BACK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Where it is asked: the set-up's section, what is being saved, and where one goes without saving.

    `form`: the edit was typed on a form at this address, to which one can go back with all that was typed.
    """

    section: str
    title: str
    leave: str
    form: bool = False


def settled(request: AgentRequest, change: Callable[[], Edit | None], asking: Asking) -> HttpResponse | None:
    """The page that asks what happens to open clocks; None once the edit is saved.

    Nobody is asked where no open clock is concerned. `change` makes the edit and says what it was, None for nothing;
    what it raises is raised here, before anything is asked.
    """
    mode = request.POST.get(CHOICE)
    if mode not in Mode.values:
        found = preview(change, at=request.at)
        if found.asks:
            return page(
                request,
                asking.section,
                "setup/open_clocks/ask.html",
                {
                    "asking": asking,
                    "found": found,
                    "choices": choices_of(found),
                    "examples": examples_of(found, request.scope),
                    "taken": taken_of(found, policy_names(), new=asking.title).values(),
                    "sent": _sent(request),
                    "address": request.path,
                },
            )
        mode = Mode.KEEP
    _save(request, change, Mode(mode))
    return None


def wants_to_edit_again(request: AgentRequest) -> bool:
    """Whether the agent goes back from the question to the form."""
    return BACK in request.POST


@transaction.atomic
def _save(request: AgentRequest, change: Callable[[], Edit | None], mode: Mode) -> None:
    edit = change()
    if edit is not None:
        begin(edit, mode=mode, by=request.actor, at=request.at)


def _sent(request: AgentRequest) -> list[tuple[str, str]]:
    """What was sent, to be sent again with the choice."""
    return [
        (name, str(value)) for name, values in request.POST.lists() if name not in NOT_SENT_AGAIN for value in values
    ]
