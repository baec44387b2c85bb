"""The worker is killed while a notice leaves: by mail and to a chat nobody is told twice, and nothing is forgotten."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.alerts.notices import a_notice_to
from tests.factories.replies import a_ticket
from tests.factories.shops import an_agent
from tests.resilience.counter import Counter, now
from tests.resilience.worker import wait_until
from tests.servers import chat as chats
from tests.servers.chat import Chat
from tresen.accounts.actors import SYSTEM
from tresen.alerts.models import NoticeGroup, Posting, PostingState
from tresen.alerts.outward.connecting import add_webhook, choose_ways
from tresen.alerts.outward.posting import SILENT_AFTER
from tresen.crashing.points import Point
from tresen.stores.models import Mailbox

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.mail_server,
    pytest.mark.slow,
    pytest.mark.timeout(300),
]


@pytest.fixture
def chat() -> Iterator[Chat]:
    with chats.running() as running:
        yield running


def a_notice_by_mail_and_chat(counter: Counter, chat: Chat) -> None:
    mailbox = Mailbox.objects.get(address=counter.users[0])
    choose_ways(mailbox_id=mailbox.pk, on_call_email="", by=SYSTEM, at=now())
    add_webhook(
        name="#support",
        url=chat.url,
        groups=tuple(NoticeGroup),
        language="de",
        allows_private=True,
        by=SYSTEM,
        at=now(),
    )
    ticket = a_ticket(counter.store, at=now() - timedelta(minutes=5))
    a_notice_to(an_agent(ticket.team), ticket, kind="escalated", at=now() - timedelta(minutes=1))


def all_settled() -> bool:
    postings = Posting.objects.values_list("state", flat=True)
    return len(postings) == 2 and not set(postings) & {PostingState.QUEUED, PostingState.SENDING}


@pytest.mark.parametrize(("point", "taken"), [(Point.POSTING_COMMITTED, 1), (Point.POSTED_NOT_KEPT, 2)])
def test_what_may_have_left_is_not_sent_again_and_the_rest_is(
    counter: Counter, chat: Chat, point: Point, taken: int
) -> None:
    a_notice_by_mail_and_chat(counter, chat)
    counter.worker.start(crash_point=point)
    counter.worker.dies()
    assert Posting.objects.filter(state=PostingState.SENDING).count() == 1

    Posting.objects.filter(state=PostingState.SENDING).update(started_at=now() - 2 * SILENT_AFTER)
    counter.worker.start()
    wait_until(all_settled, what=counter.worker.said)
    counter.worker.stop()
    assert sorted(Posting.objects.values_list("state", flat=True)) == [PostingState.SENT, PostingState.UNCERTAIN]
    assert len(counter.smtp.received) + len(chat.calls) == taken
    assert counter.is_whole()
