"""The step between an edit and its saving: what happens to open clocks, asked with what would move.

A screen gives the edit as a function that makes it and says what it was. It is made once to look and taken back, and
once for good.
"""

from collections.abc import Callable, Sequence
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

    `form`: the edit was typed on a form at this address, to which one can go back with all that was typed. `always`:
    it is shown before it is saved also where no open clock moves. `modes`: what it can do to them. `standing` says of
    an edited policy, once it is made, where it stands and what is perhaps not meant.
    """

    section: str
    title: str
    leave: str
    form: bool = False
    always: bool = False
    modes: Sequence[Mode] = tuple(Mode)
    standing: Callable[[int], tuple[str, str]] | None = None


def settled(request: AgentRequest, change: Callable[[], Edit | None], asking: Asking) -> HttpResponse | None:
    """The page that asks what happens to open clocks; None once the edit is saved.

    Nobody is asked where no open clock is concerned, unless `asking` says so. `change` makes the edit and says what it
    was, None for nothing; what it raises is raised here, before anything is asked.
    """
    mode = request.POST.get(CHOICE, "")
    if mode not in asking.modes:
        looked = _Looked(change, asking.standing if asking.form else None)
        found = preview(looked.made, at=request.at)
        if found.asks or asking.always:
            return page(
                request,
                asking.section,
                "setup/open_clocks/ask.html",
                {
                    "asking": asking,
                    "place": looked.place,
                    "odd": looked.odd,
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


class _Looked:
    """The edit made to look at it; what is said of the policy as it would stand is kept when it is taken back."""

    def __init__(self, change: Callable[[], Edit | None], standing: Callable[[int], tuple[str, str]] | None) -> None:
        self._change, self._standing = change, standing
        self.place = self.odd = ""

    def made(self) -> Edit | None:
        edit = self._change()
        if edit is not None and edit.policies and self._standing is not None:
            self.place, self.odd = self._standing(edit.policies[0])
        return edit


def was_asked(request: AgentRequest) -> bool:
    """Whether the agent has chosen what happens to open clocks."""
    return request.POST.get(CHOICE) in Mode.values


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
