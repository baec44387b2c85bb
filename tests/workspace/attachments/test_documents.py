"""Documents of orders are opened beside the ticket, by who may see it, as the platform has them at that moment."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from werkzeug.wrappers import Request, Response

from tests.channels.payloads import recorded
from tests.factories.connected import an_otto_store
from tests.factories.messages import filed
from tests.factories.sales import AT, a_sale
from tests.factories.shops import an_agent
from tests.factories.told import take_in, told_of
from tresen.accounts.models import Agent
from tresen.channels.otto import CONNECTOR
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.otto import FakeOtto
from tresen.fakes.sales import Line
from tresen.fakes.world import World
from tresen.intake.asked_orders import read_asked
from tresen.orders.models import Order, OrderDocument
from tresen.stores.models import Store, StoreConnection
from tresen.tickets.models import Ticket
from tresen.workspace.attachments.tokens import document_address, file_address

pytestmark = pytest.mark.django_db

NUMBER, ORDER = "kx7b000555", "5f0c8a10-0000-4000-8000-000000000555"
INVOICE = f"p-{ORDER}"


class Otto(FakeOtto):
    """May serve something else in the place of a document."""

    instead = b""

    def answer(self, request: Request) -> Response:
        if self.instead and request.path.endswith(".pdf"):
            return Response(self.instead, mimetype="application/pdf")
        return super().answer(request)


@pytest.fixture
def world() -> World:
    world = World(clock=lambda: AT)
    lines = [Line(id="l-1", sku="LW-01", item="A-4711", title="Lampe Mira", quantity=2, price=4990)]
    world.fill(sales=[a_sale(NUMBER, id=ORDER, lines=lines)])
    world.ship(NUMBER, carrier="HERMES", tracking="H1")
    world.refund(NUMBER, amount=990, reason="PARTIAL_REFUND")
    return world


@pytest.fixture
def otto(world: World) -> Otto:
    return Otto(world)


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def store(otto: Otto, faults: Faults) -> Iterator[Store]:
    with an_otto_store(otto, faults=faults) as connected:
        told_of(connected)
        yield connected


@pytest.fixture
def ticket(store: Store) -> Ticket:
    filed(store, *CONNECTOR.parse(recorded("otto/names_its_order.eml")))
    read_asked(AT + timedelta(minutes=6))
    take_in(AT + timedelta(minutes=6))
    return Ticket.objects.get()


@pytest.fixture
def agent(ticket: Ticket) -> Agent:
    return an_agent(ticket.team, name="Jana Meier")


def invoice() -> OrderDocument:
    return OrderDocument.objects.get(external_id=INVOICE)


def test_an_order_tells_its_documents_beside_the_ticket_and_on_its_page(
    screen: Client, agent: Agent, ticket: Ticket
) -> None:
    order = Order.objects.get()
    assert [(one.kind, one.amount) for one in order.documents.order_by("kind")] == [
        ("invoice", 9980),
        ("part_credit_note", 990),
    ]
    for page in (reverse("ticket", args=[ticket.pk]), reverse("order", args=[order.pk])):
        shown = screen.get(page).text
        assert "Invoice" in shown
        assert "Credit note for a part" in shown
        assert INVOICE in shown
        assert shown.count('href="/documents/') == 2


def test_a_document_is_shown_as_the_platform_has_it_and_can_do_nothing(screen: Client, agent: Agent) -> None:
    response = screen.get(document_address(invoice().pk, agent=agent.pk))

    assert response.content.startswith(b"%PDF-")
    assert b"99.80 EUR" in response.content
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == f'inline; filename="{INVOICE}.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_what_is_no_pdf_is_saved_and_never_shown(screen: Client, agent: Agent, otto: Otto) -> None:
    otto.instead = b"<script>"
    response = screen.get(document_address(invoice().pk, agent=agent.pk))

    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_an_address_is_good_for_one_agent_who_may_see_the_order(client: Client, agent: Agent, ticket: Ticket) -> None:
    address = document_address(invoice().pk, agent=agent.pk)
    client.force_login(an_agent(ticket.team))
    assert client.get(address).status_code == 404

    blind = an_agent(ticket.team, everything=False)
    client.force_login(blind)
    assert client.get(document_address(invoice().pk, agent=blind.pk)).status_code == 404


@pytest.mark.parametrize("kind", ["invented", "file"])
def test_an_address_of_something_else_leads_nowhere(screen: Client, agent: Agent, kind: str) -> None:
    token = file_address(invoice().pk, agent=agent.pk).rstrip("/").rpartition("/")[2] if kind == "file" else kind
    assert screen.get(reverse("document", args=[token])).status_code == 404


def told(screen: Client, agent: Agent) -> str:
    """What the order's page says after the document could not be opened."""
    response = screen.get(document_address(invoice().pk, agent=agent.pk), follow=True)
    assert response.redirect_chain[0][0] == reverse("order", args=[Order.objects.get().pk])
    return str(response.text)


def test_why_a_document_can_not_be_opened_is_said_where_the_order_is(
    screen: Client, agent: Agent, world: World, faults: Faults
) -> None:
    faults.demand([Fault.BROKEN])
    assert "OTTO did not give the document. The platform has trouble of its own" in told(screen, agent)

    world.sales[NUMBER].parcels.clear()  # OTTO has made none
    assert "OTTO does not have this document any more." in told(screen, agent)

    StoreConnection.objects.all().delete()
    assert "This store is not connected to the platform’s interface." in told(screen, agent)


def test_of_a_store_that_is_retired_documents_are_named_alone(screen: Client, agent: Agent) -> None:
    Store.objects.update(retired_at=AT)
    shown = screen.get(reverse("order", args=[Order.objects.get().pk])).text
    assert INVOICE in shown
    assert 'href="/documents/' not in shown
