from datetime import datetime, timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered, attempted, leaves
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.channels.contract import Refused
from tresen.outbox.models import Delivery
from tresen.outbox.sending import send_due
from tresen.replies.answering import Then
from tresen.replies.finishing import AnswerOwed, NothingOwed, catch_up, solve
from tresen.routing.models import QueuePlace
from tresen.routing.verifying import differences as places_differ
from tresen.sla.defaults import create_defaults
from tresen.sla.keeping import kept_of
from tresen.sla.models import Clock
from tresen.sla.verifying import differences as clocks_differ
from tresen.tickets import ledger
from tresen.tickets.events import Key, MessageReceived, ReplyBounced
from tresen.tickets.models import Conversation, Message, Ticket, TicketEvent
from tresen.tickets.replaying import differences
from tresen.tickets.waiving import WaiveReason, waive

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


def by() -> Actor:
    return Actor.agent(an_agent().pk)


def test_a_ticket_that_is_owed_an_answer_is_not_solved_without_a_reason() -> None:
    ticket = a_ticket()
    with pytest.raises(AnswerOwed, match="still owed"):
        solve(ticket.pk, by=by(), at=LATER)
    assert Ticket.objects.get().status == "open"


def test_a_reason_waives_what_is_owed_in_every_conversation() -> None:
    store = a_store("email", "")
    ticket = a_ticket(store, orders=("#1042",))
    filed(store, a_message(at=LATER, text="Noch etwas", orders=("#1042",)))
    solve(ticket.pk, by=by(), at=LATER, reason=WaiveReason.THANKS)
    assert Ticket.objects.get().status == "solved"
    waived = TicketEvent.objects.filter(kind="response_waived")
    assert {event.facts["up_to"] for event in waived} == {Message.objects.latest("pk").pk}
    assert not QueuePlace.objects.exists()


def test_an_answer_on_its_way_is_enough() -> None:
    ticket = a_ticket(a_store("console", ""))
    answered(ticket, at=LATER)
    solve(ticket.pk, by=by(), at=LATER)
    send_due(LATER + timedelta(minutes=1))
    assert Ticket.objects.get().status == "solved"
    assert not QueuePlace.objects.exists()


def test_a_mark_that_is_missing_on_the_platform_holds_up_no_solution() -> None:
    ticket = a_ticket()
    conversation = Conversation.objects.get()
    waive(
        ticket.pk,
        conversation_id=conversation.pk,
        up_to=Message.objects.get().pk,
        reason=WaiveReason.THANKS,
        by=by(),
        at=LATER,
    )
    assert QueuePlace.objects.get().task == "mark_at_platform"
    solve(ticket.pk, by=by(), at=LATER)
    assert Ticket.objects.get().status == "solved"


def test_a_ticket_that_owes_nothing_is_solved_as_it_is() -> None:
    ticket = a_ticket(a_store("console", ""))
    answered(ticket, at=LATER)
    send_due(LATER + timedelta(minutes=1))
    solve(ticket.pk, by=by(), at=LATER + timedelta(minutes=2))
    assert Ticket.objects.get().status == "solved"


def test_an_answer_on_ebay_leaves_the_amazon_conversation_of_the_same_ticket_running() -> None:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    ticket = a_ticket(at=MONDAY)
    question = asked_on_ebay(ticket, at=LATER)
    answered(ticket, at=LATER + timedelta(minutes=1), then=Then.SOLVE)
    with pytest.raises(AnswerOwed, match="still owed"):
        solve(ticket.pk, by=by(), at=LATER + timedelta(minutes=1))
    assert Ticket.objects.get().status == "open"
    leaves(Delivery.objects.get(), at=LATER + timedelta(minutes=2))
    outcomes = dict(Clock.objects.values_list("key", "outcome"))
    first = Message.objects.earliest("pk").pk
    assert outcomes[f"own:{question.pk}"] == "met"
    assert outcomes[f"own:{first}"] == outcomes[f"platform:{first}:response_rate"] == "running"
    assert QueuePlace.objects.get().governing == f"own:{first}"


def asked_on_ebay(ticket: Ticket, *, at: datetime) -> Message:
    """A question of the same buyer in another channel's conversation, put on the same ticket by hand."""
    store = a_store("ebay", "ebay.de", team=ticket.team)
    conversation = Conversation.objects.create(ticket=ticket, store=store, role="buyer", subject="Frage", opened_at=at)
    message = Message.objects.create(
        conversation=conversation,
        ticket=ticket,
        brand_id=store.brand_id,
        direction="in",
        kind="message",
        text="Wo bleibt es?",
        reply_to="anna@members.ebay.de",
        occurred_at=at,
        recorded_at=at,
    )
    event = MessageReceived(message=message.pk, conversation=conversation.pk, role=Key("buyer"), expects_answer=True)
    ledger.record(ticket.pk, event, by=SYSTEM, at=at, source_key=f"message:{message.pk}")
    return message


def test_what_the_agent_was_not_shown_is_not_waived() -> None:
    store = a_store("console", "")
    ticket = a_ticket(store)
    seen = Message.objects.latest("pk").pk
    filed(store, a_message(at=LATER, text="Das Glas ist gebrochen!"))
    with pytest.raises(AnswerOwed, match="came in meanwhile"):
        solve(ticket.pk, by=by(), at=LATER, reason=WaiveReason.THANKS, seen=seen)
    assert Ticket.objects.get().status == "open"
    assert not TicketEvent.objects.filter(kind="response_waived").exists()


def test_an_answer_that_a_message_crossed_solves_nothing() -> None:
    store = a_store("console", "")
    ticket = a_ticket(store)
    shown = Message.objects.latest("pk").pk
    filed(store, a_message(at=LATER, text="Und noch etwas"))
    answered(ticket, at=LATER + timedelta(minutes=1), up_to=shown, then=Then.SOLVE)
    assert Ticket.objects.get().status == "open"
    send_due(LATER + timedelta(minutes=2))
    assert QueuePlace.objects.get().crossed


def test_one_key_says_that_the_answer_stands_for_what_crossed_it() -> None:
    store = a_store("console", "")
    ticket = a_ticket(store)
    shown = Message.objects.latest("pk").pk
    filed(store, a_message(at=LATER, text="Und noch etwas"))
    leaves(answered(ticket, at=LATER + timedelta(minutes=1), up_to=shown), at=LATER + timedelta(minutes=2))
    crossed = Message.objects.filter(direction="in").latest("pk").pk
    filed(store, a_message(at=LATER + timedelta(minutes=3), text="Danach geschrieben"))
    catch_up(ticket.pk, seen=Message.objects.latest("pk").pk, by=by(), at=LATER + timedelta(minutes=4))
    owed = kept_of([ticket.pk], at=LATER + timedelta(minutes=5))[ticket.pk].state.owed
    assert [one.message for one in owed] == [Message.objects.latest("pk").pk]
    assert crossed not in [one.message for one in owed]


def test_an_answer_stands_for_nothing_more_where_nothing_had_crossed_it() -> None:
    ticket = a_ticket(a_store("console", ""))
    leaves(answered(ticket, at=LATER), at=LATER + timedelta(minutes=1))
    with pytest.raises(NothingOwed):
        catch_up(ticket.pk, seen=Message.objects.latest("pk").pk, by=by(), at=LATER + timedelta(minutes=2))
    assert not TicketEvent.objects.filter(kind="caught_up").exists()


@pytest.mark.parametrize("back", [Refused(reason="550 no"), "bounce"])
def test_what_was_solved_with_an_answer_that_did_not_arrive_is_work_again(back: object) -> None:
    ticket = a_ticket(a_store("console", ""))
    delivery = answered(ticket, at=LATER, then=Then.SOLVE)
    assert Ticket.objects.get().status == "solved"
    if isinstance(back, Refused):
        attempted(delivery, back, at=LATER + timedelta(minutes=1))
    else:
        leaves(delivery, at=LATER + timedelta(minutes=1))
        assert Ticket.objects.get().status == "solved"
        event = ReplyBounced(message=delivery.message_id)
        ledger.record(ticket.pk, event, by=SYSTEM, at=LATER + timedelta(hours=1), source_key="bounce:1")
    assert Ticket.objects.get().status == "open"
    assert QueuePlace.objects.get().task == ""
    moment = LATER + timedelta(hours=2)
    assert [
        *clocks_differ([ticket.pk], at=moment),
        *places_differ([ticket.pk], at=moment),
        *differences([ticket.pk]),
    ] == []


def test_in_shadow_what_was_answered_is_solved_with_the_answer_or_after_it_alike() -> None:
    store = a_store("console", "", shadow=True)
    together, after = a_ticket(store), a_ticket(store, sender="other@marketplace.amazon.de")
    answered(together, at=LATER, then=Then.SOLVE)
    answered(after, at=LATER)
    solve(after.pk, by=by(), at=LATER + timedelta(minutes=1))
    assert set(Ticket.objects.values_list("status", flat=True)) == {"solved"}


def test_what_the_shadow_held_settles_nothing_once_that_is_over() -> None:
    store = a_store("console", "", shadow=True)
    ticket = a_ticket(store)
    answered(ticket, at=LATER)
    store.shadow = False
    store.save(update_fields=["shadow"])
    with pytest.raises(AnswerOwed, match="still owed"):
        solve(ticket.pk, by=by(), at=LATER + timedelta(minutes=1))
