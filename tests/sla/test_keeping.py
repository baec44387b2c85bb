"""What is stored of a ticket's clocks, by whatever way and in whatever order its facts came in."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Role
from tresen.intake.planning import Filing
from tresen.routing.models import QueuePlace
from tresen.routing.verifying import differences as places_differ
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock, Notice
from tresen.sla.verifying import differences as clocks_differ
from tresen.sla.watching import Watch, sweep
from tresen.staffing.covering import cover_team
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable
from tresen.tickets import ledger
from tresen.tickets.events import (
    AnsweredElsewhere,
    Event,
    Key,
    MessageReceived,
    ReplyAccepted,
    ReplyBounced,
    ResponseWaived,
)
from tresen.tickets.models import Conversation, Message, Ticket
from tresen.tickets.recorded import NewEvent
from tresen.tickets.replaying import differences as tickets_differ

pytestmark = pytest.mark.django_db
BUYER = Key("buyer")
END = MONDAY + timedelta(hours=60)


@pytest.fixture(autouse=True)
def _defaults(db: None) -> None:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))


def written(ticket: Ticket, conversation: int, *, direction: str = "in") -> int:
    """A message's row without its fact, as if the fact were still on its way."""
    return Message.objects.create(
        conversation_id=conversation,
        ticket=ticket,
        brand_id=ticket.brand_id,
        direction=direction,
        kind="message",
        text="Wo ist mein Paket?",
        occurred_at=MONDAY,
        recorded_at=MONDAY,
    ).pk


def happenings(ticket: Ticket) -> list[NewEvent]:
    """Eight facts of one conversation, in the order of the world."""
    talk = Conversation.objects.get(ticket=ticket).pk
    first = Message.objects.get(ticket=ticket).pk
    second, third, fourth = (written(ticket, talk) for _ in range(3))
    one, two, elsewhere = (written(ticket, talk, direction="out") for _ in range(3))

    def received(message: int) -> Event:
        return MessageReceived(message=message, conversation=talk, role=BUYER, expects_answer=True)

    def accepted(reply: int, up_to: int, until: float) -> Event:
        lasting = MONDAY + timedelta(hours=until)
        return ReplyAccepted(
            message=reply, conversation=talk, role=BUYER, answers_up_to=up_to, provisional_until=lasting
        )

    told: list[tuple[float, Event]] = [
        (1, received(second)),
        (2, accepted(one, first, 74)),  # the second crossed it
        (3, ReplyBounced(message=one)),
        (5, accepted(two, second, 77)),
        (16, received(third)),
        (20, AnsweredElsewhere(message=elsewhere, conversation=talk, role=BUYER)),
        (21, received(fourth)),
        (40, ResponseWaived(conversation=talk, up_to=fourth, reason=Key("thanks"))),
    ]
    return [
        NewEvent(
            ticket=ticket.pk,
            event=event,
            by=SYSTEM,
            occurred_at=MONDAY + timedelta(hours=hours),
            source_key=f"told:{number}",
        )
        for number, (hours, event) in enumerate(told)
    ]


def stored(ticket: Ticket) -> dict[str, list[Any]]:
    """All that people see of it, without the ids of rows."""
    first = Message.objects.filter(ticket=ticket).earliest("pk").pk

    def named(key: str) -> str:
        return ":".join(str(int(part) - first) if part.isdecimal() else part for part in key.split(":"))

    clocks = Clock.objects.filter(ticket=ticket).values_list(
        "key", "metric", "started_at", "due", "outcome", "met_at", "breached_at", "provisional_until", "pack"
    )
    notices = Notice.objects.filter(ticket=ticket).values_list("key", "kind", "fell_due_at")
    places = QueuePlace.objects.filter(ticket=ticket).values_list(
        "queue_tier", "act_by", "sort_at", "unstaffed", "crossed", "task"
    )
    breaches = ticket.events.filter(kind="clock_breached").values_list("facts__clock", "occurred_at")
    return {
        "clocks": sorted((named(key), *map(str, rest)) for key, *rest in clocks),
        "notices": sorted((named(key), kind, at) for key, kind, at in notices),
        "breaches": sorted((named(key), at) for key, at in breaches),
        "places": list(places),
    }


def told(order: list[int]) -> dict[str, list[Any]]:
    ticket = a_ticket(sender=f"b{Ticket.objects.count()}@marketplace.amazon.de")
    an_agent(role=Role.ADMIN)
    facts = happenings(ticket)
    for number in order:
        ledger.record_all([facts[number]], at=END)
    sweep(Watch(), END)
    wrong = [*clocks_differ([ticket.pk], at=END), *places_differ([ticket.pk], at=END), *tickets_differ([ticket.pk])]
    assert wrong == []
    return stored(ticket)


def rolled_back(order: list[int]) -> dict[str, list[Any]]:
    with transaction.atomic():
        found = told(order)
        transaction.set_rollback(True)
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(8)), st.lists(st.integers(0, 7), max_size=4))
def test_every_order_of_arrival_and_every_repetition_stores_the_same(order: list[int], again: list[int]) -> None:
    in_order = rolled_back(list(range(8)))
    assert len(in_order["clocks"]) == 4 * 2 + 3
    assert in_order["breaches"]
    assert rolled_back([*order, *again]) == in_order


def test_a_message_of_friday_evening_is_to_be_answered_by_the_end_of_fridays_work() -> None:
    friday = datetime.fromisoformat("2026-11-20T17:40:00+00:00")  # 18:40 in Berlin
    place = placed_with_weekends_off(friday)
    assert place.act_by == datetime.fromisoformat("2026-11-20T19:00:00+00:00")
    assert not place.unstaffed


def test_a_message_of_saturday_whose_time_is_over_before_anybody_works_says_so() -> None:
    saturday = datetime.fromisoformat("2026-11-21T09:00:00+00:00")
    place = placed_with_weekends_off(saturday)
    assert (place.act_by, place.unstaffed) == (saturday, True)


def placed_with_weekends_off(at: datetime) -> QueuePlace:
    store = a_store()
    week = {day: [("08:00", "20:00")] for day in range(5)}
    plan = TimetablePlan(zone="Europe/Berlin", week=week)
    timetable = create_timetable(name="Mon to Fri", plan=plan, by=SYSTEM, at=MONDAY).timetable_id
    cover_team(store.default_team_id, timetable_id=timetable, by=SYSTEM, at=MONDAY)
    filed(store, a_message(at=at))
    return QueuePlace.objects.get()


def test_words_that_threaten_give_fifteen_covered_minutes_from_when_they_came() -> None:
    store = a_store()
    filings: list[Filing] = filed(store, a_message(at=MONDAY))
    threat = MONDAY + timedelta(hours=2)
    filed(store, a_message(at=threat, text="Ich stelle jetzt einen A-bis-z-Antrag!"))
    own = Clock.objects.get(kind="own")
    assert (own.started_at, own.due) == (MONDAY, threat + timedelta(minutes=15))
    assert QueuePlace.objects.get().queue_tier == 0
    assert filings[0].ticket.id == own.ticket_id
