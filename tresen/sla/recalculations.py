"""Edits and what they do to open clocks: begun with the edit, worked off by `sla.recalculating`, told afterwards."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from tresen.accounts.actors import Actor
from tresen.sla.models import EditReason, Mode, PolicyVersion, Recalculation, StoreRules
from tresen.staffing.timetables import agent_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What was edited. `policies` are the ids of those concerned.

    `version`: only this policy's targets changed, so nobody has to be asked again which policy fits. `timetable`: the
    id of a timetable's new version. `teams`: work by other hours now; none with reason COVERAGE: every team without
    hours of its own. `rules`: the id of the new version of what a store says in place of its platform's rules.
    `stores`: the ids of those that have other hours. `on_call`: the edition of the on-call list from the edit on, and
    `on_call_stamp` what tells the whole list from another.
    """

    reason: EditReason
    policies: tuple[int, ...] = ()
    version: int | None = None
    timetable: int | None = None
    teams: tuple[int, ...] = ()
    rules: int | None = None
    stores: tuple[int, ...] = ()
    on_call: int | None = None
    on_call_stamp: str = ""


def modes_of(reason: EditReason) -> tuple[Mode, ...]:
    """What an edit for this reason can do to open clocks. A platform counts from its message, whatever we save."""
    return (Mode.KEEP, Mode.FROM_START) if reason is EditReason.RULES else tuple(Mode)


def begin(edit: Edit, *, mode: Mode, by: Actor, at: datetime) -> Recalculation:
    """Keep what this edit of `at` is to do to open clocks, in the transaction of the edit. The worker does it.

    What is to be kept is done at once: there is nothing to do, and the choice can be read later. Raises `ValueError`
    for a mode that is none of `modes_of`.
    """
    if mode not in modes_of(edit.reason):
        raise ValueError(f"An edit of {edit.reason} does not count {mode}.")
    return Recalculation.objects.create(
        reason=edit.reason,
        mode=mode,
        policies=list(edit.policies),
        version_id=edit.version,
        timetable_version_id=edit.timetable,
        teams=list(edit.teams),
        store_rules_id=edit.rules,
        stores=list(edit.stores),
        on_call_id=edit.on_call,
        on_call_stamp=edit.on_call_stamp,
        changed_at=at,
        changed_by_id=agent_id(by),
        total=0 if mode == Mode.KEEP else None,
        finished_at=at if mode == Mode.KEEP else None,
    )


def targets_changed(before: PolicyVersion, after: PolicyVersion) -> Edit | None:
    """The edit that led from one version of a policy to the next; None where it is the same version."""
    if before == after:
        return None
    alone = before.conditions == after.conditions
    return Edit(reason=EditReason.CHANGED, policies=(after.policy_id,), version=after.pk if alone else None)


def rules_changed(before: StoreRules | None, after: StoreRules) -> Edit | None:
    """The edit that led from what a store said of its platform's rules to what it says now; None where it is that."""
    return None if before == after else Edit(reason=EditReason.RULES, rules=after.pk)


def underway() -> list[Recalculation]:
    """The recalculations that are not finished, in the order in which they are worked off."""
    return list(Recalculation.objects.filter(finished_at=None).select_related("changed_by").order_by("pk"))


def recent(*, since: datetime) -> list[Recalculation]:
    """The recalculations that are underway or were finished since, newest first.

    Left out are those that kept all, and edits of the on-call list while no claim was open.
    """
    found = Recalculation.objects.filter(Q(finished_at=None) | Q(finished_at__gte=since)).exclude(mode=Mode.KEEP)
    told = found.exclude(reason=EditReason.ON_CALL, total=0)
    return list(told.select_related("changed_by").order_by("-pk"))


def history_of(*, policy: int) -> list[Recalculation]:
    """What edits of this policy did to open clocks, newest first."""
    found = Recalculation.objects.filter(policies__contains=[policy])
    return list(found.select_related("changed_by").order_by("-pk"))


def history_of_store(store: int) -> list[Recalculation]:
    """What a store's word on its platform's rules did to open clocks, newest first."""
    found = Recalculation.objects.filter(store_rules__store=store)
    return list(found.select_related("changed_by").order_by("-pk"))


def history_of_hours(store: int) -> list[Recalculation]:
    """What it did to open clocks that a store was given other hours, newest first."""
    found = Recalculation.objects.filter(stores__contains=[store])
    return list(found.select_related("changed_by").order_by("-pk"))
