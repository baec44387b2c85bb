"""Against a real IMAP server, which tells of new mail by itself."""

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from uuid import uuid4

import pytest
from django.db import connection

from tests.factories.mailboxes import a_mailbox
from tests.factories.mails import a_mail
from tests.factories.shops import MONDAY, a_store
from tests.servers.dovecot import Dovecot
from tresen.intake.mailboxes import watching
from tresen.intake.mailboxes.receiving import WATCHED_EVERY, receive_mail
from tresen.intake.mailboxes.watching import LEASE, Watchers, claim
from tresen.stores.models import Mailbox

pytestmark = [pytest.mark.mail_server]


@pytest.mark.django_db
def test_one_worker_at_a_time_listens_to_a_mailbox() -> None:
    mailbox = a_mailbox()
    mine, theirs = uuid4(), uuid4()
    assert claim(mailbox.pk, by=mine, at=MONDAY)
    assert not claim(mailbox.pk, by=theirs, at=MONDAY)
    assert claim(mailbox.pk, by=mine, at=MONDAY + timedelta(minutes=1))
    assert claim(mailbox.pk, by=theirs, at=MONDAY + timedelta(minutes=1) + LEASE)
    assert not claim(mailbox.pk, by=mine, at=MONDAY + timedelta(minutes=2) + LEASE)


@pytest.mark.django_db(transaction=True)
def test_new_mail_makes_its_mailbox_due_at_once(mail_server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LISTENS_FOR", timedelta(seconds=1))
    user = f"user{uuid4().hex[:8]}@nordlicht.example"
    mail_server.add_user(user)
    mailbox = a_mailbox(a_store("email", ""), address=user, imap_port=mail_server.port)
    receive_mail(mailbox.pk, at=MONDAY)
    watchers = Watchers(now=lambda: MONDAY)
    try:
        assert watchers.keep(MONDAY) == 0
        receive_mail(mailbox.pk, at=MONDAY)
        assert now(mailbox).next_check_at == MONDAY + WATCHED_EVERY
        # The listener may still be signing in: mail that comes before it listens is found with the next.
        stop = Event()
        deliveries = Thread(target=deliver_until, args=(mail_server, user, stop))
        deliveries.start()
        try:
            wait_for(lambda: now(mailbox).next_check_at == MONDAY)
        finally:
            stop.set()
            deliveries.join()
    finally:
        watchers.stop()
        for thread in watchers._threads.values():
            thread.join(20)
            assert not thread.is_alive()


def deliver_until(server: Dovecot, user: str, stop: Event) -> None:
    while not stop.is_set():
        server.deliver(user, a_mail())
        stop.wait(0.5)


def now(mailbox: Mailbox) -> Mailbox:
    return Mailbox.objects.get(pk=mailbox.pk)


def wait_for(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < until, "It did not happen within 30 seconds."
        time.sleep(0.1)
    connection.close()
