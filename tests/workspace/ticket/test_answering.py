import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store, a_team, an_agent
from tresen.outbox.models import Delivery, DeliveryState
from tresen.replies.models import Draft
from tresen.stores.models import Store
from tresen.tickets.models import Message, MessageKind, Status


@pytest.fixture
def given(ticket):
    message = ticket.messages.get()
    return {
        "conversation": message.conversation_id,
        "answers_up_to": message.pk,
        "text": "Es kommt morgen.",
        "then": "keep_open",
    }


def test_an_answer_is_queued_and_can_be_taken_back(screen, ticket, given):
    response = screen.post(reverse("reply", args=[ticket.pk]), given, follow=True)
    reply = Message.objects.get(direction="out")

    assert response.redirect_chain[-1][0] == reverse("ticket", args=[ticket.pk])
    assert reply.text == "Es kommt morgen."
    assert reverse("reply-withdrawal", args=[reply.pk]) in response.text

    response = screen.post(reverse("reply-withdrawal", args=[reply.pk]), follow=True)

    assert Delivery.objects.get().state == DeliveryState.WITHDRAWN
    assert "Es kommt morgen.</textarea>" in response.text


def test_a_page_that_is_sent_twice_gives_one_answer(screen, ticket, given):
    page = screen.get(reverse("ticket", args=[ticket.pk])).text
    number = re.search(r'name="submission" value="([0-9a-f-]{36})"', page)[1]
    for _ in range(2):
        screen.post(reverse("reply", args=[ticket.pk]), {**given, "submission": number})

    assert Delivery.objects.count() == 1
    assert number not in screen.get(reverse("ticket", args=[ticket.pk])).text


def test_send_and_solve_solves(screen, ticket, given):
    screen.post(reverse("reply", args=[ticket.pk]), {**given, "then": "solve"})

    ticket.refresh_from_db()
    assert ticket.status == Status.SOLVED


def test_send_and_solve_says_why_a_ticket_stays_open(screen, ticket, given):
    due = (timezone.now() + timedelta(days=1)).isoformat()
    screen.post(reverse("promise", args=[ticket.pk]), {"kind": "promise", "due": due})

    text = screen.post(reverse("reply", args=[ticket.pk]), {**given, "then": "solve"}, follow=True).text

    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN
    assert "Answer on its way. Not solved: a case, a promise or a legal request is still open here." in text


def test_an_answer_that_promises_more_does_not_solve(screen, ticket, given):
    due = (timezone.now() + timedelta(days=1)).isoformat()
    given |= {"then": "solve", "promise_due": due}

    text = screen.post(reverse("reply", args=[ticket.pk]), given, follow=True).text

    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN
    assert "Not solved: a case, a promise or a legal request is still open here." in text


def test_a_promise_whose_time_has_passed_keeps_the_answer_here(screen, ticket, given):
    given |= {"promise_due": "2001-07-01T09:00", "promise_kept": "on"}

    text = screen.post(reverse("reply", args=[ticket.pk]), given, follow=True).text

    assert not Delivery.objects.exists()
    assert "Not sent: the time of the promise has passed." in text
    assert "Es kommt morgen.</textarea>" in text
    assert 'name="promise_due" value="2001-07-01T09:00"' in text


def test_send_and_next_leads_to_the_next_piece_of_work(screen, store, ticket, given, later):
    filed(store, a_message(sender="other@marketplace.amazon.de", name="Jörg", subject="Zweite Frage", at=later))
    other = store.tickets.exclude(pk=ticket.pk).get()

    response = screen.post(reverse("reply", args=[ticket.pk]), {**given, "then": "next"})

    assert response.headers["Location"] == reverse("ticket", args=[other.pk])


def test_files_go_with_the_answer(screen, ticket, given):
    file = SimpleUploadedFile("Rechnung.pdf", b"%PDF-1.4 invented", content_type="application/pdf")

    screen.post(reverse("reply", args=[ticket.pk]), {**given, "attachments": [file]})

    reply = Message.objects.get(direction="out")
    assert [kept.name for kept in reply.attachments.all()] == ["Rechnung.pdf"]


def test_an_empty_answer_is_refused_in_words(screen, ticket, given):
    response = screen.post(reverse("reply", args=[ticket.pk]), {**given, "text": "  "}, follow=True)

    assert "The answer is empty." in response.text
    assert not Delivery.objects.exists()


def test_what_could_not_be_sent_is_kept_as_a_draft(screen, ticket, given):
    response = screen.post(reverse("reply", args=[ticket.pk]), {**given, "answers_up_to": 0}, follow=True)

    assert "out of date" in response.text
    assert Draft.objects.get().text == "Es kommt morgen."
    assert "Es kommt morgen.</textarea>" in response.text


def test_drafts_are_kept_while_typing(screen, agent, ticket, given):
    response = screen.post(reverse("draft", args=[ticket.pk]), {**given, "text": "Es kom"})

    assert response.status_code == 204
    assert (Draft.objects.get().text, Draft.objects.get().agent_id) == ("Es kom", agent.pk)


def test_no_draft_is_kept_in_a_conversation_of_another_ticket(screen, ticket, given):
    elsewhere = a_store(team=a_team())
    filed(elsewhere, a_message(sender="z@marketplace.amazon.de"))

    screen.post(
        reverse("draft", args=[ticket.pk]), {**given, "conversation": elsewhere.tickets.get().conversations.get().pk}
    )

    assert not Draft.objects.exists()


def test_a_note_is_kept_for_colleagues(screen, agent, ticket):
    response = screen.post(reverse("note", args=[ticket.pk]), {"text": "DHL angerufen"}, follow=True)

    note = Message.objects.get(kind=MessageKind.NOTE)
    assert (note.text, note.agent_id) == ("DHL angerufen", agent.pk)
    assert "Note, only colleagues see it" in response.text


def test_an_uncertain_answer_offers_both_ways_out(screen, ticket, given):
    screen.post(reverse("reply", args=[ticket.pk]), given)
    Delivery.objects.update(state=DeliveryState.UNCERTAIN)
    delivery = Delivery.objects.get()

    text = screen.get(reverse("ticket", args=[ticket.pk])).text

    assert "May have been sent" in text
    assert reverse("delivery-confirmation", args=[delivery.pk]) in text
    assert reverse("delivery-resending", args=[delivery.pk]) in text


def test_a_refused_answer_is_shown_with_the_servers_words_and_sent_again(screen, ticket, given):
    screen.post(reverse("reply", args=[ticket.pk]), given)
    Delivery.objects.update(state=DeliveryState.REFUSED, answer="552 message too large")
    delivery = Delivery.objects.get()

    assert "552 message too large" in screen.get(reverse("ticket", args=[ticket.pk])).text
    screen.post(reverse("delivery-resending", args=[delivery.pk]))

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.QUEUED


def test_a_held_answer_can_be_sent_once_the_store_has_left_the_shadow(screen, ticket, given):
    screen.post(reverse("reply", args=[ticket.pk]), given)
    Delivery.objects.update(state=DeliveryState.HELD)
    again = reverse("delivery-resending", args=[Delivery.objects.get().pk])

    Store.objects.update(shadow=True)
    assert again not in screen.get(reverse("ticket", args=[ticket.pk])).text
    Store.objects.update(shadow=False)
    assert again in screen.get(reverse("ticket", args=[ticket.pk])).text


@pytest.mark.parametrize("route", ["reply-withdrawal", "delivery-confirmation", "delivery-resending"])
def test_another_teams_answer_does_not_exist(screen, ticket, given, route):
    screen.post(reverse("reply", args=[ticket.pk]), given)
    answer = Delivery.objects.get()
    number = answer.message_id if route == "reply-withdrawal" else answer.pk
    screen.force_login(an_agent(a_team("Elsewhere"), name="Deniz Aksoy", everything=True))
    assert screen.post(reverse(route, args=[number])).status_code == 404
    assert Delivery.objects.get().state == answer.state


def test_a_buyers_message_is_no_answer_that_could_be_taken_back(screen, ticket):
    assert screen.post(reverse("reply-withdrawal", args=[Message.objects.get().pk])).status_code == 404


def _seen(screen, ticket):
    page = screen.get(reverse("ticket", args=[ticket.pk])).text
    return re.search(r'name="seen" value="(\d+)"', page)[1]


def test_an_answer_that_came_meanwhile_is_asked_about_once(screen, team, ticket, given):
    seen = _seen(screen, ticket)
    colleague = Client()
    colleague.force_login(an_agent(team, name="Deniz Aksoy"))
    colleague.post(reverse("reply", args=[ticket.pk]), {**given, "text": "Es ist da.", "seen": seen})

    asked = screen.post(reverse("reply", args=[ticket.pk]), {**given, "seen": seen}, follow=True)

    assert "Deniz Aksoy answered while you wrote" in asked.text
    assert "Es kommt morgen.</textarea>" in asked.text
    assert Delivery.objects.count() == 1

    seen = re.search(r'name="seen" value="(\d+)"', asked.text)[1]
    screen.post(reverse("reply", args=[ticket.pk]), {**given, "seen": seen})
    assert Delivery.objects.count() == 2


def test_an_answer_of_ones_own_other_window_is_asked_about_too(screen, ticket, given):
    seen = _seen(screen, ticket)
    screen.post(reverse("reply", args=[ticket.pk]), {**given, "text": "Aus Fenster eins.", "seen": seen})

    asked = screen.post(reverse("reply", args=[ticket.pk]), {**given, "seen": seen}, follow=True)

    assert "You answered this in another window" in asked.text
    assert Delivery.objects.count() == 1


def test_an_answer_that_was_taken_back_is_not_asked_about(screen, ticket, given):
    seen = _seen(screen, ticket)
    screen.post(reverse("reply", args=[ticket.pk]), {**given, "text": "Aus Fenster eins.", "seen": seen})
    screen.post(reverse("reply-withdrawal", args=[Message.objects.get(direction="out").pk]))

    screen.post(reverse("reply", args=[ticket.pk]), {**given, "seen": seen})

    assert Delivery.objects.filter(state=DeliveryState.QUEUED).count() == 1


def test_in_shadow_nothing_says_that_an_answer_leaves(screen, ticket, given):
    Store.objects.update(shadow=True)

    page = screen.post(reverse("reply", args=[ticket.pk]), given, follow=True).text
    assert "Kept, not sent: the store only watches." in page
    assert "the answer is kept until somebody sends it later" in page
    assert 'data-counts="held"' in page
    assert 'data-counts="no"' not in page
    assert "on its way" not in page
    Store.objects.update(shadow=False)
    assert "Send now" in screen.get(reverse("ticket", args=[ticket.pk])).text

    again = reverse("delivery-resending", args=[Delivery.objects.get().pk])
    assert "Answer on its way." in screen.post(again, follow=True).text


def test_what_came_back_because_the_buyer_wants_no_messages_is_not_sent_again(screen, ticket, given):
    screen.post(reverse("reply", args=[ticket.pk]), given)
    Delivery.objects.update(state=DeliveryState.BOUNCED, answer="delivery_failed_buyer_opted_out")
    again = reverse("delivery-resending", args=[Delivery.objects.get().pk])

    page = screen.get(reverse("ticket", args=[ticket.pk])).text
    assert "delivery_failed" not in page
    assert "The buyer takes no messages from sellers. Say that no response is needed" in page
    assert again not in page
    assert "it would come back again" in screen.post(again, follow=True).text
    assert Delivery.objects.get().state == DeliveryState.BOUNCED
