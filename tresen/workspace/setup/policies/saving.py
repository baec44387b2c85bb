"""From a policy's form to the operation, and from what it found wrong back to the form."""

from datetime import datetime
from typing import Any

from tresen.accounts.actors import Actor
from tresen.sla.conditions import read_conditions
from tresen.sla.editing import add_policy, change_policy
from tresen.sla.queries import ListedPolicy
from tresen.sla.targets import read_targets
from tresen.sla.wording import PolicyWrong, Problem
from tresen.stores.models import Store
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.naming import names_in_use
from tresen.workspace.setup.policies.entering import field_of
from tresen.workspace.setup.policies.forms import PolicyForm


def form_for(data: Any, policy: ListedPolicy | None) -> PolicyForm:
    """The form of a policy, or of a new one."""
    in_use = Store.objects.exclude(marketplace="").values_list("marketplace", flat=True).distinct()
    return PolicyForm(data, names=names_in_use(), marketplaces=list(in_use), policy=policy)


def saved(form: PolicyForm, policy: ListedPolicy | None, *, by: Actor, at: datetime) -> bool:
    """Whether the form could be kept; if not, it says why at its fields."""
    if not form.is_valid():
        _show_what_else_is_wrong(form)
        return False
    name, conditions, targets = form.cleaned_data["name"], form.conditions(), form.targets()
    try:
        if policy is None:
            add_policy(name=name, conditions=conditions, targets=targets, by=by, at=at)
        else:
            change_policy(policy.id, name=name, conditions=conditions, targets=targets, by=by, at=at)
    except PolicyWrong as wrong:
        show_problems(form, wrong.problems, field_of=field_of)
        return False
    return True


def _show_what_else_is_wrong(form: PolicyForm) -> None:
    """What does not fit together is said at once, not only when each field by itself is right."""
    problems: list[Problem] = []
    read_conditions(form.conditions(), where="conditions", problems=problems)
    read_targets(form.targets(), where="targets", problems=problems)
    promises_are_wrong = any(promise.wrong for promise in form.promises())
    for problem in problems:
        field = field_of(problem.where)
        if field in form.fields:
            if field not in form.errors:
                form.add_error(field, problem.sentence)
        elif not promises_are_wrong:  # what could not be read is perhaps what is missing
            form.add_error(None, problem.sentence)
