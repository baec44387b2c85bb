from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.replies import waived
from tests.factories.shops import MONDAY, a_store, a_team
from tests.sla.edits import worked_off
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING, NOTHING, Scope
from tresen.duties.marking import Cursor, confirm, left, page_of, take_back
from tresen.duties.models import Unmarked
from tresen.duties.unmarked import NEVER, differences
from tresen.routing.models import QueuePlace
from tresen.sla.correcting import VoidReason, strike_out
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock, Mode
from tresen.sla.overriding import Said, say_for_store
from tresen.sla.recalculations import begin, rules_changed
from tresen.sla.watching import Watch, sweep
from tresen.stores.models import Store
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = MONDAY + HOUR


@pytest.fixture
def store() -> Store:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    return a_store()


def thanks(store: Store, *, hours: int = 0) -> Ticket:
    """A message that came `hours` later, which needs no response."""
    at = MONDAY + hours * HOUR
    sender = f"k{hours}@marketplace.amazon.de"
    ticket = Ticket.objects.get(pk=filed(store, a_message(at=at, sender=sender, text="Danke!"))[0].ticket.id)
    waived(ticket, at=at + HOUR)
    return ticket


def test_what_was_waived_waits_to_be_marked_until_it_is_confirmed(store: Store) -> None:
    ticket = thanks(store)
    row = Unmarked.objects.get()
    assert (row.ticket, row.mark_by) == (ticket, MONDAY + 24 * HOUR)
    assert confirm([row.message_id], scope=EVERYTHING, by=SYSTEM, at=LATER + HOUR) == {ticket.pk: 1}
    assert not Unmarked.objects.exists()
    assert not QueuePlace.objects.exists()
    assert confirm([row.message_id], scope=EVERYTHING, by=SYSTEM, at=LATER + HOUR) == {}


def test_a_confirmation_can_be_taken_back(store: Store) -> None:
    ticket = thanks(store)
    said = LATER + HOUR
    confirm([Unmarked.objects.get().message_id], scope=EVERYTHING, by=SYSTEM, at=said)
    take_back([ticket.pk], said_at=said, by=SYSTEM, at=said + HOUR)
    assert Unmarked.objects.get().ticket == ticket
    assert QueuePlace.objects.get().task == "mark_at_platform"
    assert differences([ticket.pk], at=said + HOUR) == []


def test_a_limit_that_passes_gives_way_to_the_next_and_after_the_last_it_stands_behind_all(store: Store) -> None:
    thanks(store)
    sweep(Watch(), MONDAY + 25 * HOUR)
    assert Unmarked.objects.get().mark_by == MONDAY + 48 * HOUR
    sweep(Watch(), MONDAY + 49 * HOUR)
    assert Unmarked.objects.get().mark_by == NEVER


def test_the_list_is_in_the_order_of_limits_page_by_page_and_inside_the_scope(store: Store) -> None:
    tickets = [thanks(store, hours=hours) for hours in (2, 0, 1)]
    rows, following = page_of(EVERYTHING, size=2)
    assert [row.ticket_id for row in rows] == [tickets[1].pk, tickets[2].pk]
    assert following is not None
    rows, end = page_of(EVERYTHING, size=2, behind=Cursor.read(following.token()))
    assert ([row.ticket_id for row in rows], end) == ([tickets[0].pk], None)
    assert page_of(NOTHING) == ([], None)
    others = Scope(teams=frozenset({a_team().pk}), stores=None, brands=None)
    assert confirm(Unmarked.objects.values_list("pk", flat=True), scope=others, by=SYSTEM, at=LATER) == {}
    assert Cursor.read("forged") is None


def test_it_says_how_many_are_left_until_each_limit(store: Store) -> None:
    thanks(store)
    thanks(store, hours=3)
    found = left(EVERYTHING, at=MONDAY + 23 * HOUR)
    assert (found.all, found.within, found.past) == (2, {1: 1, 4: 2, 12: 2, 24: 2}, 0)


def test_a_limit_that_was_declared_void_gives_way_to_the_next(store: Store) -> None:
    ticket = thanks(store)
    first = Clock.objects.filter(ticket=ticket, kind="platform").order_by("due").first()
    strike_out(ticket.pk, clock=first.key, reason=next(iter(VoidReason)), by=SYSTEM, at=LATER + HOUR)
    assert Unmarked.objects.get().mark_by == MONDAY + 48 * HOUR


def test_the_limit_to_mark_by_follows_when_a_store_has_another_rule_and_verify_compares_it(store: Store) -> None:
    ticket = thanks(store)
    row = Unmarked.objects.get()
    said = say_for_store(store.pk, Said(limits={"response_rate": 720}), reason="Peak", by=SYSTEM, at=MONDAY + 2 * HOUR)
    edit = rules_changed(None, said)
    assert edit is not None
    worked_off(begin(edit, mode=Mode.FROM_START, by=SYSTEM, at=MONDAY + 2 * HOUR))
    assert Unmarked.objects.get().mark_by == MONDAY + 12 * HOUR
    assert differences([ticket.pk], at=MONDAY + 3 * HOUR) == []
    Unmarked.objects.update(mark_by=row.mark_by)
    (found,) = differences([ticket.pk], at=MONDAY + 3 * HOUR)
    assert (found.ticket, found.what) == (ticket.pk, f"unmarked {row.message_id}.mark_by")
    assert differences([ticket.pk], at=row.mark_by) == [], "late, not wrong: no sweep came by"
