"""The web server is killed while an answer is given in: the answer is queued once or not at all, never twice."""

import threading
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
import pytest
from django.conf import settings
from django.test import Client

from tests.factories.mailboxes import a_mailbox
from tests.factories.replies import a_ticket
from tests.factories.shops import a_store, an_agent
from tests.resilience.worker import wait_until
from tests.servers.web import Web, database_url, running
from tresen.accounts.models import Agent
from tresen.outbox.models import Delivery
from tresen.tickets.models import Message, Ticket, TicketEvent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(300)]

CSRF = "c" * 32


class Desk:
    """An agent's browser before a ticket; `answer` gives in one and the same page, as often as it is asked to."""

    def __init__(self, agent: Agent, ticket: Ticket) -> None:
        session = Client()
        session.force_login(agent)
        self.cookies = {
            settings.SESSION_COOKIE_NAME: session.cookies[settings.SESSION_COOKIE_NAME].value,
            settings.CSRF_COOKIE_NAME: CSRF,
        }
        asked = Message.objects.get(ticket=ticket)
        self.address = f"/tickets/{ticket.pk}/replies/"
        self.page = {
            "conversation": str(asked.conversation_id),
            "answers_up_to": str(asked.pk),
            "text": "Es kommt morgen.",
            "then": "keep_open",
            "submission": str(uuid4()),
            "csrfmiddlewaretoken": CSRF,
        }

    def answer(self, web: Web) -> httpx.Response:
        return httpx.post(web.url + self.address, data=self.page, cookies=self.cookies, timeout=60)


@pytest.fixture
def ticket(transactional_db: None) -> Ticket:
    """At a store with a mailbox, through which answers can leave."""
    store = a_store()
    a_mailbox(store)
    return a_ticket(store)


@pytest.fixture
def desk(ticket: Ticket) -> Desk:
    return Desk(an_agent(role="admin"), ticket)


def queued() -> tuple[int, int]:
    return Delivery.objects.count(), TicketEvent.objects.filter(kind="reply_queued").count()


def killed_on_the_way(web: Web, desk: Desk, *, when: Callable[[], object]) -> None:
    """Give the page in and kill the server as soon as it has come so far; the browser gets an error, or nothing."""
    told: list[object] = []

    def give_in() -> None:
        try:
            told.append(desk.answer(web))
        except httpx.HTTPError as error:
            told.append(error)

    browser = threading.Thread(target=give_in)
    browser.start()
    wait_until(when)
    web.kill()
    browser.join()
    assert told


def waits_for_ticket() -> bool:
    with psycopg.connect(database_url(), autocommit=True) as asking:
        row = asking.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'").fetchone()
        return bool(row and row[0])


def test_an_answer_is_given_in_wholly_or_not_at_all_and_once_when_it_is_given_in_again(
    home: Path, desk: Desk, ticket: Ticket
) -> None:
    with psycopg.connect(database_url()) as another, running(home) as web:
        another.execute("SELECT id FROM tickets_ticket WHERE id = %s FOR UPDATE", [ticket.pk])
        killed_on_the_way(web, desk, when=waits_for_ticket)
        another.rollback()
    assert queued() == (0, 0)

    with running(home) as web:
        killed_on_the_way(web, desk, when=Delivery.objects.exists)
    assert queued() == (1, 1)

    with running(home) as web:
        assert desk.answer(web).status_code == 302
        assert desk.answer(web).headers["Location"] == f"/tickets/{ticket.pk}/"
    assert queued() == (1, 1)
    assert Message.objects.filter(direction="out").count() == 1
