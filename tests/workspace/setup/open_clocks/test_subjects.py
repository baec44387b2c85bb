"""The card of an edit names what was edited."""

import pytest

from tests.factories.shops import MONDAY, a_store, a_team
from tresen.accounts.actors import SYSTEM
from tresen.sla.editing import add_policy, retire_policy
from tresen.sla.models import EditReason, Mode, Recalculation
from tresen.sla.overriding import Said, say_for_store
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable
from tresen.workspace.setup.open_clocks.progress import shown

pytestmark = pytest.mark.django_db

TARGETS = {"first_reply": {"minutes": 480, "hours": "always"}}


def subject(reason: EditReason, **given: object) -> str:
    Recalculation.objects.create(reason=reason, mode=Mode.FROM_NOW, changed_at=MONDAY, **given)
    return shown(Recalculation.objects.order_by("-pk")[:1])[0].subject


def a_policy(name: str) -> int:
    return add_policy(name=name, conditions={}, targets=TARGETS, by=SYSTEM, at=MONDAY).policy_id


def test_a_policy_is_named_also_when_it_is_retired() -> None:
    policy = a_policy("Amazon, dear orders")
    assert subject(EditReason.DISABLED, policies=[policy]) == "“Amazon, dear orders”"
    retire_policy(policy, by=SYSTEM, at=MONDAY)
    assert subject(EditReason.RETIRED, policies=[policy]) == "“Amazon, dear orders”"


def test_of_many_policies_that_moved_the_first_are_named() -> None:
    policies = [a_policy(name) for name in "ABCDE"]
    assert subject(EditReason.MOVED, policies=policies) == "“A”, “B”, “C” and 2 more"


def test_a_timetable_a_team_and_a_store_are_named() -> None:
    plan = TimetablePlan(zone="Europe/Berlin", week={0: [("09:00", "17:00")]})
    timetable = create_timetable(name="Office", plan=plan, by=SYSTEM, at=MONDAY)
    assert subject(EditReason.TIMETABLE, timetable_version=timetable) == "“Office”"
    assert subject(EditReason.COVERAGE, teams=[a_team("Claims").pk]) == "“Claims”"
    assert subject(EditReason.COVERAGE) == "all teams without hours of their own"
    store = a_store()
    assert subject(EditReason.STORE_HOURS, stores=[store.pk]) == f"“{store.name}”"
    rules = say_for_store(store.pk, Said(limits={"response_rate": 720}), reason="Peak", by=SYSTEM, at=MONDAY)
    assert subject(EditReason.RULES, store_rules=rules) == f"“{store.name}”"
    assert subject(EditReason.ON_CALL) == ""
