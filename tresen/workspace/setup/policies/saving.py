"""From a policy's form to the operation, and from what it found wrong back to the form."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tresen.accounts.actors import Actor
from tresen.accounts.models import Team
from tresen.sla.conditions import read_conditions
from tresen.sla.editing import Json, add_policy, change_policy
from tresen.sla.models import EditReason, PolicyVersion
from tresen.sla.queries import ListedPolicy, listed_policies
from tresen.sla.recalculations import Edit, targets_changed
from tresen.sla.targets import read_targets
from tresen.sla.wording import Problem
from tresen.stores.models import Store
from tresen.workspace.requests import number_given
from tresen.workspace.setup.naming import names_in_use
from tresen.workspace.setup.policies.entering import field_of
from tresen.workspace.setup.policies.forms import PolicyForm

BASED_ON = "based_on"
"""The field that carries the number of the version that is edited."""


def form_for(data: Any, policy: ListedPolicy | None) -> PolicyForm:
    """The form of a policy, or of a new one."""
    in_use = Store.objects.exclude(marketplace="").values_list("marketplace", flat=True).distinct()
    teams = list(Team.objects.order_by("name").values_list("pk", "name"))
    listed = [] if policy else [each.name for each in listed_policies()]
    return PolicyForm(data, names=names_in_use(), marketplaces=list(in_use), policy=policy, listed=listed, teams=teams)


def change_in(
    form: PolicyForm, policy: ListedPolicy | None, *, by: Actor, at: datetime
) -> Callable[[], Edit | None] | None:
    """What makes the edit that a form states, and says what it was; None where the form says what is wrong with it.

    Calling it raises `PolicyWrong`.
    """
    if not form.is_valid():
        _show_what_else_is_wrong(form)
        return None
    name, conditions, targets = form.cleaned_data["name"], form.conditions(), form.targets()
    if policy is None:
        place = form.cleaned_data["place"]
        return lambda: _added(
            add_policy(name=name, conditions=conditions, targets=targets, position=place, by=by, at=at)
        )
    based_on = number_given(form.data, BASED_ON)
    return lambda: _changed(policy.id, name, conditions, targets, based_on, by=by, at=at)


def _added(version: PolicyVersion) -> Edit:
    return Edit(reason=EditReason.ADDED, policies=(version.policy_id,))


def _changed(
    policy: int, name: str, conditions: Json, targets: Json, based_on: int | None, *, by: Actor, at: datetime
) -> Edit | None:
    before = PolicyVersion.objects.filter(policy=policy).latest("number")
    after = change_policy(policy, name=name, conditions=conditions, targets=targets, based_on=based_on, by=by, at=at)
    # What is switched off is asked nothing: only those who still count by it could be concerned, and they keep it.
    return targets_changed(before, after) if after.policy.enabled else None


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
