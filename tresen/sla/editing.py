"""Operations on policies. Versions are never edited: what was promised under one stays as it was.

An edit leaves every open clock as it is, until `recalculations.begin` says otherwise: what happens to those is asked,
and chosen apart. It counts for what starts later: a customer's next turn, a new ticket, a ticket whose facts change so
that another policy fits.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.sla import conditions as conditions_in
from tresen.sla import targets as targets_in
from tresen.sla.conditions import ALL, Conditions
from tresen.sla.models import Policy, PolicyVersion
from tresen.sla.queries import listed_policies, store_places
from tresen.sla.reordering import put_elsewhere
from tresen.sla.taking_all import stores_that_fit, takes_all_of
from tresen.sla.targets import Targets
from tresen.sla.wording import PolicyWrong, Problem
from tresen.staffing.models import Timetable
from tresen.staffing.timetables import agent_id
from tresen.stores.models import Brand, Store

LONGEST_NAME = 80

type Json = Mapping[str, object]


class PolicyChanged(PolicyWrong):
    """Somebody else has made a version since the one that was edited."""


@dataclass(frozen=True, slots=True)
class _Checked:
    name: str
    conditions: Conditions
    targets: Targets


@transaction.atomic
def add_policy(
    *,
    name: str,
    conditions: Json,
    targets: Json,
    by: Actor,
    at: datetime,
    position: int | None = None,
    enabled: bool = True,
) -> PolicyVersion:
    """A new policy in its first version. `position` counts from 1; None: before the first that leaves nothing for it.

    `conditions` and `targets` are as tresen/sla/conditions.py and targets.py read them. Raises `PolicyWrong`.
    """
    order = _order()
    checked = _checked(name, conditions, targets)
    policy = Policy.objects.create(
        name=checked.name,
        position=Policy.objects.count() + 1,
        enabled=enabled,
        changed_at=at,
        changed_by_id=agent_id(by),
    )
    place = _before_who_takes_all(checked.conditions) if position is None else min(max(position, 1), len(order) + 1) - 1
    _put_in_order([*order[:place], policy.pk, *order[place:]])
    return _add_version(policy, checked, number=1, by=by, at=at)


@transaction.atomic
def change_policy(
    policy_id: int,
    *,
    conditions: Json,
    targets: Json,
    by: Actor,
    at: datetime,
    name: str | None = None,
    based_on: int | None = None,
) -> PolicyVersion:
    """The policy's new version; the current one where conditions and targets stay the same. Raises `PolicyWrong`.

    `based_on` is the number of the version that was edited: raises `PolicyChanged` where there is a later one.
    """
    policy = _locked(policy_id)
    _refuse_older(policy, based_on)
    checked = _checked(policy.name if name is None else name, conditions, targets)
    if checked.name != policy.name:
        policy.name = checked.name
        _touch(policy, by=by, at=at)
    current = policy.versions.latest("number")
    stored = conditions_in.as_json(checked.conditions), targets_in.as_json(checked.targets)
    if stored == (current.conditions, current.targets):
        return current
    return _add_version(policy, checked, number=current.number + 1, by=by, at=at)


@transaction.atomic
def move_policy(policy_id: int, *, to: int, by: Actor, at: datetime) -> None:
    """Ask this policy at place `to`, counted from 1 over all that are not retired; beyond the end: last."""
    others = [other for other in _order() if other != policy_id]
    policy = _locked(policy_id)
    place = min(max(to, 1), len(others) + 1)
    if place != policy.position:
        _touch(policy, by=by, at=at)
        _put_in_order([*others[: place - 1], policy_id, *others[place - 1 :]])


@transaction.atomic
def order_policies(order: Sequence[int], *, by: Actor, at: datetime) -> tuple[int, ...]:
    """Ask the policies in this order; gives the ids of those that were put elsewhere, not of those they passed by.

    Who is not named, as it was added meanwhile, keeps its place among the others; who is not on the list is left out.
    """
    before = _order()
    named = [policy_id for policy_id in dict.fromkeys(order) if policy_id in before]
    turn = iter(named)
    after = [next(turn) if policy_id in named else policy_id for policy_id in before]
    moved = put_elsewhere(before, after)
    for policy in Policy.objects.filter(pk__in=moved):
        _touch(policy, by=by, at=at)
    _put_in_order(after)
    return moved


@transaction.atomic
def enable_policy(policy_id: int, *, by: Actor, at: datetime) -> None:
    """Ask this policy again. Enabling an enabled one changes nothing."""
    policy = _locked(policy_id)
    if not policy.enabled:
        policy.enabled = True
        _touch(policy, by=by, at=at)


@transaction.atomic
def disable_policy(policy_id: int, *, by: Actor, at: datetime) -> None:
    """Ask this policy no longer, but keep its place. Disabling a disabled one changes nothing."""
    policy = _locked(policy_id)
    if policy.enabled:
        policy.enabled = False
        _touch(policy, by=by, at=at)


@transaction.atomic
def retire_policy(policy_id: int, *, by: Actor, at: datetime) -> None:
    """Take this policy off the list for good. Its versions stay: clocks and figures name them."""
    others = [other for other in _order() if other != policy_id]
    policy = _locked(policy_id)
    policy.retired_at = at
    _touch(policy, by=by, at=at)
    _put_in_order(others)


def _order() -> list[int]:
    """The ids of all policies that are not retired, in order; until the transaction ends nobody else changes them."""
    _lock_list()
    return list(Policy.objects.filter(retired_at=None).order_by("position").values_list("pk", flat=True))


def _before_who_takes_all(said: Conditions) -> int:
    """The place above the first policy that fits all of these and more; at the end where there is none.

    One with the very same conditions stays above: which of the two is meant nobody can tell.
    """
    listed, here = listed_policies(), stores_that_fit(said, store_places())
    wider = (
        place
        for place, above in enumerate(listed)
        if takes_all_of(said, above.conditions, at_below=here, at_above=above.at_stores)
        and (above.conditions == ALL or above.conditions != said)
    )
    return next(wider, len(listed))


def _put_in_order(order: list[int]) -> None:
    """Number the policies from 1; retired ones follow. The table is locked by `_order`."""
    retired = Policy.objects.exclude(pk__in=order).order_by("position").values_list("pk", flat=True)
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER, [[*order, *retired]])


_NUMBER = """
UPDATE sla_policy SET position = placed.position
FROM unnest(%s::bigint[]) WITH ORDINALITY AS placed(id, position)
WHERE sla_policy.id = placed.id AND sla_policy.position <> placed.position
"""


def _lock_list() -> None:
    # One editor at a time, the whole list: locks on single rows, taken in different orders, would deadlock.
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE sla_policy IN SHARE ROW EXCLUSIVE MODE")


def _locked(policy_id: int) -> Policy:
    _lock_list()
    policy = Policy.objects.get(pk=policy_id)
    if policy.retired_at is not None:
        raise PolicyWrong([Problem("policy", _("This policy is retired. Add a new one instead."))])
    return policy


def _refuse_older(policy: Policy, based_on: int | None) -> None:
    newest = policy.versions.latest("number").number
    if based_on is not None and based_on != newest:
        sentence = _("Somebody changed this policy since you opened it. Saving again replaces version %(number)s.")
        raise PolicyChanged([Problem("policy", sentence % {"number": newest})])


def _touch(policy: Policy, *, by: Actor, at: datetime) -> None:
    policy.changed_at, policy.changed_by_id = at, agent_id(by)
    policy.save(update_fields=["name", "enabled", "retired_at", "changed_at", "changed_by"])


def _add_version(policy: Policy, checked: _Checked, *, number: int, by: Actor, at: datetime) -> PolicyVersion:
    return policy.versions.create(
        number=number,
        conditions=conditions_in.as_json(checked.conditions),
        targets=targets_in.as_json(checked.targets),
        created_at=at,
        created_by_id=agent_id(by),
    )


def _checked(name: str, conditions: Json, targets: Json) -> _Checked:
    problems: list[Problem] = []
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        sentence = _("Give the policy a name of at most %(most)s characters.") % {"most": LONGEST_NAME}
        problems.append(Problem("name", sentence))
    checked = _Checked(
        name,
        conditions_in.read_conditions(conditions, where="conditions", problems=problems),
        targets_in.read_targets(targets, where="targets", problems=problems),
    )
    problems += _unknown(
        "conditions.stores", checked.conditions.stores, Store.objects.all(), _("There is no store %s.")
    )
    problems += _unknown(
        "conditions.brands", checked.conditions.brands, Brand.objects.all(), _("There is no brand %s.")
    )
    in_use = Timetable.objects.filter(retired_at=None)
    sentence = _("There is no timetable %s, or it is retired.")
    problems += _unknown("targets", checked.targets.timetables, in_use, sentence)
    if problems:
        raise PolicyWrong(problems)
    return checked


def _unknown(where: str, ids: Collection[int], known: QuerySet[Any], sentence: str) -> list[Problem]:
    found = set(known.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return [Problem(where, sentence % missing) for missing in sorted(set(ids) - found)]
