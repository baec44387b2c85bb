"""No response needed, an answer that stands for more, and taking both back: always on the record."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered, came_back_five_days_late, waived
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.replies.finishing import solve
from tresen.routing.models import QueuePlace
from tresen.routing.placing import MARK_AT_PLATFORM, NOT_ARRIVED
from tresen.routing.verifying import differences as places_differ
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.sla.verifying import differences as clocks_differ
from tresen.tickets.models import Conversation, Message, Ticket, TicketEvent
from tresen.tickets.waiving import WaiveReason, catch_up, confirm_marked, dismiss_failures, take_back_waiver, waive

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def ticket() -> Ticket:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    return a_ticket(a_store())


def outcomes(kind: str) -> set[str]:
    return set(Clock.objects.filter(kind=kind).values_list("outcome", flat=True))


def test_what_is_waived_owes_no_words_and_keeps_the_mark_that_the_platform_wants(ticket: Ticket) -> None:
    waived(ticket)
    assert outcomes("own") == {"waived"}
    assert QueuePlace.objects.get().task == MARK_AT_PLATFORM

    confirm_marked(ticket.pk, message_ids=[Message.objects.get().pk], by=SYSTEM, at=LATER)

    assert not QueuePlace.objects.exists()
    assert clocks_differ([ticket.pk], at=LATER) == []


def test_only_messages_of_the_ticket_itself_are_marked(ticket: Ticket) -> None:
    other = a_ticket(a_store())
    confirm_marked(ticket.pk, message_ids=[Message.objects.get(ticket=other).pk], by=SYSTEM, at=LATER)
    assert not TicketEvent.objects.filter(kind="marked_at_platform").exists()


def test_a_waiver_that_is_taken_back_leaves_the_clocks_as_if_nothing_had_been_said(ticket: Ticket) -> None:
    before = list(Clock.objects.order_by("key").values("key", "outcome", "due", "started_at"))
    waived(ticket)
    for _ in range(2):
        take_back_waiver(ticket.pk, said_at=LATER, by=SYSTEM, at=LATER + timedelta(minutes=1))
    assert list(Clock.objects.order_by("key").values("key", "outcome", "due", "started_at")) == before
    assert QueuePlace.objects.get().task == ""
    assert TicketEvent.objects.filter(kind="waiver_taken_back").count() == 1


def test_what_nobody_said_then_cannot_be_taken_back(ticket: Ticket) -> None:
    waived(ticket)
    take_back_waiver(ticket.pk, said_at=LATER + timedelta(seconds=1), by=SYSTEM, at=LATER + timedelta(minutes=1))
    assert not TicketEvent.objects.filter(kind="waiver_taken_back").exists()
    assert QueuePlace.objects.get().task == MARK_AT_PLATFORM


def test_a_message_that_comes_later_is_owed_all_the_same(ticket: Ticket) -> None:
    waived(ticket)
    filed(ticket.store, a_message(at=LATER + timedelta(hours=1), text="Und noch etwas."))
    assert QueuePlace.objects.get().task == ""


def test_nobody_waives_what_is_of_another_ticket_or_still_to_come(ticket: Ticket) -> None:
    other = a_ticket(a_store())
    theirs, own = Message.objects.get(ticket=other), Message.objects.get(ticket=ticket)
    assert theirs.conversation_id is not None
    assert own.conversation_id is not None
    for conversation, up_to, missing in (
        (theirs.conversation_id, own.pk, Conversation.DoesNotExist),
        (own.conversation_id, theirs.pk, Message.DoesNotExist),
        (own.conversation_id, theirs.pk + 1000, Message.DoesNotExist),
    ):
        with pytest.raises(missing):
            waive(ticket.pk, conversation_id=conversation, up_to=up_to, reason=WaiveReason.SPAM, by=SYSTEM, at=LATER)
        with pytest.raises(missing):
            catch_up(ticket.pk, conversation_id=conversation, up_to=up_to, by=SYSTEM, at=LATER)
    assert not TicketEvent.objects.filter(kind__in=["response_waived", "caught_up"]).exists()


def test_catching_up_clears_nothing_that_did_not_cross_an_answer(ticket: Ticket) -> None:
    own = Message.objects.get(ticket=ticket)
    assert own.conversation_id is not None
    catch_up(ticket.pk, conversation_id=own.conversation_id, up_to=own.pk, by=SYSTEM, at=LATER)
    assert QueuePlace.objects.get().task == ""
    assert "waived" not in outcomes("own")


def test_a_bounce_that_came_late_is_dismissed_on_the_record_and_asked_for_again_when_that_was_a_mistake(
    ticket: Ticket,
) -> None:
    delivery = came_back_five_days_late(ticket, at=LATER)
    noon = LATER + timedelta(days=6)
    assert dismiss_failures(ticket.pk, message_ids=[delivery.message_id], by=SYSTEM, at=noon)
    said = TicketEvent.objects.get(kind="failure_dismissed")
    assert (said.facts, said.occurred_at, said.actor_kind) == ({"messages": [delivery.message_id]}, noon, "system")
    assert not QueuePlace.objects.exists()
    take_back_waiver(ticket.pk, said_at=noon, by=SYSTEM, at=noon + timedelta(hours=1))
    assert QueuePlace.objects.get().task == NOT_ARRIVED
    assert [*clocks_differ([ticket.pk], at=noon), *places_differ([ticket.pk], at=noon)] == []


def test_nothing_is_dismissed_that_did_not_come_back_late(ticket: Ticket) -> None:
    delivery = answered(ticket, at=LATER)
    assert not dismiss_failures(ticket.pk, message_ids=[delivery.message_id], by=SYSTEM, at=LATER)
    assert not TicketEvent.objects.filter(kind="failure_dismissed").exists()


def test_no_response_needed_says_so_of_an_answer_that_came_back_late_too_and_leaves_the_clocks(ticket: Ticket) -> None:
    came_back_five_days_late(ticket, at=LATER)
    before = list(Clock.objects.order_by("key").values_list("key", "outcome", "due", "met_at"))
    solve(ticket.pk, by=SYSTEM, at=LATER + timedelta(days=6), reason=WaiveReason.SOLVED_ITSELF)
    assert not QueuePlace.objects.exists()
    after = list(Clock.objects.order_by("key").values_list("key", "outcome", "due", "met_at"))
    assert [one for one in after if not one[0].startswith("resolution")] == before
