"""Writing to the buyer of an order first: once at the platform, no clock before the answer, limits kept by many."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories.first_messages import TEXT, WRITTEN, begun, first
from tests.factories.sales import AT
from tests.factories.shops import a_team, an_agent
from tests.factories.told import a_told_store, asked_world, take_in
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.scope import Scope
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.sales import By
from tresen.fakes.world import World
from tresen.orders.models import Order
from tresen.orders.queries import OrderHidden
from tresen.outbox.looking import look_for_uncertain
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.preparing import prepared
from tresen.outbox.sending import SILENT_AFTER, _claim, send_due, settle_interrupted
from tresen.outbox.settling import send_again
from tresen.outbox.ways import way_out
from tresen.replies.afterwards import Then
from tresen.replies.answering import answer, withdraw
from tresen.replies.starting import CannotStart, FirstMessage, taken_back_by
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.stores.access import access_to
from tresen.stores.adding import set_shadow
from tresen.stores.models import Store
from tresen.stores.platform_connecting import cut_off_store
from tresen.tickets.models import Conversation, Message, Ticket, TicketEvent

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
DUE = WRITTEN + timedelta(seconds=10)


@pytest.fixture
def world() -> World:
    return asked_world(at=DUE, talks=[])


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def store(world: World, faults: Faults) -> Iterator[Store]:
    create_defaults(zone="Europe/Berlin", country="DE", region="BE", by=SYSTEM, at=AT - timedelta(days=1))
    with a_told_store(world, faults=faults) as connected:
        yield connected


@pytest.fixture
def order(store: Store) -> Order:
    return Order.objects.select_related("store").get(store=store)


@pytest.fixture
def agent(store: Store) -> Actor:
    return Actor.agent(an_agent(store.default_team).pk)


def ours(world: World) -> list[tuple[str, tuple[By, ...]]]:
    return [
        (letter.text, letter.to) for talk in world.talks.values() for letter in talk.letters if letter.by is By.SELLER
    ]


def state_of(delivery: Delivery) -> str:
    return Delivery.objects.get(pk=delivery.pk).state


def test_it_leaves_once_and_waits_for_the_buyer_in_a_ticket_without_clocks(
    order: Order, agent: Actor, world: World
) -> None:
    delivery = begun(order, agent, first(note="The carrier lost a van.", subject="Your lamp"))
    assert send_due(WRITTEN) == 0

    assert send_due(DUE) == 1
    assert send_due(DUE + MINUTE) == 0

    assert ours(world) == [(TEXT, (By.BUYER,))]
    ticket = Ticket.objects.get()
    assert (ticket.status, ticket.assignee_id, ticket.identity) == ("waiting", agent.id, order.identity)
    about = ticket.orders.get()
    assert (about.order, about.source) == (order, "begun"), "nobody confirmed it"
    kinds = list(TicketEvent.objects.order_by("sequence").values_list("kind", flat=True))
    expected = ["ticket_opened", "ticket_assigned", "conversation_begun", "reply_queued", "waiting_started"]
    assert kinds == [*expected, "note_added", "reply_accepted"]
    fact = TicketEvent.objects.get(kind="conversation_begun")
    assert (fact.actor_id, fact.facts["order"], fact.facts["opening"]) == (agent.id, order.pk, "order")
    assert state_of(delivery) == DeliveryState.ACCEPTED
    assert not Clock.objects.exists()


def test_the_buyers_answer_joins_the_ticket_and_starts_its_clocks(order: Order, agent: Actor, world: World) -> None:
    begun(order, agent)
    send_due(DUE)
    (talk,) = world.talks.values()
    world.write(talk.id, by=By.BUYER, text="Das ist mir zu spät.", to=(By.SELLER,))

    take_in(DUE + 10 * MINUTE)

    ticket = Ticket.objects.get()
    told = list(ticket.messages.order_by("pk").values_list("direction", "kind"))
    assert told == [("out", "message"), ("in", "message")]
    assert Conversation.objects.count() == 1
    assert ticket.status == "open"
    assert set(Clock.objects.filter(kind="own").values_list("metric", flat=True)) >= {"first_reply"}
    reply = answer(
        ticket.pk,
        conversation_id=Conversation.objects.get().pk,
        text="Dann holen wir sie ab.",
        answers_up_to=ticket.messages.latest("pk").pk,
        by=agent,
        at=DUE + 20 * MINUTE,
    )
    send_due(DUE + 21 * MINUTE)
    assert state_of(reply.delivery) == DeliveryState.ACCEPTED
    assert world.talks[talk.id].letters[-1].text == "Dann holen wir sie ab."


@pytest.mark.parametrize("fault", [Fault.SILENT_AFTER, Fault.BROKEN_AFTER])
def test_what_was_taken_without_an_answer_is_found_there_and_never_sent_again(
    order: Order, agent: Actor, world: World, faults: Faults, fault: Fault
) -> None:
    delivery = begun(order, agent)
    faults.demand([fault])
    send_due(DUE)
    assert state_of(delivery) == DeliveryState.UNCERTAIN

    assert look_for_uncertain(DUE + MINUTE) == 1

    delivery.refresh_from_db()
    (talk,) = world.talks.values()
    assert (delivery.state, delivery.external_id) == ("accepted", talk.letters[0].id)
    assert len(ours(world)) == 1
    ties = Conversation.objects.get().ties.filter(kind="thread")
    assert [tie.value for tie in ties] == [talk.id]


def test_told_back_by_the_platform_it_stands_once_and_settles_what_nobody_knew(
    order: Order, agent: Actor, world: World, faults: Faults
) -> None:
    delivery = begun(order, agent)
    faults.demand([Fault.SILENT_AFTER])
    send_due(DUE)
    (talk,) = world.talks.values()
    world.write(talk.id, by=By.BUYER, text="Gut.", to=(By.SELLER,))

    take_in(DUE + 10 * MINUTE)

    assert state_of(delivery) == DeliveryState.ACCEPTED
    assert Ticket.objects.count() == Conversation.objects.count() == 1
    assert Message.objects.filter(direction="out").count() == 1


def test_what_is_not_there_is_sent_again_by_a_person_alone(
    order: Order, agent: Actor, world: World, faults: Faults
) -> None:
    delivery = begun(order, agent)
    faults.demand([Fault.SILENT])
    send_due(DUE)
    for minutes in range(1, 100):
        look_for_uncertain(DUE + minutes * MINUTE)
        send_due(DUE + minutes * MINUTE)
    assert (ours(world), state_of(delivery)) == ([], DeliveryState.UNCERTAIN)

    send_again(delivery.pk, by=agent, at=DUE + 300 * MINUTE)
    send_due(DUE + 300 * MINUTE)

    assert len(ours(world)) == 1


@pytest.mark.parametrize("taken", [0, 1])
def test_a_process_that_died_on_the_way_leaves_something_to_look_for(
    order: Order, agent: Actor, world: World, taken: int
) -> None:
    delivery = begun(order, agent)
    claimed = _claim(DUE)
    assert claimed is not None
    if taken:
        send = way_out(claimed)
        assert send is not None
        send(prepared(claimed), access_to(claimed.store, clock=lambda: DUE))

    assert settle_interrupted(DUE + SILENT_AFTER + MINUTE) == 1

    assert state_of(delivery) == DeliveryState.UNCERTAIN
    assert send_due(DUE + SILENT_AFTER + 2 * MINUTE) == 0
    assert look_for_uncertain(DUE + SILENT_AFTER + 3 * MINUTE) == taken
    assert len(ours(world)) == taken


def test_given_in_twice_it_is_one_message_and_other_words_are_another(order: Order, agent: Actor) -> None:
    number = uuid4()
    one, same = (begun(order, agent, submission=number) for _ in range(2))
    other = begun(order, agent, first("Sie kommt doch pünktlich."), submission=number)

    assert one == same
    assert other != one
    assert Ticket.objects.count() == 1


def test_taken_back_it_leaves_no_work_and_its_text_to_the_form(order: Order, agent: Actor, world: World) -> None:
    delivery = begun(order, agent)

    assert withdraw(delivery.message_id, by=agent, at=WRITTEN)

    send_due(DUE)
    assert ours(world) == []
    assert Ticket.objects.get().status == "solved"
    assert agent.id is not None
    left = taken_back_by(agent.id, order)
    assert left is not None
    assert left.text == TEXT


def test_it_stands_in_the_open_ticket_about_the_order(order: Order, agent: Actor) -> None:
    begun(order, agent)
    begun(order, agent, first("Noch etwas."))

    assert Ticket.objects.count() == 1
    assert Conversation.objects.count() == 2, "each is a thread of its own there"


def test_where_no_answer_is_expected_the_ticket_can_be_solved_at_once(order: Order, agent: Actor) -> None:
    begun(order, agent, first(then=Then.SOLVE))

    assert Ticket.objects.get().status == "solved"


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (first(" "), "nothing to send"),
        (first("ab"), "three characters"),
        (first("x" * 50_001), "one character too long"),
        (first(opening="smoke_signal"), "what kind"),
    ],
)
def test_what_can_not_be_sent_says_so_and_leaves_nothing_behind(
    order: Order, agent: Actor, message: FirstMessage, words: str
) -> None:
    with pytest.raises(CannotStart, match=words):
        begun(order, agent, message)

    assert not Ticket.objects.exists()


def test_a_store_that_watches_or_is_cut_off_begins_nothing(order: Order, agent: Actor, store: Store) -> None:
    set_shadow(store.pk, shadow=True, by=SYSTEM, at=AT)
    with pytest.raises(CannotStart, match="only watches"):
        begun(order, agent)
    set_shadow(store.pk, shadow=False, by=SYSTEM, at=AT)
    cut_off_store(store.pk, by=SYSTEM, at=AT)

    with pytest.raises(CannotStart, match="not connected"):
        begun(order, agent)


def test_an_order_out_of_scope_does_not_exist_and_no_ticket_is_opened_for_a_team_unseen(
    order: Order, agent: Actor, store: Store
) -> None:
    with pytest.raises(OrderHidden):
        begun(order, agent, scope=Scope(teams=None, stores=frozenset(), brands=frozenset()))

    elsewhere = Scope(teams=frozenset({a_team().pk}), stores=None, brands=None)
    an_agent(store.default_team, name="Ole Petersen")
    with pytest.raises(CannotStart, match=rf"team {store.default_team.name}, .*Ole Petersen"):
        begun(order, agent, scope=elsewhere)
