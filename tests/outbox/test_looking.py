"""Answers into a platform's thread: sent once, and looked for where nobody knew."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.factories.replies import answered
from tests.factories.sales import AT
from tests.factories.shops import an_agent
from tests.factories.told import a_told_store, asked_world, take_in
from tresen.accounts.actors import SYSTEM, Actor
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.sales import By
from tresen.fakes.world import World
from tresen.outbox.looking import look_for_uncertain
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.sending import send_due
from tresen.outbox.settling import send_again
from tresen.replies.answering import CannotAnswer
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.stores.models import Store
from tresen.stores.platform_connecting import cut_off_store
from tresen.tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
ANSWERED = AT + 5 * MINUTE
DUE = ANSWERED + timedelta(seconds=10)
TEXT = "Es kommt am Montag."


@pytest.fixture
def world() -> World:
    return asked_world(at=DUE)


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def store(world: World, faults: Faults) -> Iterator[Store]:
    create_defaults(zone="Europe/Berlin", country="DE", region="BE", by=SYSTEM, at=AT - timedelta(days=1))
    with a_told_store(world, faults=faults) as connected:
        yield connected


def an_answer(text: str = TEXT) -> Delivery:
    return answered(Ticket.objects.get(), text=text, at=ANSWERED)


def ours(world: World) -> list[str]:
    return [letter.text for letter in world.talks["t-1"].letters if letter.by is By.SELLER]


def state_of(delivery: Delivery) -> str:
    return Delivery.objects.get(pk=delivery.pk).state


def test_an_answer_goes_into_the_thread_and_stops_the_clock(store: Store, world: World) -> None:
    delivery = an_answer()

    assert send_due(DUE) == 1

    delivery.refresh_from_db()
    assert ours(world) == [TEXT]
    assert (delivery.state, delivery.external_id) == ("accepted", world.talks["t-1"].letters[-1].id)
    own = Clock.objects.filter(kind="own").exclude(metric="resolution")
    assert set(own.values_list("outcome", flat=True)) == {"met"}


@pytest.mark.parametrize("fault", [Fault.SILENT_AFTER, Fault.BROKEN_AFTER])
def test_what_the_platform_took_without_saying_so_is_found_there(
    store: Store, world: World, faults: Faults, fault: Fault
) -> None:
    delivery = an_answer()
    faults.demand([fault])
    send_due(DUE)
    assert state_of(delivery) == DeliveryState.UNCERTAIN
    assert look_for_uncertain(DUE + timedelta(seconds=5)) == 0

    assert look_for_uncertain(DUE + MINUTE) == 1

    delivery.refresh_from_db()
    assert (delivery.state, delivery.external_id) == ("accepted", world.talks["t-1"].letters[-1].id)
    assert ours(world) == [TEXT]


def test_another_answer_of_the_same_words_is_not_taken_for_it(store: Store, world: World, faults: Faults) -> None:
    an_answer()
    send_due(DUE)
    second = an_answer()
    Delivery.objects.filter(pk=second.pk).update(next_attempt_at=DUE + MINUTE)
    faults.demand([Fault.SILENT])
    send_due(DUE + MINUTE)
    assert state_of(second) == DeliveryState.UNCERTAIN

    assert look_for_uncertain(DUE + 3 * MINUTE) == 0

    assert (ours(world), state_of(second)) == ([TEXT], DeliveryState.UNCERTAIN)


def test_what_is_not_there_is_never_sent_again_by_itself(store: Store, world: World, faults: Faults) -> None:
    delivery = an_answer()
    faults.demand([Fault.SILENT])
    send_due(DUE)

    for minutes in range(1, 200):
        look_for_uncertain(DUE + minutes * MINUTE)
        send_due(DUE + minutes * MINUTE)

    delivery.refresh_from_db()
    assert ours(world) == []
    assert (delivery.state, delivery.next_look_at) == ("uncertain", None)
    assert delivery.looked_at is not None

    send_again(delivery.pk, by=Actor.agent(an_agent().pk), at=DUE + 300 * MINUTE)
    send_due(DUE + 300 * MINUTE)
    assert ours(world) == [TEXT]
    assert state_of(delivery) == DeliveryState.ACCEPTED


def test_a_platform_that_can_not_be_read_is_read_later(store: Store, world: World, faults: Faults) -> None:
    delivery = an_answer()
    faults.demand([Fault.SILENT_AFTER, Fault.BROKEN])
    send_due(DUE)

    assert look_for_uncertain(DUE + MINUTE) == 0
    assert look_for_uncertain(DUE + 2 * MINUTE + timedelta(seconds=1)) == 1
    assert state_of(delivery) == DeliveryState.ACCEPTED


def test_our_own_answer_told_back_by_the_platform_stands_once_in_the_thread(store: Store, world: World) -> None:
    an_answer()
    send_due(DUE)

    take_in(DUE + 10 * MINUTE)

    assert Message.objects.filter(direction="out").count() == 1


def test_told_back_it_settles_what_nobody_knew(store: Store, world: World, faults: Faults) -> None:
    delivery = an_answer()
    faults.demand([Fault.SILENT_AFTER])
    send_due(DUE)

    take_in(DUE + 10 * MINUTE)

    assert state_of(delivery) == DeliveryState.ACCEPTED
    assert Message.objects.filter(direction="out").count() == 1


def test_the_same_words_written_there_by_hand_are_another_answer(store: Store, world: World) -> None:
    an_answer()
    send_due(DUE)
    world.write("t-1", by=By.SELLER, text=TEXT, to=(By.BUYER,))

    take_in(DUE + 10 * MINUTE)

    assert Message.objects.filter(direction="out").count() == 2


def test_a_store_that_is_cut_off_says_so_before_anything_is_written(store: Store) -> None:
    cut_off_store(store.pk, by=SYSTEM, at=AT)

    with pytest.raises(CannotAnswer, match="connect"):
        an_answer()
