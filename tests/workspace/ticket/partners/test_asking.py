"""Asking a partner, as the ticket's screen offers it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories.mailboxes import a_mailbox
from tests.factories.partners import a_partner, asked, mail_of, wanted
from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY
from tests.partners.answers import answers
from tresen.accounts.actors import SYSTEM
from tresen.channels.order_news import FulfilledBy, OrderState
from tresen.channels.tracking import TrackingState
from tresen.orders.models import Fulfilment, Order, OrderLine
from tresen.outbox.models import Delivery
from tresen.partners.models import PartnerKind, Question
from tresen.sla.defaults import create_defaults
from tresen.stores.models import Store
from tresen.tickets.models import Message, TicketOrder
from tresen.timekeeping import wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(ticket):
    order = Order.objects.create(
        store=ticket.store,
        brand=ticket.brand,
        number="302-1111111-2222222",
        state=OrderState.SHIPPED,
        fulfilled_by=FulfilledBy.US,
        currency="EUR",
        total=4900,
        ordered_at=MONDAY,
        ship_to="Petra Muster\nTannenweg 3\n10115 Berlin",
        changed_at=MONDAY,
    )
    OrderLine.objects.create(order=order, position=1, sku="LW-3", title="Tischlampe Mira", quantity=2, price=2450)
    Fulfilment.objects.create(
        order=order, external_id="1", carrier="DHL", tracking="00340434161094042557", state=TrackingState.IN_TRANSIT
    )
    TicketOrder.objects.create(
        ticket=ticket, store=ticket.store, number=order.number, order=order, source="message", primary=True
    )
    return order


@pytest.fixture
def desk(screen, ticket, order):
    create_defaults(by=SYSTEM, at=MONDAY)
    a_mailbox(ticket.store)
    return screen


def address(ticket, partner):
    return f"{reverse('questions', args=[ticket.pk])}?partner={partner.pk}"


def soon():
    return (wall.now() + timedelta(days=7)).date()


def given(**more):
    known = {"subject": "Bestellung", "text": "Wo ist es?", "chase_on": soon().isoformat(), "submission": str(uuid4())}
    return known | more


def ticked(page):
    return {
        part
        for part in ("order", "lines", "tracking", "ship_to", "buyer")
        if f'value="{part}"' in page and "checked" in page.split(f'value="{part}"')[1].split(">")[0]
    }


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        (PartnerKind.WAREHOUSE, {"order", "lines", "tracking"}),
        (PartnerKind.CARRIER, {"tracking", "ship_to"}),
        (PartnerKind.SUPPLIER, {"lines"}),
        (PartnerKind.OTHER, {"order"}),
    ],
)
def test_each_kind_of_partner_is_told_what_it_needs_and_nobody_the_buyers_words(desk, ticket, kind, needed):
    page = desk.get(address(ticket, a_partner(kind=kind))).text
    assert ticked(page) == needed
    assert 'value="buyer"' in page


def test_what_is_not_ticked_does_not_leave(desk, ticket):
    desk.post(address(ticket, a_partner()), given(parts=["order", "tracking"]))
    text = Message.objects.get(direction="out").text
    assert text == "Wo ist es?\n\nBestellung: 302-1111111-2222222\n\nPaket:\nDHL 00340434161094042557"


def test_the_buyers_words_and_address_leave_only_when_ticked(desk, ticket):
    desk.post(address(ticket, a_partner()), given(parts=["ship_to", "buyer"]))
    text = Message.objects.get(direction="out").text
    assert "Tannenweg 3" in text
    assert "> Es sollte am Freitag da sein." in text


def test_whoever_asks_chooses_among_several(desk, ticket):
    first, second = a_partner(name="Lager Süd"), a_partner(name="Spedition Ost")
    page = desk.get(reverse("questions", args=[ticket.pk])).text
    assert first.name in page
    assert f"partner={second.pk}" in page
    assert "<textarea" not in page


def test_without_partners_an_agent_is_told_who_enters_them(desk, ticket):
    assert "Nobody to ask yet" in desk.get(reverse("questions", args=[ticket.pk])).text


def test_the_text_comes_in_the_partners_language(desk, ticket):
    page = desk.get(address(ticket, a_partner(language="it"))).text
    assert "Buongiorno," in page
    assert "Articoli:" in page


def test_the_ticket_says_whom_it_waits_for_and_offers_to_ask_again(desk, ticket):
    desk.post(address(ticket, a_partner(name="Lager Süd")), given(), follow=True)
    question = Question.objects.get()
    page = desk.get(reverse("ticket", args=[ticket.pk])).text
    assert "Waiting for Lager Süd" in page
    assert "chase on" in page
    desk.post(reverse("question-again", args=[ticket.pk, question.pk]), {"quick": "1"})
    assert Message.objects.filter(direction="out").count() == 2
    assert "noch nichts von Ihnen gehört" in mail_of(question).text


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(desk, ticket):
    page = desk.post(address(ticket, a_partner()), given(chase_on="2020-01-01", text="Bitte prüfen."))
    assert page.status_code == 422
    assert "Bitte prüfen." in page.text
    assert "still to come" in page.text
    assert Question.objects.count() == 0


def test_undone_the_words_stand_in_the_form_again(desk, ticket):
    desk.post(address(ticket, a_partner()), given(text="Bitte prüfen.", subject="Palette"))
    mail = Message.objects.get(direction="out")
    page = desk.post(reverse("reply-withdrawal", args=[mail.pk]), follow=True)
    assert Delivery.objects.get().state == "withdrawn"
    assert "Bitte prüfen." in page.text
    assert 'value="Palette"' in page.text
    assert "[Q-" not in page.text


def test_an_answer_is_shown_unread_until_somebody_has_read_it(desk, ticket):
    question = asked(ticket, a_partner(name="Lager Süd"), at=wall.now(), what=wanted(on=soon()))
    told = answers(question, "Ist raus.", at=wall.now())
    page = desk.get(reverse("ticket", args=[ticket.pk])).text
    assert "Lager Süd has answered" in page
    assert "data-unread" in page
    assert "Partner, by the link" in page
    desk.post(reverse("question-reading", args=[ticket.pk, question.pk]), {"up_to": told.pk})
    assert "data-unread" not in desk.get(reverse("ticket", args=[ticket.pk])).text


def test_withdrawn_it_can_be_waited_for_again(desk, ticket):
    question = asked(ticket, at=wall.now(), what=wanted(on=soon()))
    page = desk.post(
        reverse("question-withdrawal", args=[ticket.pk, question.pk]), {"reason": "withdrawn"}, follow=True
    ).text
    question.refresh_from_db()
    assert question.state == "withdrawn"
    assert reverse("question-date", args=[ticket.pk, question.pk]) in page


def test_a_store_that_only_watches_keeps_the_question(desk, ticket):
    Store.objects.update(shadow=True)
    page = desk.post(address(ticket, a_partner()), given(), follow=True).text
    assert Delivery.objects.get().state == "held"
    assert "the store only watches" in page


def test_a_question_of_another_ticket_is_not_here(desk, ticket, store):
    other = a_ticket(store, sender="zweiter@marketplace.amazon.de")
    question = asked(ticket, at=wall.now(), what=wanted(on=soon()))
    for route, values in [
        ("question-again", {"quick": "1"}),
        ("question-date", {"chase_on": "2030-01-01"}),
        ("question-withdrawal", {"reason": "withdrawn"}),
        ("question-reading", {"up_to": 1}),
    ]:
        assert desk.post(reverse(route, args=[other.pk, question.pk]), values).status_code == 404


def test_the_composer_answers_the_buyer_and_never_the_partner(desk, ticket):
    question = asked(ticket, at=wall.now(), what=wanted(on=soon()))
    answers(question, "Ist raus.", at=wall.now())
    page = desk.get(reverse("ticket", args=[ticket.pk])).text
    assert f'name="conversation" value="{question.conversation_id}"' not in page
