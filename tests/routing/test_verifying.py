"""Everything stored can be recomputed from the ledger."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.routing import verifying as places
from tresen.routing.models import QueuePlace
from tresen.sla import verifying as clocks
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.tickets import replaying
from tresen.tickets.events import Key
from tresen.tickets.models import Ticket
from tresen.tickets.risking import set_risk
from tresen.tickets.snoozing import snooze

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def ticket() -> int:
    create_defaults(by=SYSTEM, at=MONDAY)
    ticket = filed(a_store(), a_message())[0].ticket.id
    set_risk(ticket, tier=0, reason=Key("legal_threat"), by=SYSTEM, at=MONDAY)
    snooze(ticket, until=LATER + timedelta(days=1), by=SYSTEM, at=MONDAY)
    return ticket


def test_what_was_stored_is_what_a_replay_says(ticket: int) -> None:
    assert list(replaying.all_tickets()) == [[ticket]]
    assert not replaying.differences([ticket])
    assert not clocks.differences([ticket], at=MONDAY)
    assert not places.differences([ticket], at=MONDAY)


def test_a_changed_ticket_is_found(ticket: int) -> None:
    Ticket.objects.update(status="solved")
    assert [(one.what, one.stored, one.recomputed) for one in replaying.differences([ticket])] == [
        ("ticket.status", "solved", "snoozed")
    ]


def test_a_changed_clock_and_a_lost_place_are_found(ticket: int) -> None:
    Clock.objects.filter(kind="platform").update(met_at=MONDAY)
    QueuePlace.objects.all().delete()
    assert {one.what.partition(".")[2] for one in clocks.differences([ticket], at=MONDAY)} == {"met_at"}
    assert [one.what for one in places.differences([ticket], at=MONDAY)] == ["place"]
