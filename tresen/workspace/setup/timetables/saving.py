"""From a timetable's form to the operations."""

from collections.abc import Callable
from datetime import datetime

from tresen.accounts.actors import Actor
from tresen.sla.models import EditReason
from tresen.sla.recalculations import Edit
from tresen.staffing.models import TimetableVersion
from tresen.staffing.plans import problems_in
from tresen.staffing.timetables import change_timetable, create_timetable
from tresen.workspace.requests import number_given
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.timetables.entering import field_of
from tresen.workspace.setup.timetables.forms import TimetableForm

BASED_ON = "based_on"
"""The field that carries the number of the version that is edited."""


def change_in(
    form: TimetableForm, version: TimetableVersion | None, *, by: Actor, at: datetime
) -> Callable[[], Edit | None] | None:
    """What makes the edit that a form states, and says what it was; None where the form says what is wrong with it.

    Calling it raises `TimetableWrong`.
    """
    if not form.is_valid():
        if form.is_bound:
            _show_the_rest(form)
        return None
    name, plan = form.cleaned_data["name"], form.plan()
    based_on = number_given(form.data, BASED_ON)

    def change() -> Edit | None:
        if version is None:
            create_timetable(name=name, plan=plan, by=by, at=at)
            return None
        after = change_timetable(version.timetable_id, name=name, plan=plan, by=by, at=at, based_on=based_on)
        return edit_to(after, before=version)

    return change


def edit_to(after: TimetableVersion, *, before: TimetableVersion) -> Edit | None:
    """The edit that led from one version of a timetable to the next; None where it is the same version."""
    return None if after == before else Edit(reason=EditReason.TIMETABLE, timetable=after.pk)


def _show_the_rest(form: TimetableForm) -> None:
    """What is wrong with what was understood, so that everything is said at once."""
    wrong = [(field_of(problem.where), problem) for problem in problems_in(form.plan())]
    said = {"week", *form.errors}
    show_problems(form, [problem for field, problem in wrong if field and field not in said], field_of=field_of)
