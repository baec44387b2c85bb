from datetime import UTC, datetime, timedelta

import pytest

from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.models import Agent, Team
from tresen.sla.editing import (
    add_policy,
    change_policy,
    disable_policy,
    enable_policy,
    move_policy,
    retire_policy,
)
from tresen.sla.models import Policy, PolicyVersion
from tresen.sla.wording import PolicyWrong
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable, retire_timetable
from tresen.stores.models import Brand, Store

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)
AMAZON = {"channels": ["amazon"]}
DAY = {"first_reply": {"minutes": 1440, "hours": "always"}}
STORED_DAY = {**DAY, "next_reply": DAY["first_reply"]}


def add(name, conditions=AMAZON, targets=DAY, **options):
    return add_policy(name=name, conditions=conditions, targets=targets, by=SYSTEM, at=AT, **options).policy_id


def names():
    return list(Policy.objects.filter(retired_at=None).order_by("position").values_list("name", flat=True))


def positions():
    return list(Policy.objects.order_by("position").values_list("position", flat=True))


def test_a_policy_starts_with_its_first_version():
    version = PolicyVersion.objects.get(policy=add("Amazon"))
    assert (version.number, version.conditions, version.targets) == (1, AMAZON, STORED_DAY)
    assert (version.policy.name, version.policy.position, version.policy.enabled) == ("Amazon", 1, True)


def test_a_new_policy_comes_before_the_first_that_fits_every_ticket():
    add("Amazon")
    add("All", {})
    add("eBay")
    add("First", position=1)
    add("Last", position=99)
    assert names() == ["First", "Amazon", "eBay", "All", "Last"]
    assert positions() == [1, 2, 3, 4, 5]


def test_a_change_makes_a_new_version_and_leaves_the_old_one_alone():
    policy = add("Amazon")
    before = PolicyVersion.objects.filter(policy=policy).values().get()
    agent = Agent.objects.create(email="lea@shop.example", name="Lea", joined_at=AT)
    half = {"first_reply": {"minutes": 720, "hours": "always"}}
    version = change_policy(
        policy, name="Amazon DE", conditions=AMAZON, targets=half, by=Actor.agent(agent.pk), at=LATER
    )
    assert (version.number, version.created_by_id, version.created_at) == (2, agent.pk, LATER)
    assert version.targets["first_reply"]["minutes"] == 720
    assert PolicyVersion.objects.filter(pk=before["id"]).values().get() == before
    assert names() == ["Amazon DE"]


def test_a_change_that_changes_nothing_makes_no_version():
    policy = add("Amazon", {"channels": ["ebay", "amazon"]})
    change_policy(policy, conditions={"channels": ["amazon", "ebay"]}, targets=STORED_DAY, by=SYSTEM, at=LATER)
    assert PolicyVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("to", "expected"),
    [(1, ["C", "A", "B", "D"]), (2, ["A", "C", "B", "D"]), (4, ["A", "B", "D", "C"]), (99, ["A", "B", "D", "C"])],
)
def test_a_policy_is_moved_to_a_place(to, expected):
    policies = {name: add(name) for name in "ABCD"}
    move_policy(policies["C"], to=to, by=SYSTEM, at=LATER)
    assert names() == expected
    assert positions() == [1, 2, 3, 4]


def test_the_order_never_follows_names():
    add("Z")
    add("A")
    assert names() == ["Z", "A"]


def test_a_policy_is_switched_off_and_on_in_its_place():
    policy = add("A")
    add("B")
    disable_policy(policy, by=SYSTEM, at=LATER)
    disable_policy(policy, by=SYSTEM, at=LATER + timedelta(days=1))
    assert Policy.objects.filter(enabled=False, position=1, changed_at=LATER).count() == 1
    enable_policy(policy, by=SYSTEM, at=LATER + timedelta(days=2))
    assert Policy.objects.get(pk=policy).enabled
    assert names() == ["A", "B"]


def test_a_retired_policy_leaves_the_list_and_keeps_its_versions():
    first, second, third = (add(name) for name in "ABC")
    retire_policy(first, by=SYSTEM, at=LATER)
    assert names() == ["B", "C"]
    assert Policy.objects.get(pk=second).position == 1
    assert PolicyVersion.objects.filter(policy=first).exists()
    move_policy(third, to=1, by=SYSTEM, at=LATER)
    add("D")
    assert names() == ["C", "B", "D"]
    assert positions() == [1, 2, 3, 4]


def test_a_retired_policy_is_not_edited():
    policy = add("A")
    retire_policy(policy, by=SYSTEM, at=LATER)
    for edit in (
        lambda: move_policy(policy, to=1, by=SYSTEM, at=LATER),
        lambda: enable_policy(policy, by=SYSTEM, at=LATER),
        lambda: change_policy(policy, conditions={}, targets=DAY, by=SYSTEM, at=LATER),
    ):
        with pytest.raises(PolicyWrong, match="retired"):
            edit()


def test_all_that_is_wrong_with_a_policy_is_said_at_once():
    conditions = {"stores": [4711], "brands": [4712], "colour": "red"}
    targets = {"first_reply": {"minutes": 0, "hours": "always"}, "resolution": {"minutes": 60, "hours": 4713}}
    with pytest.raises(PolicyWrong) as wrong:
        add("  ", conditions, targets)
    said = {problem.where: problem.sentence for problem in wrong.value.problems}
    assert set(said) == {
        "name",
        "conditions.stores",
        "conditions.brands",
        "conditions.colour",
        "targets.first_reply.minutes",
        "targets",
    }
    assert said["conditions.stores"] == "There is no store 4711."
    assert not Policy.objects.exists()


def test_a_retired_timetable_is_not_promised_by():
    plan = TimetablePlan(zone="Europe/Berlin", week={0: [("09:00", "17:00")]})
    timetable = create_timetable(name="Office", plan=plan, by=SYSTEM, at=AT).timetable_id
    targets = {"first_reply": {"minutes": 60, "hours": timetable}}
    add("Before", targets=targets)
    retire_timetable(timetable, by=SYSTEM, at=AT)
    with pytest.raises(PolicyWrong, match=f"no timetable {timetable}, or it is retired"):
        add("After", targets=targets)


def test_stores_and_brands_that_exist_can_be_asked_for():
    brand = Brand.objects.create(name="Nordlicht")
    team = Team.objects.create(name="Returns")
    store = Store.objects.create(brand=brand, name="Nordlicht DE", channel="amazon", default_team=team, created_at=AT)
    add("One store", {"stores": [store.pk], "brands": [brand.pk]})
    assert PolicyVersion.objects.get().conditions == {"stores": [store.pk], "brands": [brand.pk]}
