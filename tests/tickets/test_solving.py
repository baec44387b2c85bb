"""What ends a ticket's rest, and when."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.contract import IdentityKind
from tresen.replies.answering import Then
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.stores.models import Store
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db

ANSWERED_AT = MONDAY + timedelta(hours=1)
CROSSING_AT = ANSWERED_AT - timedelta(minutes=2)
FOUND_AT = ANSWERED_AT + timedelta(minutes=5)
SHOPPER = {"sender": "petra@kundin.example", "kind": IdentityKind.EMAIL}


@pytest.fixture
def shop() -> Store:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    return a_store("email", "")


def cross(shop: Store) -> None:
    """A message from before the answer that we hear of after it."""
    message = a_message(
        at=CROSSING_AT, external_id="second@kundin.example", text="Noch etwas.", orders=("#1042",), **SHOPPER
    )  # type: ignore[arg-type]
    filed(shop, message, at=FOUND_AT)


def test_a_message_that_crossed_the_answer_lets_the_clock_of_a_waiting_ticket_run_on(shop: Store) -> None:
    answered(a_ticket(shop, orders=("#1042",), **SHOPPER), at=ANSWERED_AT, then=Then.WAIT)
    assert Clock.objects.get(kind="resolution").outcome == "paused"
    cross(shop)
    assert Ticket.objects.get().status == "open"
    assert Clock.objects.get(kind="resolution").outcome == "running"


def test_a_message_that_crossed_the_answer_begins_a_new_run_of_a_solved_ticket(shop: Store) -> None:
    answered(a_ticket(shop, orders=("#1042",), **SHOPPER), at=ANSWERED_AT, then=Then.SOLVE)
    cross(shop)
    runs = Clock.objects.filter(kind="resolution").order_by("key").values_list("key", "outcome", "started_at")
    assert list(runs) == [("resolution:1", "met", MONDAY), ("resolution:2", "running", ANSWERED_AT)]
