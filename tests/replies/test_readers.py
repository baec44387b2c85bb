"""Whom an answer is for in an operator's thread: buyer, operator or both; each clock stops by its own answer."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest

from tests.factories.sales import AT
from tests.factories.shops import an_agent
from tests.factories.told import a_told_store, asked_world, take_in
from tresen.accounts.actors import SYSTEM, Actor
from tresen.channels.contract import Role
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.sales import By
from tresen.fakes.world import World
from tresen.outbox.looking import look_for_uncertain
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.sending import send_due
from tresen.outbox.settling import send_again
from tresen.replies.answering import CannotAnswer, answer, withdraw
from tresen.replies.drafting import drafts_of
from tresen.replies.owing import is_owed
from tresen.sla.defaults import create_defaults
from tresen.sla.keeping import kept_of
from tresen.stores.models import Store
from tresen.tickets.models import Conversation, Message, Ticket

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
ANSWERED = AT + 5 * MINUTE
DUE = ANSWERED + timedelta(seconds=10)
TEXT = "Es kommt am Montag."


@pytest.fixture
def world() -> World:
    return asked_world(at=DUE, by_operator=True)


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def store(world: World, faults: Faults) -> Iterator[Store]:
    create_defaults(zone="Europe/Berlin", country="DE", region="BE", by=SYSTEM, at=AT - timedelta(days=1))
    with a_told_store(world, faults=faults) as connected:
        yield connected


@pytest.fixture
def agent(store: Store) -> Actor:
    return Actor.agent(an_agent(store.default_team).pk)


def talk_with(role: Role) -> Conversation:
    return Conversation.objects.get(role=role.value)


def answered(
    readers: Sequence[Role] | None, *, by: Actor, to: Role = Role.BUYER, text: str = TEXT, at: object = ANSWERED
) -> Delivery:
    reply = answer(
        Ticket.objects.get().pk,
        conversation_id=talk_with(to).pk,
        text=text,
        answers_up_to=Message.objects.latest("pk").pk,
        readers=readers,
        by=by,
        at=at,  # type: ignore[arg-type]
    )
    return reply.delivery


def ours(world: World) -> list[tuple[By, ...]]:
    return [letter.to for letter in world.talks["t-1"].letters if letter.by is By.SELLER]


def owed() -> set[str]:
    """The roles that still wait for words of ours."""
    ticket = Ticket.objects.get().pk
    return {one.role for one in kept_of([ticket], at=DUE + 60 * MINUTE)[ticket].state.owed if one.own is None}


def test_buyer_and_operator_of_one_thread_are_two_conversations_of_one_ticket(store: Store) -> None:
    assert set(Ticket.objects.get().conversations.values_list("role", flat=True)) == {"buyer", "operator"}
    assert owed() == {"buyer", "operator"}


@pytest.mark.parametrize(
    ("readers", "reached", "left"),
    [
        (None, (By.BUYER,), {"operator"}),
        ([Role.BUYER], (By.BUYER,), {"operator"}),
        ([Role.OPERATOR], (By.OPERATOR,), {"buyer"}),
        ([Role.OPERATOR, Role.BUYER], (By.BUYER, By.OPERATOR), set()),
    ],
)
def test_it_reaches_those_who_were_chosen_and_answers_nobody_else(
    store: Store,
    agent: Actor,
    world: World,
    readers: Sequence[Role] | None,
    reached: tuple[By, ...],
    left: set[str],
) -> None:
    answered(readers, by=agent)
    assert is_owed(Ticket.objects.get().pk) is bool(left), "what is on its way counts for those it is for"

    send_due(DUE)

    assert ours(world) == [reached]
    assert owed() == left


@pytest.mark.parametrize("readers", [[Role.BUYER], [Role.OPERATOR], [Role.BUYER, Role.OPERATOR]])
def test_told_back_by_the_operator_it_stands_once(
    store: Store, agent: Actor, world: World, readers: Sequence[Role]
) -> None:
    answered(readers, by=agent)
    send_due(DUE)

    take_in(DUE + 10 * MINUTE)

    assert Message.objects.filter(direction="out").count() == 1


@pytest.mark.parametrize("readers", [[Role.OPERATOR], [Role.BUYER, Role.OPERATOR]])
@pytest.mark.parametrize("told_back", [True, False])
def test_after_a_time_out_it_is_found_for_all_whom_it_reached(
    store: Store, agent: Actor, world: World, faults: Faults, readers: Sequence[Role], *, told_back: bool
) -> None:
    delivery = answered(readers, by=agent)
    faults.demand([Fault.SILENT_AFTER])
    send_due(DUE)
    assert owed() == {"buyer", "operator"}

    if told_back:
        take_in(DUE + 10 * MINUTE)
    else:
        assert look_for_uncertain(DUE + MINUTE) == 1

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.ACCEPTED
    assert owed() == {"buyer", "operator"} - set(readers)
    assert len(ours(world)) == 1
    assert Message.objects.filter(direction="out").count() == 1


def test_sent_again_it_goes_to_the_same(store: Store, agent: Actor, world: World, faults: Faults) -> None:
    delivery = answered([Role.BUYER, Role.OPERATOR], by=agent)
    faults.demand([Fault.SILENT])
    send_due(DUE)

    send_again(delivery.pk, by=agent, at=DUE + 10 * MINUTE)
    send_due(DUE + 10 * MINUTE)

    assert ours(world) == [(By.BUYER, By.OPERATOR)]
    assert owed() == set()


def test_taken_back_it_answers_nobody_and_its_readers_are_kept_with_the_draft(store: Store, agent: Actor) -> None:
    delivery = answered([Role.BUYER, Role.OPERATOR], by=agent)

    withdraw(delivery.message_id, by=agent, at=ANSWERED)

    assert owed() == {"buyer", "operator"}
    (draft,) = drafts_of(Ticket.objects.get().pk, by=agent, at=ANSWERED).values()
    assert (draft.text, list(draft.readers)) == (TEXT, [Role.BUYER, Role.OPERATOR])


def test_an_answer_given_there_to_the_operator_answers_him_alone(store: Store, world: World) -> None:
    world.write("t-1", by=By.SELLER, text="We are on it.", to=(By.OPERATOR,))

    take_in(DUE + 10 * MINUTE)

    assert owed() == {"buyer"}


@pytest.mark.parametrize(
    ("readers", "words"), [([], "whom the answer is for"), ([Role.THIRD_PARTY], "reload the page")]
)
def test_nobody_and_strangers_are_no_readers(store: Store, agent: Actor, readers: Sequence[Role], words: str) -> None:
    with pytest.raises(CannotAnswer, match=words):
        answered(readers, by=agent)

    assert not Message.objects.filter(direction="out").exists()


class TestBeforeTheOperatorHasWritten:
    @pytest.fixture
    def world(self) -> World:
        return asked_world(at=DUE)

    def test_he_can_be_written_to_and_his_answer_joins(self, store: Store, agent: Actor, world: World) -> None:
        answered([Role.OPERATOR], by=agent)
        send_due(DUE)
        assert owed() == {"buyer"}
        world.write("t-1", by=By.OPERATOR, text="Noted.")

        take_in(DUE + 10 * MINUTE)

        assert ours(world) == [(By.OPERATOR,)]
        assert Ticket.objects.count() == 1
        assert set(Conversation.objects.values_list("role", flat=True)) == {"buyer", "operator"}
        assert Conversation.objects.count() == 2
