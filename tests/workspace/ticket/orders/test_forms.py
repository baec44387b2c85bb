"""What a platform wants to know besides is asked for in the form, and what approving costs stands there."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.channels.payloads import recorded
from tests.factories.connected import an_otto_store
from tests.factories.messages import filed
from tests.factories.sales import AT, a_sale
from tests.factories.told import take_in, told_of
from tresen.actions.models import Action
from tresen.channels.otto import CONNECTOR
from tresen.fakes.otto import FakeOtto
from tresen.fakes.sales import Line
from tresen.fakes.world import World
from tresen.stores.models import Store

NUMBER = "kx7b000555"


@pytest.fixture
def world() -> World:
    world = World(clock=lambda: AT)
    line = Line(id="l-1", sku="LW-01", item="A-4711", title="Lampe Mira", quantity=2, price=4990)
    world.fill(sales=[a_sale(NUMBER, lines=[line])])
    return world


@pytest.fixture
def store(db, world: World) -> Iterator[Store]:
    with an_otto_store(FakeOtto(world)) as connected:
        told_of(connected)
        filed(connected, *CONNECTOR.parse(recorded("otto/names_its_order.eml")))
        yield connected


def form_of(order, ticket, kind):
    return reverse("order-action", args=[ticket.pk, order.pk, kind])


def test_only_the_platforms_carriers_are_offered_and_the_way_back_is_asked_for(screen, ticket, order):
    page = screen.get(form_of(order, ticket, "mark_shipped")).text
    for words in ("Kühne + Nagel", "Another forwarder", "Carrier of the return", "Tracking number of the return"):
        assert words in page, words

    pieces = {f"pieces-{line.pk}": "1" for line in order.lines.all()}
    given = {"key": str(uuid4()), "carrier": "DHL", "tracking": "D1", "detail-return_carrier": "DHL", **pieces}
    missing = screen.post(form_of(order, ticket, "mark_shipped"), given)
    assert missing.status_code == 422
    assert 'id="id_detail-return_tracking_error"' in missing.text
    freight = screen.post(form_of(order, ticket, "mark_shipped"), {**given, "carrier": "DACHSER", "key": "none"})
    assert 'id="id_detail-return_tracking_error"' not in freight.text
    screen.post(form_of(order, ticket, "mark_shipped"), {**given, "detail-return_tracking": "R1"})
    assert Action.objects.get().details == {"return_carrier": "DHL", "return_tracking": "R1"}


def test_who_accepts_a_return_reads_that_it_pays_at_once_and_how_much(screen, ticket, order, world):
    world.ship(NUMBER, carrier="HERMES", tracking="H1")
    world.ask_for_return(NUMBER, reason="")
    take_in(AT + timedelta(hours=3))
    address = f"{form_of(order, ticket, 'approve_return')}?return={order.returns.get().pk}"

    page = screen.get(address).text

    for words in ("Goes back to the buyer at once", "€49.90", "It cannot be undone.", "Condition", "It came back"):
        assert words in page, words
    given = {"key": str(uuid4()), "reason": "RETURN_RECEIVED", "detail-condition": "B"}
    assert screen.post(address, given).status_code == 302
    assert (Action.objects.get().amount, Action.objects.get().details) == (4990, {"condition": "B"})
