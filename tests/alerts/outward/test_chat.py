"""Calling a chat: signed, once, and never where it must not."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.alerts.outward.ways import a_webhook, go_out, missed
from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, an_agent
from tests.servers import chat as chats
from tests.servers.chat import Chat
from tresen.accounts.actors import SYSTEM
from tresen.accounts.wording import AccountWrong
from tresen.alerts.models import NoticeGroup, Posting, PostingState, Webhook
from tresen.alerts.outward import chat as calling
from tresen.alerts.outward.connecting import add_webhook, retire_webhook, secret_of, try_webhook
from tresen.alerts.outward.outcomes import Again, Never, Posted, Unknown
from tresen.alerts.outward.passing_on import pass_on
from tresen.alerts.outward.posting import post_due

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def chat() -> Iterator[Chat]:
    with chats.running() as running:
        yield running


def test_the_receiver_can_check_who_called_and_when(chat: Chat) -> None:
    webhook = a_webhook(chat)
    assert try_webhook(webhook, at=LATER) == Posted("200 ok")
    (call,) = chat.calls
    time, proof = (part.partition("=")[2] for part in call.headers["X-Tresen-Signature"].split(","))
    expected = hmac.new(secret_of(webhook.pk).encode(), f"{time}.".encode() + call.body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(proof, expected)
    assert int(time) == int(LATER.timestamp())
    assert call.path == "/hooks/abc"


def test_a_notice_is_told_as_slack_reads_it_without_a_buyers_word(chat: Chat) -> None:
    a_webhook(chat)
    ticket = a_ticket(subject="Wo ist <mein> Paket?", name="Petra Muster")
    missed(an_agent(), ticket)
    go_out(LATER)
    (call,) = chat.calls
    said = json.loads(call.body)
    assert f"/tickets/{ticket.pk}/" in said["blocks"][0]["text"]["text"]
    assert "Our target was missed" in said["text"]
    for word in ("Paket", "Petra", "Muster", "marketplace.amazon.de"):
        assert word not in call.body.decode()


def test_two_who_are_told_are_one_call(chat: Chat) -> None:
    """Nobody gets the same notice twice over one way: a channel reads of a step once."""
    a_webhook(chat)
    ticket = a_ticket()
    first = missed(an_agent(), ticket)
    second = missed(an_agent(), ticket)
    type(second).objects.filter(pk=second.pk).update(key=first.key)
    go_out(LATER)
    go_out(LATER + timedelta(minutes=1))
    assert len(chat.calls) == 1
    assert Posting.objects.get().lines.count() == 1


def test_a_chat_is_told_only_what_was_chosen(chat: Chat) -> None:
    a_webhook(chat, NoticeGroup.HANDED_OVER)
    missed(an_agent(), a_ticket())
    assert go_out(LATER) == 0
    assert chat.calls == []


def test_a_chat_in_trouble_is_called_again_after_growing_pauses_until_it_takes_it(chat: Chat) -> None:
    webhook = a_webhook(chat)
    missed(an_agent(), a_ticket())
    chat.answers = [500, 503, 429]
    at, pauses = LATER, []
    for _ in range(3):
        go_out(at)
        following = Posting.objects.get().next_attempt_at
        assert following is not None
        pauses.append(following - at)
        assert go_out(following - timedelta(seconds=1)) == 0
        at = following
    assert pauses == sorted(pauses)
    assert Webhook.objects.get(pk=webhook.pk).trouble == "429 no"
    go_out(at)
    assert Posting.objects.get().state == PostingState.SENT
    assert len({call.headers["X-Tresen-Delivery"] for call in chat.calls}) == 1
    assert Webhook.objects.get(pk=webhook.pk).trouble == ""


def test_it_is_given_up_visibly_in_the_end(chat: Chat) -> None:
    a_webhook(chat)
    missed(an_agent(), a_ticket())
    chat.answers = [500] * 100
    at = LATER
    while (posting := Posting.objects.first()) is None or posting.state == PostingState.QUEUED:
        go_out(at)
        at = Posting.objects.get().next_attempt_at or at
    assert Posting.objects.get().state == PostingState.GIVEN_UP
    assert at - LATER < timedelta(hours=13)


def test_a_refused_call_is_not_repeated(chat: Chat) -> None:
    webhook = a_webhook(chat)
    chat.answers = [404]
    assert try_webhook(webhook, at=LATER) == Never("404 no")


def test_a_redirect_is_not_followed(chat: Chat) -> None:
    webhook = a_webhook(chat)
    chat.answers, chat.location = [302], "http://169.254.169.254/"
    assert isinstance(try_webhook(webhook, at=LATER), Never)
    assert len(chat.calls) == 1


def test_one_that_takes_it_and_never_answers_is_not_called_again(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "TIMEOUT", 0.3)
    webhook = a_webhook(chat)
    chat.hangs = True
    missed(an_agent(), a_ticket())
    go_out(LATER)
    assert isinstance(try_webhook(webhook, at=LATER), Unknown)
    assert Posting.objects.get().state == PostingState.UNCERTAIN
    assert go_out(LATER + timedelta(hours=5)) == 0


def test_one_that_is_down_is_called_again(chat: Chat) -> None:
    webhook = a_webhook(chat)
    Webhook.objects.update(url="http://127.0.0.1:1/")
    webhook.refresh_from_db()
    assert isinstance(try_webhook(webhook, at=LATER), Again)


def test_an_address_that_became_private_since_is_not_called(chat: Chat) -> None:
    webhook = a_webhook(chat)
    Webhook.objects.update(allows_private=False)
    webhook.refresh_from_db()
    assert isinstance(try_webhook(webhook, at=LATER), Never)
    assert chat.calls == []


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "javascript:alert(1)"]
)
def test_a_private_address_is_not_even_saved(url: str) -> None:
    with pytest.raises(AccountWrong) as wrong:
        add_webhook(name="", url=url, groups=(), language="fr", allows_private=False, by=SYSTEM, at=MONDAY)
    assert {problem.where for problem in wrong.value.problems} == {"name", "url", "groups", "language"}
    assert not Webhook.objects.exists()


def test_a_chat_that_was_retired_is_told_nothing_of_what_still_waited(chat: Chat) -> None:
    webhook = a_webhook(chat)
    missed(an_agent(), a_ticket())
    pass_on(LATER)
    retire_webhook(webhook.pk, by=SYSTEM, at=LATER)
    post_due(LATER)
    assert chat.calls == []
    assert not Posting.objects.exists()  # and it is not shown as something that did not arrive
    assert Webhook.objects.get().trouble == ""


def test_a_chat_that_drips_its_answer_holds_up_no_other_notice(chat: Chat) -> None:
    """One byte every few seconds is in time for every time limit, and would take an hour for the first 500."""
    webhook, chat.drips = a_webhook(chat), 0.5
    begun = time.monotonic()
    assert isinstance(try_webhook(webhook, at=LATER), Posted)
    assert time.monotonic() - begun < 20 * chat.drips
