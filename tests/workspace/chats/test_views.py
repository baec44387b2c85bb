"""Agents are offered chats on every screen, take them, and close them; what is not theirs they can't."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.chats import a_chat, a_website
from tests.factories.shops import a_team, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent
from tresen.chats.desks import desk_of, note_missed, set_available
from tresen.chats.models import Chat
from tresen.sla.defaults import create_defaults
from tresen.stores.models import Store
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def store() -> Store:
    create_defaults(by=SYSTEM, at=now())
    return a_website(team=a_team())


@pytest.fixture
def agent(store: Store) -> Agent:
    agent = an_agent(store.default_team, name="Jana Meier")
    set_available(agent.pk, available=True, at=now())
    return agent


def screen(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def post(client: Client, name: str, *numbers: int, **values: str) -> str:
    return client.post(reverse(name, args=numbers), values, follow=True).text


def test_an_offer_stands_on_every_screen_until_it_is_taken(store: Store, agent: Agent) -> None:
    chat = a_chat(store, "Is the stool in stock?", at=now())
    desk = screen(agent)
    bell = desk.get(reverse("notices-bell")).text
    assert "Is the stool in stock?" in bell
    assert reverse("chat-taking", args=[chat.pk]) in bell
    assert "Is the stool" not in screen(an_agent(store.default_team)).get(reverse("notices-bell")).text

    ticket = post(desk, "chat-taking", chat.pk)
    assert "Ida is in the chat now." in ticket
    assert "Stands in the chat at once" in ticket
    assert "Jana Meier took the chat" in ticket
    bell = desk.get(reverse("notices-bell")).text
    assert "waits for an answer" in bell
    assert reverse("chat-taking", args=[chat.pk]) not in bell

    closed = post(desk, "chat-closing", chat.pk)
    assert "The chat was closed" in closed
    assert reverse("chat-closing", args=[chat.pk]) not in closed
    assert desk_of(agent.pk).held == 0


def test_who_is_not_offered_it_can_neither_take_pass_on_nor_close_it(store: Store, agent: Agent) -> None:
    chat = a_chat(store, at=now())
    other = screen(an_agent(store.default_team))
    for name in ("chat-taking", "chat-refusal", "chat-closing"):
        assert "not yours any more" in post(other, name, chat.pk)
    assert Chat.objects.get().agent == agent
    assert Ticket.objects.get().assignee is None


def test_passed_on_to_nobody_it_stands_in_the_queue(store: Store, agent: Agent) -> None:
    chat = a_chat(store, at=now())
    desk = screen(agent)
    assert "Is the stool in stock?" not in desk.get("/queue/all/").text
    post(desk, "chat-refusal", chat.pk)
    assert "Is the stool in stock?" in desk.get("/queue/all/").text


def test_the_switch_is_the_agents_own_and_one_who_missed_an_offer_is_told(store: Store, agent: Agent) -> None:
    desk = screen(agent)
    post(desk, "chats-availability")
    assert not desk_of(agent.pk).available
    assert "A chat went by" not in desk.get(reverse("notices-bell")).text
    post(desk, "chats-availability", available="on")
    note_missed(agent.pk, at=now())
    assert "A chat went by" in desk.get(reverse("notices-bell")).text
    post(desk, "chats-availability", available="on")
    assert "A chat went by" not in desk.get(reverse("notices-bell")).text


def test_the_page_shows_what_goes_on_inside_the_scope(store: Store, agent: Agent) -> None:
    a_chat(store, "Is the stool in stock?", at=now())
    assert "offered to Jana Meier" in screen(an_agent(store.default_team)).get(reverse("chats")).text
    elsewhere = screen(an_agent(a_team(), everything=False)).get(reverse("chats")).text
    assert "Is the stool in stock?" not in elsewhere
    assert "No website that you see has a chat" in elsewhere
