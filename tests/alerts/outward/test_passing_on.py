"""Notices are given to their ways out once, by any number of workers."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from tests.alerts.outward.ways import a_webhook, go_out, mails_leave, missed
from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, an_agent
from tests.servers import chat as chats
from tests.servers.chat import Chat
from tests.servers.smtp import SmtpServer
from tresen.accounts.models import Role
from tresen.alerts.models import PostedNotice, Posting, PostingState
from tresen.alerts.outward.passing_on import pass_on
from tresen.alerts.outward.posting import SILENT_AFTER, post_due, settle_silent
from tresen.sla.models import Notice

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def chat() -> Iterator[Chat]:
    with chats.running() as running:
        yield running


def at_once(work, times: int = 2) -> None:
    """The same work in several threads at the same moment."""
    start, problems = threading.Barrier(times), []

    def run() -> None:
        try:
            start.wait()
            work()
        except BaseException as problem:  # noqa: BLE001 - told to the test's own thread
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


@pytest.mark.django_db
def test_what_is_to_be_seen_later_leaves_later(smtp_server: SmtpServer) -> None:
    mails_leave(smtp_server)
    missed(an_agent(role=Role.ADMIN), a_ticket(), at=LATER)
    assert go_out(LATER - timedelta(seconds=1)) == 0
    assert go_out(LATER) == 1


@pytest.mark.django_db
def test_a_colleague_who_has_left_gets_no_mail(smtp_server: SmtpServer) -> None:
    mails_leave(smtp_server)
    agent = an_agent(role=Role.ADMIN)
    missed(agent, a_ticket())
    type(agent).objects.update(is_active=False)
    assert go_out(LATER) == 0


@pytest.mark.django_db
def test_an_attempt_whose_process_died_becomes_uncertain_and_is_not_repeated(smtp_server: SmtpServer) -> None:
    mails_leave(smtp_server)
    missed(an_agent(role=Role.ADMIN), a_ticket())
    pass_on(LATER)
    Posting.objects.update(state=PostingState.SENDING, started_at=LATER, attempts=1)
    assert settle_silent(LATER + SILENT_AFTER) == 0
    assert settle_silent(LATER + SILENT_AFTER + timedelta(seconds=1)) == 1
    assert Posting.objects.get().state == PostingState.UNCERTAIN
    assert post_due(LATER + timedelta(days=1)) == 0
    assert smtp_server.received == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_notice_once(smtp_server: SmtpServer, chat: Chat) -> None:
    mails_leave(smtp_server)
    a_webhook(chat)
    agents = [an_agent(role=Role.ADMIN) for _ in range(4)]
    ticket = a_ticket()
    for number in range(24):
        notice = missed(agents[number % 4], ticket)
        Notice.objects.filter(pk=notice.pk).update(key=f"own:1:breached#{number // 4}")

    def work() -> None:
        while pass_on(LATER, most=3):
            pass
        post_due(LATER)

    at_once(work)
    go_out(LATER + timedelta(minutes=15))
    lines = PostedNotice.objects.values_list("key", "target")
    assert len(lines) == len(set(lines)) == 24 + 6
    assert set(Posting.objects.values_list("state", flat=True)) == {PostingState.SENT}
    assert len(smtp_server.received) + len(chat.calls) == Posting.objects.count()
