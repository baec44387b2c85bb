"""The policies as the set-up screen and the API list them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection

from tresen.sla.conditions import Conditions, parse_conditions
from tresen.sla.models import Policy, PolicyVersion
from tresen.sla.targets import Targets, parse_targets


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPolicy:
    """One line of the list. `number` and `since` are the newest version's.

    `hidden_by` names the enabled policy above that fits every ticket: this one is never asked.
    """

    id: int
    name: str
    position: int
    enabled: bool
    number: int
    since: datetime
    changed_by: str
    conditions: Conditions
    targets: Targets
    hidden_by: str = ""


def listed_policies() -> list[ListedPolicy]:
    """All policies that are not retired, in order, in their newest versions. One query."""
    versions = PolicyVersion.objects.filter(policy__retired_at=None).select_related("policy", "created_by")
    newest = versions.order_by("policy", "-number").distinct("policy")
    return marked(sorted(map(_listed, newest), key=lambda policy: policy.position))


def versions_of(policy_id: int) -> list[ListedPolicy]:
    """What a policy said over time, newest first, also when it is retired."""
    versions = PolicyVersion.objects.filter(policy=policy_id).select_related("policy", "created_by")
    return [_listed(version) for version in versions.order_by("-number")]


def open_under() -> dict[int, int]:
    """How many tickets with an open clock count by each policy, by its id. Reads what has an alarm ahead, no more."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_UNDER)
        return dict(cursor.fetchall())


def policy_names() -> dict[int, str]:
    """The names of the policies that are not retired, by their ids."""
    return dict(Policy.objects.filter(retired_at=None).values_list("pk", "name"))


def _listed(version: PolicyVersion) -> ListedPolicy:
    return ListedPolicy(
        id=version.policy_id,
        name=version.policy.name,
        position=version.policy.position,
        enabled=version.policy.enabled,
        number=version.number,
        since=version.created_at,
        changed_by=version.created_by.name if version.created_by else "",
        conditions=parse_conditions(version.conditions),
        targets=parse_targets(version.targets),
    )


def marked(policies: Sequence[ListedPolicy]) -> list[ListedPolicy]:
    """The policies in this order, each with the name of one above that leaves nothing for it."""
    found, taking_all = [], ""
    for policy in policies:
        found.append(replace(policy, hidden_by=taking_all))
        if policy.enabled and policy.conditions == Conditions() and not taking_all:
            taking_all = policy.name
    return found


# Who runs has an alarm ahead, and alarms have an index of their own; the policies' versions are few.
_OPEN_UNDER = """
    SELECT version.policy_id, count(DISTINCT clock.ticket_id)
    FROM sla_clock clock JOIN sla_policyversion version ON version.id = clock.policy_version_id
    WHERE clock.next_alarm_at IS NOT NULL AND clock.outcome IN ('running', 'paused')
    GROUP BY version.policy_id
"""
