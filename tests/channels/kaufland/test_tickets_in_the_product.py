"""Tickets as the whole product keeps them: who is owed words of ours, and whose clock an answer stops."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories.acting import asked, somebody
from tests.factories.sales import AT
from tests.factories.shops import MONDAY, a_store, an_agent
from tests.factories.told import asked_world, take_in, told_of
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.models import Role as Rank
from tresen.actions.asking import CannotAct, Wanted
from tresen.actions.models import ActionState
from tresen.actions.performing import perform_due
from tresen.channels.contract import Role, Source
from tresen.channels.order_door import ActionLine, OrderAction
from tresen.channels.order_news import ReturnState
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.kaufland import CLIENT_KEY, SECRET_KEY, FakeKaufland
from tresen.fakes.kaufland.pushes import pushed
from tresen.fakes.sales import By
from tresen.fakes.serving import Account, running
from tresen.fakes.world import World
from tresen.intake.models import AskedOrder, StoredPayload
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order, Return
from tresen.outbox.looking import look_for_uncertain
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.sending import send_due
from tresen.replies.answering import answer
from tresen.sla.defaults import create_defaults
from tresen.sla.keeping import kept_of
from tresen.stores.models import Store
from tresen.stores.platform_connecting import Entered, connect_store
from tresen.stores.subscribing import subscribe
from tresen.tickets.models import Conversation, Message, Ticket
from tresen.tickets.queries import thread_of
from tresen.timekeeping import wall
from tresen.workspace.ticket.message_words import Told, messages_shown

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
ANSWERED = AT + 5 * MINUTE
DUE = ANSWERED + timedelta(seconds=10)
LATER = DUE + 10 * MINUTE
TEXT = "Es kommt am Montag."


@pytest.fixture
def world() -> World:
    return asked_world(at=DUE, by_operator=True)


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def fake(world: World) -> FakeKaufland:
    return FakeKaufland(world)


@pytest.fixture
def store(fake: FakeKaufland, faults: Faults) -> Iterator[Store]:
    create_defaults(zone="Europe/Berlin", country="DE", region="BE", by=SYSTEM, at=AT - timedelta(days=1))
    with running([Account(name="seller", fake=fake, faults=faults)]) as served:
        connected = a_store("kaufland", "kaufland.de")
        settings = {"client_key": CLIENT_KEY, "address": f"{served}/seller"}
        secrets = {"secret_key": SECRET_KEY}
        connect_store(connected.pk, Entered(settings=settings, secrets=secrets), by=SYSTEM, at=MONDAY)
        told_of(connected)
        yield connected


def test_a_push_has_the_order_of_a_piece_read_at_once(store: Store, fake: FakeKaufland, settings: object) -> None:
    settings.BASE_URL = "https://tresen.example"  # type: ignore[attr-defined]
    assert subscribe(store.pk, contact="miriam@tannlicht.example", by=SYSTEM, at=AT) is None
    order = Order.objects.get()
    (push,) = pushed(fake, "order_unit_status_changed", order.lines.earliest("position").external_id)
    path = push.address.removeprefix("https://tresen.example")

    told = [Client().post(path, push.body, content_type="application/json").status_code for _ in range(2)]
    forged = Client().post(f"{path}x", push.body, content_type="application/json")

    assert (told, forged.status_code) == ([200, 200], 401)
    assert StoredPayload.objects.filter(source=Source.WEBHOOK).count() == 1
    parse_kept(wall.now())
    assert list(AskedOrder.objects.values_list("number", flat=True)) == [order.number]


def answered(store: Store, role: Role, way: str = "") -> Delivery:
    reply = answer(
        Ticket.objects.get().pk,
        conversation_id=Conversation.objects.get(role=role.value).pk,
        text=TEXT,
        answers_up_to=Message.objects.latest("pk").pk,
        by=Actor.agent(an_agent(store.default_team).pk),
        at=ANSWERED,
        way=way,
    )
    return reply.delivery


def owed() -> set[str]:
    """The roles that still wait for words of ours."""
    ticket = Ticket.objects.get().pk
    return {one.role for one in kept_of([ticket], at=DUE + 60 * MINUTE)[ticket].state.owed if one.own is None}


def ours(world: World) -> int:
    return sum(letter.by is By.SELLER for letter in world.talks["t-1"].letters)


def test_buyer_and_customer_service_wait_each_by_themselves_in_one_ticket(store: Store) -> None:
    assert Ticket.objects.get().store_id == store.pk
    assert owed() == {"buyer", "operator"}


def test_an_answer_in_the_seller_portal_stops_the_clocks_of_both(store: Store, world: World) -> None:
    world.write("t-1", by=By.SELLER, text="Es kam an.")

    take_in(LATER)

    assert owed() == set()
    assert set(Message.objects.filter(direction="out").values_list("text", flat=True)) == {"Es kam an."}
    assert Ticket.objects.get().store_id == store.pk


@pytest.mark.parametrize(("role", "other"), [(Role.BUYER, "operator"), (Role.OPERATOR, "buyer")])
def test_an_answer_from_here_leaves_once_and_told_back_counts_for_the_other_too(
    store: Store, world: World, role: Role, other: str
) -> None:
    answered(store, role)

    send_due(DUE)
    assert owed() == {other}
    take_in(LATER)
    take_in(LATER + 10 * MINUTE)

    assert owed() == set()
    assert ours(world) == 1
    roles = Message.objects.filter(direction="out").values_list("conversation__role", flat=True)
    assert sorted(roles) == ["buyer", "operator"], "it stands once with each who read it"


@pytest.mark.parametrize("told_back", [True, False])
def test_after_a_time_out_it_is_found_in_the_ticket_and_never_sent_again(
    store: Store, world: World, faults: Faults, *, told_back: bool
) -> None:
    delivery = answered(store, Role.BUYER)
    faults.demand([Fault.SILENT_AFTER])
    send_due(DUE)
    assert owed() == {"buyer", "operator"}

    if told_back:
        take_in(LATER)
    else:
        assert look_for_uncertain(DUE + MINUTE) == 1

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.ACCEPTED
    assert "buyer" not in owed()
    assert ours(world) == 1


def test_an_answer_that_got_no_number_gets_it_when_it_is_told_back(store: Store, faults: Faults) -> None:
    delivery = answered(store, Role.BUYER)
    faults.demand([Fault.NONE, Fault.BROKEN])  # it is taken, and then can't be read for once
    send_due(DUE)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.external_id) == (DeliveryState.ACCEPTED, "")

    take_in(LATER)

    delivery.refresh_from_db()
    assert delivery.external_id
    assert Message.objects.filter(direction="out", conversation__role="buyer").count() == 1


def test_an_interim_notice_stops_no_clock_and_the_answer_after_it_does(store: Store, world: World) -> None:
    first = answered(store, Role.BUYER, "interim")
    send_due(DUE)
    take_in(LATER)
    first.refresh_from_db()
    assert (first.state, ours(world)) == (DeliveryState.ACCEPTED, 1)
    assert "buyer" in owed()
    ticket = Ticket.objects.get()
    state = kept_of([ticket.pk], at=LATER)[ticket.pk].state
    (buyers,) = [one for one in state.owed if one.role == "buyer"]
    assert (buyers.platform, buyers.crossed) == (None, False), "it was read before the notice was written"
    assert not [one for one in state.clocks if one.role == "buyer" and one.met_at], "no clock of the buyer's stops"

    answered(store, Role.BUYER)
    send_due(DUE)
    assert "buyer" not in owed()


def test_an_interim_notice_is_shown_as_one_and_has_crossed_nothing(store: Store) -> None:
    notice = answered(store, Role.BUYER, "interim")
    send_due(DUE)
    ticket = Ticket.objects.get()
    messages = thread_of(ticket.pk)

    shown = messages_shown(messages, {notice.message_id: notice}, Told(ticket=ticket, agent=1, at=LATER))

    assert [one.id for one in shown if one.crossed] == []
    (marks,) = [one.marks for one in shown if one.id == notice.message_id]
    assert [(mark.words, mark.icon) for mark in marks] == [("interim notice: an answer is still owed", "hourglass")]


def test_accepting_a_return_pays_its_piece_and_waits_for_who_may_give_back_so_much(
    world: World, request: pytest.FixtureRequest
) -> None:
    (sale,) = world.sales.values()
    sale.lines[0].price = 14990
    request.getfixturevalue("store")
    world.ask_for_return(sale.number, reason="defect")
    take_in(AT + timedelta(minutes=16))
    order = Order.objects.get()
    back = Return.objects.get(order=order)
    accept = Wanted(kind=OrderAction.APPROVE_RETURN, return_id=back.external_id)

    waiting = asked(Ticket.objects.get(), order, accept)

    assert (waiting.state, waiting.amount) == (ActionState.ASKED, 14990)
    waiting.delete()
    asked(Ticket.objects.get(), order, accept, by=somebody(Rank.LEAD))
    perform_due(AT + timedelta(hours=1))
    assert sale.returns[0].state is ReturnState.AUTHORISED


def test_an_order_is_cancelled_as_the_agent_asks_for_it_with_all_its_pieces(store: Store, world: World) -> None:
    (sale,) = world.sales.values()
    cancel = Wanted(kind=OrderAction.CANCEL, reason="NoInventory")

    action = asked(Ticket.objects.get(), Order.objects.get(), cancel, by=somebody(Rank.ADMIN))
    perform_due(AT + timedelta(hours=1))

    action.refresh_from_db()
    assert action.state == ActionState.DONE, action.answer
    assert sale.cancelled_at is not None


def test_money_for_two_pieces_is_asked_for_one_after_the_other(store: Store) -> None:
    order = Order.objects.get()
    lines = [ActionLine(external_id=line.external_id, quantity=1, amount=500) for line in order.lines.all()]
    both, one = (Wanted(kind=OrderAction.REFUND, reason="defect", lines=some) for some in (lines, lines[:1]))

    with pytest.raises(CannotAct, match="one line at a time"):
        asked(Ticket.objects.get(), order, both)

    assert asked(Ticket.objects.get(), order, one).state == ActionState.QUEUED


def test_a_return_is_refused_with_words_alone(store: Store, world: World) -> None:
    (sale,) = world.sales.values()
    world.ask_for_return(sale.number, reason="defect")
    take_in(AT + timedelta(minutes=16))
    refuse = Wanted(kind=OrderAction.REFUSE_RETURN, return_id=Return.objects.get().external_id, words=" ")

    with pytest.raises(CannotAct, match="Say why"):
        asked(Ticket.objects.get(), Order.objects.get(), refuse)
