"""Ways in which a comment can be answered: its writer is written to alone once for each comment."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories.connected import a_connected_page
from tests.factories.messages import a_message, filed
from tests.factories.replies import leaves
from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import Actor
from tresen.channels.contract import IdentityKind, ReplyBy, Surface, ThreadKey, ThreadKeyKind
from tresen.outbox.models import Delivery, DeliveryState
from tresen.replies.answering import CannotAnswer, answer
from tresen.tickets.models import Message, Ticket

MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(db):
    return a_connected_page("facebook", address="https://meta.example", account="10000000000001")


@pytest.fixture
def screen(client, store):
    client.force_login(an_agent(store.default_team))
    return client


def comments(store, number, *, at):
    """Ida writes below a post; all of it is one thread."""
    message = a_message(at=at, sender="20000000000001", kind=IdentityKind.USERNAME, external_id=number)
    ties = (ThreadKey(kind=ThreadKeyKind.THREAD, value="comment:901_1"),)
    filed(store, replace(message, reply_by=ReplyBy.THREAD, surface=Surface.COMMENT, thread_keys=ties))
    return Ticket.objects.get()


def alone(ticket, *, submission=None):
    newest = Message.objects.filter(direction="in").latest("pk")
    message = answer(
        ticket.pk,
        conversation_id=newest.conversation_id,
        text="Ja, ab Mai.",
        answers_up_to=newest.pk,
        by=Actor.agent(an_agent().pk),
        at=MONDAY + MINUTE,
        way="private",
        submission=submission,
    )
    return Delivery.objects.get(message=message)


def test_once_for_each_comment_and_the_composer_says_why_not_again(screen, store):
    ticket, submission = comments(store, "901_1", at=MONDAY), uuid4()
    page = reverse("ticket", args=[ticket.pk])
    assert "data-spent" not in screen.get(page).text
    first = alone(ticket, submission=submission)
    assert alone(ticket, submission=submission) == first, "given in twice it is one"
    leaves(first, at=MONDAY + MINUTE)

    with pytest.raises(CannotAnswer, match="this comment has had it"):
        alone(ticket)
    shown = screen.get(page).text
    (reason,) = re.findall(r'value="private" required data-spent aria-describedby="([\w-]+)" disabled>', shown)
    assert f'id="{reason}">Meta takes one message to a comment’s writer alone' in shown

    comments(store, "901_1:edit:7", at=MONDAY + 2 * MINUTE)
    with pytest.raises(CannotAnswer):
        alone(ticket)
    comments(store, "901_2", at=MONDAY + 3 * MINUTE)
    assert "data-spent" not in screen.get(page).text
    alone(ticket)


@pytest.mark.parametrize("state", [DeliveryState.WITHDRAWN, DeliveryState.REFUSED])
def test_what_did_not_leave_was_not_the_one(store, state):
    ticket = comments(store, "901_1", at=MONDAY)
    alone(ticket)
    Delivery.objects.update(state=state)

    assert alone(ticket).state == DeliveryState.QUEUED
