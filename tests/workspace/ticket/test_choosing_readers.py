"""In an operator's thread the composer asks who reads the answer, and the thread shows who does."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.factories.replies import a_ticket
from tests.factories.shops import a_store, an_agent
from tests.factories.told import a_told_store, asked_world
from tresen.stores.models import Store
from tresen.tickets.models import Conversation, Message, Ticket


@pytest.fixture
def store(db: None) -> Iterator[Store]:
    with a_told_store(asked_world(by_operator=True)) as connected:
        yield connected


@pytest.fixture
def ticket(store):
    return Ticket.objects.get(store=store)


@pytest.fixture
def agent(store):
    return an_agent(store.default_team, name="Jana Meier")


def page_of(screen, ticket):
    return screen.get(reverse("ticket", args=[ticket.pk])).text


def given(ticket, *readers, **more):
    asked = Conversation.objects.get(role="operator")
    return {
        "conversation": asked.pk,
        "readers_of": asked.pk,
        "readers": readers,
        "answers_up_to": Message.objects.latest("pk").pk,
        "text": "On Monday.",
        "then": "keep_open",
        **more,
    }


def send(screen, ticket, *readers, **more):
    return screen.post(reverse("reply", args=[ticket.pk]), given(ticket, *readers, **more), follow=True).text


def test_whoever_asked_last_is_chosen_and_the_thread_is_offered_once(screen, ticket):
    page = page_of(screen, ticket)

    assert "Who reads it" in page
    assert 'value="operator" checked' in page
    assert 'value="buyer">' in page
    assert '<select class="input" id="composer-conversation"' not in page


def test_those_who_were_chosen_are_shown_with_the_message(screen, ticket):
    page = send(screen, ticket, "buyer", "operator")

    assert "for: Buyer, Marketplace operator" in page
    assert Message.objects.get(direction="out").facts["to"] == "buyer,operator"


def test_nobody_chosen_loses_nothing(screen, ticket):
    page = send(screen, ticket)

    assert "Choose whom the answer is for." in page
    assert "On Monday." in page
    assert not Message.objects.filter(direction="out").exists()


def test_a_draft_keeps_who_reads_it(screen, ticket):
    screen.post(reverse("draft", args=[ticket.pk]), given(ticket, "buyer"))

    page = page_of(screen, ticket)

    assert 'value="buyer" checked' in page
    assert 'value="operator" checked' not in page
    assert "On Monday." in page


def test_where_nobody_is_asked_it_is_for_the_conversations_own(screen, ticket):
    send(screen, ticket, readers_of="")

    reply = Message.objects.get(direction="out")
    assert reply.conversation.role == "operator"
    assert "to" not in reply.facts


@pytest.mark.django_db
def test_other_channels_do_not_ask(client):
    other = a_ticket(a_store("amazon", "amazon.de"))
    client.force_login(an_agent(other.team))

    assert "Who reads it" not in page_of(client, other)
