"""The policies as the set-up screen and the API list them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tresen.sla.conditions import Conditions, parse_conditions
from tresen.sla.models import Policy, PolicyVersion
from tresen.sla.taking_all import StorePlace, stores_that_fit, takes_all_of
from tresen.sla.targets import Targets, parse_targets
from tresen.stores.models import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPolicy:
    """One line of the list. `number` and `since` are the newest version's.

    `at_stores` are the stores whose tickets can fit. `hidden_by` names the enabled policy above that takes all that
    would fit this one: it is never asked.
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
    at_stores: frozenset[int] = frozenset()
    hidden_by: str = ""


def listed_policies() -> list[ListedPolicy]:
    """All policies that are not retired, in order, in their newest versions. Two queries."""
    stores = store_places()
    versions = PolicyVersion.objects.filter(policy__retired_at=None).select_related("policy", "created_by")
    newest = versions.order_by("policy", "-number").distinct("policy")
    listed = [_listed(version, stores) for version in newest]
    return marked(sorted(listed, key=lambda policy: policy.position))


def store_places() -> list[StorePlace]:
    """Where each store sells."""
    rows = Store.objects.values_list("pk", "channel", "marketplace", "brand_id")
    return [StorePlace(store=pk, channel=channel, marketplace=host, brand=brand) for pk, channel, host, brand in rows]


def versions_of(policy_id: int) -> list[ListedPolicy]:
    """What a policy said over time, newest first, also when it is retired."""
    versions = PolicyVersion.objects.filter(policy=policy_id).select_related("policy", "created_by")
    return [_listed(version) for version in versions.order_by("-number")]


def policy_names() -> dict[int, str]:
    """The names of the policies that are not retired, by their ids."""
    return dict(Policy.objects.filter(retired_at=None).values_list("pk", "name"))


def _listed(version: PolicyVersion, stores: Sequence[StorePlace] = ()) -> ListedPolicy:
    conditions = parse_conditions(version.conditions)
    return ListedPolicy(
        id=version.policy_id,
        name=version.policy.name,
        position=version.policy.position,
        enabled=version.policy.enabled,
        number=version.number,
        since=version.created_at,
        changed_by=version.created_by.name if version.created_by else "",
        conditions=conditions,
        targets=parse_targets(version.targets),
        at_stores=stores_that_fit(conditions, stores),
    )


def marked(policies: Sequence[ListedPolicy]) -> list[ListedPolicy]:
    """The policies in this order, each with the name of the first above that leaves nothing for it."""
    return [replace(policy, hidden_by=_hider(policies[:place], policy)) for place, policy in enumerate(policies)]


def _hider(above: Sequence[ListedPolicy], policy: ListedPolicy) -> str:
    return next((one.name for one in above if _leaves_nothing(one, policy)), "")


def _leaves_nothing(above: ListedPolicy, below: ListedPolicy) -> bool:
    return above.enabled and takes_all_of(
        below.conditions, above.conditions, at_below=below.at_stores, at_above=above.at_stores
    )
