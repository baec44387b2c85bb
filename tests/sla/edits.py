"""Edits of reply targets and what follows from them, for the tests of recalculations."""

from datetime import datetime, timedelta

from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.sla.editing import add_policy, change_policy
from tresen.sla.models import Clock, Mode, PolicyVersion, Recalculation
from tresen.sla.recalculating import recalculate
from tresen.sla.recalculations import begin, targets_changed
from tresen.sla.verifying import differences
from tresen.tickets.models import Ticket

BEFORE = MONDAY - timedelta(days=30)
EDITED = MONDAY + timedelta(hours=2)
SOON = EDITED + timedelta(seconds=5)
HOUR = timedelta(hours=1)


def promise(hours: float, counted: str | int = "always", **more: float) -> dict[str, object]:
    given = {"first_reply": hours, **more}
    return {metric: {"minutes": int(allowed * 60), "hours": counted} for metric, allowed in given.items()}


def policy(name: str, hours: float, counted: str | int = "always", **conditions: object) -> int:
    version = add_policy(
        name=name, conditions=conditions, targets=promise(hours, counted), position=99, by=SYSTEM, at=BEFORE
    )
    return version.policy_id


def due(ticket: Ticket, kind: str = "own") -> datetime | None:
    return Clock.objects.get(ticket=ticket, kind=kind, outcome__in=["running", "breached"]).due


def edit_targets(edited: int, targets: dict[str, object], mode: Mode, at: datetime = EDITED) -> Recalculation:
    before = PolicyVersion.objects.filter(policy=edited).latest("number")
    after = change_policy(edited, conditions=before.conditions, targets=targets, by=SYSTEM, at=at)
    edit = targets_changed(before, after)
    assert edit is not None
    return begin(edit, mode=mode, by=SYSTEM, at=at)


def work_off(at: datetime = SOON, *, most: int = 500) -> int:
    """How many tickets were looked at until nothing was left."""
    return sum(iter(lambda: recalculate(at, most=most), 0))


def worked_off(one: Recalculation, at: datetime = SOON) -> Recalculation:
    work_off(at)
    one.refresh_from_db()
    assert one.finished_at == at
    assert differences(list(Ticket.objects.values_list("pk", flat=True)), at=at) == []
    return one
