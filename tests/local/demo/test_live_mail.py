from datetime import UTC, datetime, timedelta

import pytest

from tests.local.demo.dice import dice_of
from tresen.channels.contract import Sent
from tresen.intake.mailboxes.counting import count_due
from tresen.intake.mailboxes.receiving import receive_due
from tresen.intake.mailboxes.starting import untold
from tresen.intake.parsing import parse_kept
from tresen.local.demo.acting import _attempted
from tresen.local.demo.founding import found, seem_read, send_through
from tresen.local.demo.live_mail import arrive, new_matter, reply_to_ours
from tresen.local.demo.taking_in import keep_coming
from tresen.outbox import receipts
from tresen.replies.answering import answer
from tresen.stores.models import Mailbox
from tresen.tickets.models import Message, Ticket
from tresen.workspace.setup.health_words import health_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def shop():
    return found(at=NOW - timedelta(days=170), smtp_port=2525)


def test_mail_that_arrives_is_filed_by_the_worker(shop):
    dice = dice_of(4)
    for minute in range(12):
        arrive(dice, shop, at=NOW + timedelta(minutes=minute))
    assert parse_kept(LATER) == 12
    assert Message.objects.filter(direction="in").count() == 12
    assert not any(problems for problems in Message.objects.values_list("problems", flat=True))


def test_the_mailboxes_do_well_and_no_server_is_asked_for_their_mail(shop):
    seem_read(shop, at=NOW)
    arrive(dice_of(4), shop, at=LATER)
    parse_kept(LATER)
    seem_read(shop, at=LATER)
    every = Mailbox.objects.all()
    assert {health_of(mailbox).state for mailbox in every} == {"good"}
    assert {mailbox.checked_at for mailbox in every} == {LATER}
    assert not any(untold(mailbox) for mailbox in every)
    assert (receive_due(LATER), count_due(LATER)) == (0, 0)
    assert {mailbox.health for mailbox in Mailbox.objects.all()} == {"good"}
    assert not any(problems for problems in Message.objects.values_list("problems", flat=True))


def test_nobody_replies_before_we_have_answered(shop):
    keep_coming([new_matter(dice_of(1), shop, at=NOW)], shop, at=NOW)
    parse_kept(NOW)
    assert reply_to_ours(dice_of(1), at=LATER) is None


@pytest.mark.parametrize("seed", range(8))
def test_a_buyers_reply_joins_the_ticket_that_was_answered(shop, seed):
    keep_coming([new_matter(dice_of(seed), shop, at=NOW)], shop, at=NOW)
    parse_kept(NOW)
    asked = Message.objects.get(direction="in")
    reply = answer(
        asked.ticket_id,
        conversation_id=asked.conversation_id,
        text="Das klären wir.",
        answers_up_to=asked.pk,
        by=shop.agents["deniz"],
        at=NOW + timedelta(minutes=1),
    )
    left = NOW + timedelta(minutes=2)
    result = Sent(external_id="DEMO1", at=left, provisional=True)
    receipts.confirm(_attempted(reply.delivery, at=left).pk, result, attempt=1, at=left)

    coming = reply_to_ours(dice_of(seed), at=LATER)
    assert coming is not None
    keep_coming([coming], shop, at=LATER)
    parse_kept(LATER)
    assert Ticket.objects.count() == 1
    assert Message.objects.filter(direction="in", ticket_id=asked.ticket_id).count() == 2
    assert reply_to_ours(dice_of(seed), at=LATER + timedelta(minutes=1)) is None


def test_answers_leave_by_the_port_the_demos_server_listens_on_now(shop):
    send_through(shop, 4711)
    assert set(Mailbox.objects.values_list("smtp_port", flat=True)) == {4711}
