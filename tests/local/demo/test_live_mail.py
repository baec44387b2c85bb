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
from tresen.local.demo.live_mail import answered_in_seller_central, arrive, new_matter, reply_to_ours
from tresen.local.demo.platforms.accounts import stalls_of
from tresen.local.demo.taking_in import keep_coming
from tresen.outbox import receipts
from tresen.replies.answering import answer
from tresen.stores.models import Mailbox
from tresen.tickets.models import Message, Ticket
from tresen.workspace.setup.health_words import health_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture(scope="module")
def shop(kept_for_all):
    return found(at=NOW - timedelta(days=170), smtp_port=2525)


@pytest.fixture
def stalls(open_file):
    return stalls_of(open_file(), clock=lambda: NOW).by_key


def test_mail_that_arrives_is_filed_by_the_worker(shop, stalls):
    dice = dice_of(4)
    for minute in range(12):
        arrive(dice, shop, stalls, at=NOW + timedelta(minutes=minute))
    assert parse_kept(LATER) == 12
    assert Message.objects.filter(direction="in").count() == 12
    assert not any(problems for problems in Message.objects.values_list("problems", flat=True))


def test_the_mailboxes_do_well_and_no_server_is_asked_for_their_mail(shop, stalls):
    seem_read(shop, at=NOW)
    arrive(dice_of(4), shop, stalls, at=LATER)
    parse_kept(LATER)
    seem_read(shop, at=LATER)
    every = Mailbox.objects.all()
    assert {health_of(mailbox).state for mailbox in every} == {"good"}
    assert {mailbox.checked_at for mailbox in every} == {LATER}
    assert not any(untold(mailbox) for mailbox in every)
    assert (receive_due(LATER), count_due(LATER)) == (0, 0)
    assert {mailbox.health for mailbox in Mailbox.objects.all()} == {"good"}
    assert not any(problems for problems in Message.objects.values_list("problems", flat=True))


def test_what_a_mail_is_about_is_known_at_its_platform(stalls):
    coming = [new_matter(dice_of(seed), stalls, at=NOW) for seed in range(12)]
    sold = [sale for stall in stalls.values() for sale in stall.world.sales.values()]
    talks = [talk for stall in stalls.values() for talk in stall.world.talks.values()]
    assert sold
    assert {one.store.key for one in coming}.isdisjoint({"ebay_de", "market"})
    assert len(talks) == sum(one.store.key in stalls for one in coming)


def test_an_answer_in_seller_central_comes_in_as_its_copy(shop, stalls):
    dice = dice_of(3)
    while not (stalls["amazon_de"].world.talks and stalls["amazon_it"].world.talks):
        coming = new_matter(dice, stalls, at=NOW - timedelta(hours=1))
        keep_coming([coming], shop, at=NOW)
    for stall in stalls.values():
        for talk in stall.world.talks.values():
            talk.letters[0].at = NOW - timedelta(hours=1)
    copies = [key for _ in range(30) if (key := answered_in_seller_central(dice, shop, stalls, at=LATER))]
    assert copies
    parse_kept(LATER)
    assert Message.objects.filter(kind="own_answer").count() == len(copies)


def test_nobody_replies_before_we_have_answered(shop, stalls):
    keep_coming([new_matter(dice_of(1), stalls, at=NOW)], shop, at=NOW)
    parse_kept(NOW)
    assert reply_to_ours(dice_of(1), at=LATER) is None


@pytest.mark.parametrize("seed", range(8))
def test_a_buyers_reply_joins_the_ticket_that_was_answered(shop, stalls, seed):
    keep_coming([new_matter(dice_of(seed), stalls, at=NOW)], shop, at=NOW)
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
