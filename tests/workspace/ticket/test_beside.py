from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY
from tresen.accounts.scope import EVERYTHING
from tresen.channels.order_news import OrderState
from tresen.customers.models import Identity
from tresen.orders.models import Case, Order, OrderLine
from tresen.tickets.models import Ticket, TicketOrder
from tresen.workspace.ticket.beside import beside, shown_key, told_key


def side(ticket):
    return beside(Ticket.objects.get(pk=ticket.pk), scope=EVERYTHING, agent_id=0, at=MONDAY)


def an_order(ticket, number="302-1234567-7654321"):
    return Order.objects.create(
        store=ticket.store, brand=ticket.brand, number=number, identity=ticket.identity, state=OrderState.OPEN,
        currency="EUR", total=8990, ordered_at=MONDAY - timedelta(days=9), changed_at=MONDAY, told_at=MONDAY,
    )  # fmt: skip


@pytest.mark.parametrize(("price", "words"), [(4200, "Postage and other costs"), (4495, ""), (4700, "Discount")])
def test_what_a_total_holds_besides_its_lines_has_a_line_of_its_own(screen, ticket, price, words):
    order = an_order(ticket)
    OrderLine.objects.create(order=order, position=1, title="Lamp", quantity=2, price=price)
    TicketOrder.objects.create(ticket=ticket, store=ticket.store, order=order, number=order.number, primary=True)
    (shown,) = side(ticket).orders
    assert shown.besides == 8990 - 2 * price
    page = screen.get(reverse("ticket", args=[ticket.pk])).text
    assert [each for each in ("Postage and other costs", "Discount") if each in page] == [words][: bool(words)]


def test_who_writes_for_the_first_time_and_bought_nothing_is_a_first_contact(screen, ticket):
    assert side(ticket).segment == "new"
    text = screen.get(reverse("ticket", args=[ticket.pk])).text
    assert text.count("first contact") == 1
    assert "new customer" not in text


@pytest.mark.parametrize(
    ("kind", "key", "shown"),
    [
        ("username", "lichtmarkt.example/ida87", "ida87"),
        ("username", "ida87", "ida87"),
        ("email", "a/b@c.example", None),
    ],
)
def test_a_buyer_is_known_by_his_name_there_and_not_by_the_operators_address(kind, key, shown):
    assert shown_key(Identity(channel="mirakl", kind=kind, key=key)) == (shown or key)


def test_a_key_of_ours_is_told_to_nobody():
    called = Identity(channel="website", kind="username", key="by-hand/a1@by-hand", name="Ida Muster")
    assert told_key(called) == ""


def test_a_second_message_is_no_first_contact(store, ticket):
    filed(store, a_message(text="Hallo?", subject="Re: Wo ist mein Paket?", at=MONDAY + timedelta(days=1)))
    assert side(ticket).segment == ""


def test_an_earlier_order_is_no_first_contact(ticket):
    an_order(ticket)
    assert side(ticket).segment == ""


def test_the_order_that_the_ticket_is_about_leaves_it_a_first_contact(ticket):
    order = an_order(ticket)
    ticket.orders.create(store=ticket.store, number=order.number, order=order, source="text", primary=True)
    assert side(ticket).segment == "new"


def test_who_has_another_ticket_is_no_first_contact(store, ticket):
    other = a_message(subject="Rechnung", sender="petra@example.com", at=MONDAY + timedelta(days=1))
    filed(store, other)
    second = Ticket.objects.exclude(pk=ticket.pk).get()
    second.identity.customer = ticket.identity.customer
    second.identity.save()
    assert side(ticket).segment == side(second).segment == ""


@pytest.mark.parametrize("segment", ["regular", "vip"])
def test_a_good_customer_is_called_so_and_never_a_first_contact(screen, ticket, segment):
    customer = ticket.identity.customer
    customer.segment = segment
    customer.save()
    assert side(ticket).segment == segment
    assert "first contact" not in screen.get(reverse("ticket", args=[ticket.pk])).text


def test_who_says_that_they_wrote_before_is_believed(ticket):
    Ticket.objects.update(risk_reason="third_contact")
    assert side(ticket).segment == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Meine Bestellung ist nicht angekommen.", "No order is named here."),
        ("Ist die Lampe dimmbar?", "A question before buying."),
    ],
)
def test_a_missing_order_alone_is_no_question_before_buying(screen, store, text, words):
    filed(store, a_message(text=text, subject="Frage"))
    assert words in screen.get(reverse("ticket", args=[Ticket.objects.get().pk])).text


@pytest.mark.parametrize(
    ("state", "words", "tone"),
    [("open", "zu beantworten<", "late"), ("answered", "beantwortet", "waiting"), ("closed", "geschlossen", "")],
)
def test_how_a_case_stands_is_said_in_words_and_alarms_only_while_it_is_ours(screen, agent, ticket, state, words, tone):
    order = an_order(ticket)
    ticket.orders.create(store=ticket.store, number=order.number, order=order, source="text", primary=True)
    Case.objects.create(
        store=ticket.store, brand=ticket.brand, order=order, order_number=order.number, kind="return_request",
        state=state, opened_at=MONDAY, respond_by=MONDAY + timedelta(days=2),
    )  # fmt: skip
    type(agent).objects.update(language="de")
    page = screen.get(reverse("ticket", args=[ticket.pk])).text
    part = page[page.index("<h4>Rückgabeanfrage") :].split("</section>")[0]
    assert words in part
    assert ('data-tone="late"' in part) == (tone == "late")
    assert ("Zu beantworten bis" in part) == (state == "open")


def test_a_line_shows_the_price_of_a_piece_and_at_its_end_the_sum(screen, ticket):
    order = an_order(ticket)
    OrderLine.objects.create(order=order, position=1, title="Lamp", quantity=2, price=4495)
    OrderLine.objects.create(order=order, position=2, title="Bulb", quantity=3, price=100, cancelled=3)
    TicketOrder.objects.create(ticket=ticket, store=ticket.store, order=order, number=order.number, primary=True)
    page = screen.get(reverse("ticket", args=[ticket.pk])).text
    assert "2&nbsp;×&nbsp;€44.95" in page
    assert '<span class="figures">€89.90</span></div>' in page
    assert "3&nbsp;×&nbsp;€1.00 · cancelled" in page
