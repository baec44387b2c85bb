"""The list of policies as the screen shows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.accounts.models import Team
from tresen.sla import conditions, targets
from tresen.sla.conditions import Conditions
from tresen.sla.queries import ListedPolicy
from tresen.sla.targets import Targets
from tresen.sla.wording import Phrase
from tresen.workspace.setup.naming import Names
from tresen.workspace.setup.policies.ladder_words import ladder_in_words
from tresen.workspace.setup.policies.ordering import with_one_moved
from tresen.workspace.setup.policies.phrases import ON_CALL_FOR_ALL, ON_CALL_FOR_TIER_0, put_in_words
from tresen.workspace.setup.policies.standing import never_asked


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyShown:
    """One policy, every word ready. `odd` is what was perhaps not meant.

    `open_tickets` count by it now. `order_up` and `order_down` are the orders with it moved; empty at the end.
    """

    id: int
    name: str
    position: int
    enabled: bool
    number: int
    since: datetime
    changed_by: str
    never_asked: str
    whom: tuple[str, ...]
    promises: tuple[str, ...]
    ladder: tuple[str, ...]
    odd: tuple[str, ...] = ()
    open_tickets: int = 0
    order_up: str = ""
    order_down: str = ""


def shown(
    policies: Iterable[ListedPolicy], names: Names, *, open_tickets: Mapping[int, int] | None = None
) -> list[PolicyShown]:
    """All of them, in their order."""
    listed = list(policies)
    order = [policy.id for policy in listed]
    moving = any(step.team for policy in listed for step in policy.targets.ladder or ())
    teams = dict(Team.objects.values_list("pk", "name")) if moving else {}
    return [
        PolicyShown(
            id=policy.id,
            name=policy.name,
            position=policy.position,
            enabled=policy.enabled,
            number=policy.number,
            since=policy.since,
            changed_by=policy.changed_by,
            never_asked=never_asked(policy.hidden_by) if policy.hidden_by and policy.enabled else "",
            whom=tuple(put_in_words(conditions.described(policy.conditions), names)),
            promises=tuple(put_in_words(_with_on_call(_promises(policy.targets), policy.conditions), names)),
            ladder=ladder_in_words(policy.targets.ladder, teams=teams),
            odd=tuple(_odd(policy, listed)),
            open_tickets=(open_tickets or {}).get(policy.id, 0),
            order_up="" if policy is listed[0] else _moved(order, policy.id, by=-1),
            order_down="" if policy is listed[-1] else _moved(order, policy.id, by=1),
        )
        for policy in listed
    ]


def _moved(order: Sequence[int], policy: int, *, by: int) -> str:
    return ",".join(map(str, with_one_moved(order, policy, by=by)))


def _odd(policy: ListedPolicy, listed: Iterable[ListedPolicy]) -> Iterable[str]:
    first, solved = policy.targets.first_reply, policy.targets.resolution
    if first and solved and first.hours == solved.hours and solved.minutes < first.minutes:
        yield _("The time for solving is shorter than the one for the first reply.")
    if any(other.id != policy.id and other.name.casefold() == policy.name.casefold() for other in listed):
        yield _("Another policy has the same name.")


def _promises(said: Targets) -> list[Phrase]:
    """First and further reply as one where they are alike, as most are; and it is said where nobody is warned."""
    phrases = list(targets.described(said))
    silent = [target for target in said.given.values() if target.warnings is None]
    if silent and not (said.warn_percent or said.warn_before):
        phrases.append(Phrase("target.no_warnings", {}))
    if said.first_reply is None or said.first_reply != said.next_reply:
        return phrases
    first, _further, *rest = phrases
    return [Phrase("target.each_reply", first.params), *rest]


def _with_on_call(phrases: Iterable[Phrase], said: Conditions) -> list[Phrase]:
    """Covered minutes of tier 0 count while somebody is on call, too: where the policy can be of one, it says so."""
    tiers = said.risk_tiers
    if tiers and 0 not in tiers:
        return list(phrases)
    on_call = ON_CALL_FOR_ALL if tiers == {0} else ON_CALL_FOR_TIER_0
    return [Phrase(one.key, {**one.params, "on_call": on_call}) if "hours" in one.params else one for one in phrases]
