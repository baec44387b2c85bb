"""Which policy counts for a conversation, and when that is news."""

from datetime import datetime, timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.outbox.sending import send_due
from tresen.sla.editing import add_policy, change_policy, disable_policy, retire_policy
from tresen.sla.models import Clock, PolicyVersion
from tresen.staffing.covering import cover_team
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable
from tresen.stores.models import Store
from tresen.tickets.models import Message, Ticket, TicketEvent
from tresen.tickets.tagging import tag, untag

pytestmark = pytest.mark.django_db
BEFORE = MONDAY - timedelta(days=30)
LATER = MONDAY + timedelta(hours=1)


def promise(hours: int, counted: str = "always") -> dict[str, object]:
    return {"first_reply": {"minutes": hours * 60, "hours": counted}}


def policy(name: str, hours: int, *, conditions: dict[str, object] | None = None, counted: str = "always") -> int:
    """A policy's number; by default it fits every ticket."""
    version = add_policy(name=name, conditions=conditions or {}, targets=promise(hours, counted), by=SYSTEM, at=BEFORE)
    return version.policy_id


@pytest.fixture
def shop() -> Store:
    return a_store("console", "")


def applied(ticket: Ticket) -> list[str]:
    """What was said of the ticket's policies, by name and version; empty for none."""
    facts = TicketEvent.objects.filter(ticket=ticket, kind="policy_applied").order_by("sequence")
    versions = {one.pk: f"{one.policy.name} {one.number}" for one in PolicyVersion.objects.select_related("policy")}
    return [versions.get(event.facts.get("policy_version"), "") for event in facts]


def due() -> datetime:
    due = Clock.objects.get(kind="own", outcome="running").due
    assert due is not None
    return due


def test_the_first_policy_that_fits_counts_from_the_first_message_on(shop: Store) -> None:
    policy("All", 8)
    policy("Console", 4, conditions={"channels": ["console"]})
    ticket = a_ticket(shop)
    assert applied(ticket) == ["Console 1"]
    assert due() == MONDAY + timedelta(hours=4)


def test_a_ticket_that_no_policy_fits_has_no_clock_of_ours(shop: Store) -> None:
    policy("Amazon", 8, conditions={"channels": ["amazon"]})
    a_ticket(shop)
    assert not Clock.objects.filter(kind="own").exists()


def test_a_further_message_under_the_same_policy_is_no_news(shop: Store) -> None:
    policy("All", 8)
    ticket = a_ticket(shop)
    filed(shop, a_message(at=LATER))
    assert applied(ticket) == ["All 1"]


def test_an_edit_leaves_an_open_turn_alone_and_counts_from_the_next_one(shop: Store) -> None:
    edited = policy("All", 8)
    ticket = a_ticket(shop)
    change_policy(edited, name="All", conditions={}, targets=promise(2), by=SYSTEM, at=LATER)
    filed(shop, a_message(at=LATER, text="Sind Sie da?"))
    assert applied(ticket) == ["All 1"]
    assert due() == MONDAY + timedelta(hours=8)

    answered(ticket, at=LATER + timedelta(minutes=1), up_to=Message.objects.latest("pk").pk)
    send_due(LATER + timedelta(minutes=2))
    evening = MONDAY + timedelta(hours=6)
    filed(shop, a_message(at=evening, text="Danke, und noch etwas?"))
    assert applied(ticket) == ["All 1", "All 2"]
    assert due() == evening + timedelta(hours=2)


def test_another_policy_takes_over_an_open_turn_at_once_and_gives_it_back(shop: Store) -> None:
    policy("All", 8)
    policy("Urgent", 4, conditions={"tags": ["urgent"]})
    ticket = a_ticket(shop)
    row = tag(ticket.pk, name="urgent", by=SYSTEM, at=LATER)
    assert due() == MONDAY + timedelta(hours=4)
    untag(ticket.pk, tag_id=row.pk, by=SYSTEM, at=LATER)
    assert applied(ticket) == ["All 1", "Urgent 1", "All 1"]
    assert due() == MONDAY + timedelta(hours=8)


def test_a_ticket_whose_only_policy_is_gone_is_promised_nothing_more(shop: Store) -> None:
    only = policy("All", 8)
    ticket = a_ticket(shop)
    retire_policy(only, by=SYSTEM, at=LATER)
    tag(ticket.pk, name="lamp", by=SYSTEM, at=LATER)
    assert applied(ticket) == ["All 1", ""]


def test_the_teams_hours_are_those_of_the_day_the_policy_was_applied(shop: Store) -> None:
    policy("Covered", 8, counted="coverage")
    week = {day: [("09:00", "17:00")] for day in range(5)}
    hours = create_timetable(name="Day", plan=TimetablePlan(zone="Europe/Berlin", week=week), by=SYSTEM, at=BEFORE)
    cover_team(shop.default_team_id, timetable_id=hours.timetable_id, by=SYSTEM, at=BEFORE)
    ticket = a_ticket(shop)  # Monday 10:00 in Berlin
    event = TicketEvent.objects.get(ticket=ticket, kind="policy_applied")
    assert event.facts["first_reply_hours"] == f"timetable:{hours.pk}"
    assert due() == MONDAY + timedelta(days=1)


def solution_due() -> datetime:
    due = Clock.objects.get(kind="resolution").due
    assert due is not None
    return due


def test_a_message_after_an_edit_moves_no_clock_that_runs(shop: Store) -> None:
    promises = promise(8) | {"resolution": {"minutes": 20 * 60, "hours": "always"}}
    edited = add_policy(name="All", conditions={}, targets=promises, by=SYSTEM, at=BEFORE).policy_id
    ticket = a_ticket(shop)
    changed = promise(2) | {"resolution": {"minutes": 10 * 60, "hours": "always"}}
    change_policy(edited, conditions={}, targets=changed, by=SYSTEM, at=LATER)
    answered(ticket, at=LATER + timedelta(minutes=1), up_to=Message.objects.latest("pk").pk)
    send_due(LATER + timedelta(minutes=2))
    filed(shop, a_message(at=MONDAY + timedelta(hours=6), text="Und noch etwas?"))
    assert applied(ticket) == ["All 1", "All 2"]
    assert due() == MONDAY + timedelta(hours=8)
    assert solution_due() == MONDAY + timedelta(hours=20)


def test_a_message_after_a_policy_is_switched_off_leaves_the_open_turn_its_time(shop: Store) -> None:
    off = policy("Console", 4, conditions={"channels": ["console"]})
    policy("All", 8)
    ticket = a_ticket(shop)
    disable_policy(off, by=SYSTEM, at=LATER)
    filed(shop, a_message(at=LATER + timedelta(minutes=5), text="Sind Sie da?"))
    assert applied(ticket) == ["Console 1", "All 1"]
    assert due() == MONDAY + timedelta(hours=4)
