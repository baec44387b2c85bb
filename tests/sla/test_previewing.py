"""What an edit would do, shown before it is saved."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.factories.replies import a_ticket, answered, leaves
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.customers.models import Customer
from tresen.sla import previewing
from tresen.sla.editing import add_policy, change_policy, order_policies, retire_policy
from tresen.sla.models import EditReason, Mode, PolicyVersion
from tresen.sla.previewing import Preview, preview
from tresen.sla.recalculations import Edit, targets_changed
from tresen.sla.taking import Taken
from tresen.sla.wording import PolicyWrong
from tresen.stores.models import Store

pytestmark = pytest.mark.django_db
BEFORE = MONDAY - timedelta(days=30)
EDITED = MONDAY + timedelta(hours=2)
HOUR = timedelta(hours=1)
EBAY = {"channels": ["ebay"]}


def promise(hours: float) -> dict[str, object]:
    return {"first_reply": {"minutes": int(hours * 60), "hours": "always"}}


@pytest.fixture
def shop() -> Store:
    return a_store("console", "")


@pytest.fixture
def version(shop: Store) -> PolicyVersion:
    return add_policy(name="All", conditions={}, targets=promise(8), by=SYSTEM, at=BEFORE)


def with_targets(version: PolicyVersion, hours: float) -> Preview:
    def change() -> Edit | None:
        after = change_policy(version.policy_id, conditions={}, targets=promise(hours), by=SYSTEM, at=EDITED)
        return targets_changed(version, after)

    return preview(change, at=EDITED)


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    tables = [table for table in connection.introspection.table_names() if not table.startswith("django_")]
    with connection.cursor() as cursor:
        rows = {}
        for table in tables:
            cursor.execute(f'SELECT to_jsonb(row) FROM "{table}" AS row ORDER BY row::text')
            rows[table] = cursor.fetchall()
        return rows


def test_a_preview_changes_nothing(shop: Store, version: PolicyVersion) -> None:
    a_ticket(shop)
    before = everything()
    assert with_targets(version, 4).concerned == 1
    assert everything() == before


def test_the_preview_counts_what_each_way_of_counting_moves(shop: Store, version: PolicyVersion) -> None:
    ticket = a_ticket(shop)
    found = with_targets(version, 7)
    assert (found.open_tickets, found.looked_at, found.concerned, found.sampled) == (1, 1, 1, False)
    assert (found.moved[Mode.FROM_START].earlier, found.moved[Mode.FROM_START].later) == (1, 0)
    assert (found.moved[Mode.FROM_NOW].earlier, found.moved[Mode.FROM_NOW].later) == (0, 0), "less puts nothing off"
    (example,) = found.examples[Mode.FROM_START]
    assert (example.ticket, example.metric) == (ticket.pk, "first_reply")
    assert (example.before, example.after) == (MONDAY + 8 * HOUR, MONDAY + 7 * HOUR)
    assert found.asks
    more = with_targets(version, 9)
    assert (more.moved[Mode.FROM_NOW].earlier, more.moved[Mode.FROM_NOW].later) == (0, 1)


def test_what_would_lose_its_target_is_counted(shop: Store, version: PolicyVersion) -> None:
    a_ticket(shop)

    def change() -> Edit:
        retire_policy(version.policy_id, by=SYSTEM, at=EDITED)
        return Edit(reason=EditReason.RETIRED, policies=(version.policy_id,))

    found = preview(change, at=EDITED)
    assert found.moved[Mode.FROM_START].ended == 1
    assert found.examples[Mode.FROM_START][0].after is None


def test_nothing_is_asked_where_no_open_clock_is_concerned(version: PolicyVersion) -> None:
    assert not with_targets(version, 4).asks


def test_a_sample_is_bounded_and_says_so(shop: Store, version: PolicyVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previewing, "SAMPLE", 2)
    for number in range(5):
        a_ticket(shop, sender=f"b{number}@nordlicht.example")
    found = with_targets(version, 4)
    assert (found.open_tickets, found.looked_at, found.sampled, found.asks) == (5, 2, True, True)


def test_what_is_wrong_with_an_edit_is_said_by_its_preview_too(version: PolicyVersion) -> None:
    with pytest.raises(PolicyWrong):
        preview(lambda: change_policy(version.policy_id, conditions={}, targets={}, by=SYSTEM, at=EDITED), at=EDITED)


def test_it_says_which_policies_would_take_open_tickets_from_which(shop: Store, version: PolicyVersion) -> None:
    narrow = add_policy(name="Claims", conditions={"risk_tiers": [0]}, targets=promise(2), by=SYSTEM, at=BEFORE)
    for number in range(3):
        a_ticket(shop, sender=f"b{number}@nordlicht.example")

    def change() -> Edit:
        change_policy(narrow.policy_id, conditions={"channels": ["console"]}, targets=promise(2), by=SYSTEM, at=EDITED)
        order_policies([narrow.policy_id, version.policy_id], by=SYSTEM, at=EDITED)
        return Edit(reason=EditReason.CHANGED, policies=(narrow.policy_id,))

    found = preview(change, at=EDITED)
    assert found.taken == {narrow.policy_id: Taken(come=3), version.policy_id: Taken(leave=3)}


def test_moving_one_policy_concerns_no_ticket_that_neither_comes_to_it_nor_leaves_it(shop: Store) -> None:
    everywhere = {"channels": ["console", "ebay"]}
    vip, both, ebay_alone = (
        add_policy(name=name, conditions=when, targets=promise(hours), position=9, by=SYSTEM, at=BEFORE).policy_id
        for name, when, hours in (("VIP", {"segments": ["vip"]}, 1), ("Both", everywhere, 8), ("eBay", EBAY, 5))
    )
    was_vip, ebay = a_ticket(shop), a_ticket(a_store("ebay", "ebay.de"))
    Customer.objects.filter(identities__tickets=was_vip).update(segment="vip")

    def change() -> Edit:
        moved = order_policies([ebay_alone, vip, both], by=SYSTEM, at=EDITED)
        return Edit(reason=EditReason.MOVED, policies=moved)

    found = preview(change, at=EDITED)
    assert found.taken == {ebay_alone: Taken(come=1), both: Taken(leave=1)}
    assert (found.open_tickets, found.concerned, found.running) == (2, 1, 1)
    assert {example.ticket for example in found.examples[Mode.FROM_NOW]} == {ebay.pk}


def test_what_waits_for_nobody_is_concerned_though_none_of_its_clocks_runs(shop: Store, version: PolicyVersion) -> None:
    a_ticket(shop)
    rests = a_ticket(shop, sender="rests@nordlicht.example")
    leaves(answered(rests, at=EDITED - HOUR), at=EDITED - HOUR)
    found = with_targets(version, 4)
    assert (found.concerned, found.running) == (2, 1)
