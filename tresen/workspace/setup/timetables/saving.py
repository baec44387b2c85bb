"""From a timetable's form to the operations."""

from datetime import datetime

from tresen.accounts.actors import Actor
from tresen.staffing.models import TimetableVersion
from tresen.staffing.plans import TimetableWrong, problems_in
from tresen.staffing.timetables import change_timetable, create_timetable
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.timetables.entering import field_of
from tresen.workspace.setup.timetables.forms import TimetableForm


def saved(form: TimetableForm, version: TimetableVersion | None, *, by: Actor, at: datetime) -> bool:
    """Whether the form could be kept; if not, it says why at its fields."""
    if not form.is_valid():
        if form.is_bound:
            _show_the_rest(form)
        return False
    name, plan = form.cleaned_data["name"], form.plan()
    try:
        if version is None:
            create_timetable(name=name, plan=plan, by=by, at=at)
        else:
            change_timetable(version.timetable_id, name=name, plan=plan, by=by, at=at)
    except TimetableWrong as wrong:
        show_problems(form, wrong.problems, field_of=field_of)
        return False
    return True


def _show_the_rest(form: TimetableForm) -> None:
    """What is wrong with what was understood, so that everything is said at once."""
    wrong = [(field_of(problem.where), problem) for problem in problems_in(form.plan())]
    said = {"week", *form.errors}
    show_problems(form, [problem for field, problem in wrong if field and field not in said], field_of=field_of)
