"""From a policy's form to the operation, and from what it found wrong back to the form."""

from datetime import datetime
from typing import Any

from tresen.accounts.actors import Actor
from tresen.sla.editing import add_policy, change_policy
from tresen.sla.queries import ListedPolicy
from tresen.sla.wording import PolicyWrong
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
