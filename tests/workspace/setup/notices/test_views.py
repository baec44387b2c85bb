"""Setting up how notices leave the house."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.factories.mailboxes import a_mailbox
from tests.servers import chat as chats
from tests.servers.chat import Chat
from tresen.alerts.models import WaysOut, Webhook
from tresen.alerts.outward.connecting import secret_of

GIVEN = {"name": "#support", "groups": ["missed"], "language": "de", "allows_private": "on"}


@pytest.fixture
def chat() -> Iterator[Chat]:
    with chats.running() as running:
        yield running


def test_an_admin_chooses_the_mailbox_and_the_on_call_address(by_admin):
    mailbox = a_mailbox()
    given = {"mailbox": mailbox.pk, "on_call_email": "bereitschaft@nordlicht.example"}
    assert by_admin.post(reverse("setup-notices"), given).status_code == 302
    ways = WaysOut.objects.get()
    assert (ways.mailbox, ways.on_call_email) == (mailbox, "bereitschaft@nordlicht.example")


def test_a_chat_is_added_tried_changed_and_retired(by_admin, chat):
    added = by_admin.post(reverse("setup-webhook-new"), {**GIVEN, "url": chat.url})
    webhook = Webhook.objects.get()
    assert added.headers["Location"] == reverse("setup-webhook", args=[webhook.pk])
    assert secret_of(webhook.pk) in by_admin.get(reverse("setup-webhook", args=[webhook.pk])).text
    said = by_admin.post(reverse("setup-webhook-test", args=[webhook.pk]), follow=True).text
    assert "The chat took the test: 200 ok" in said
    assert len(chat.calls) == 1
    by_admin.post(reverse("setup-webhook", args=[webhook.pk]), {**GIVEN, "url": chat.url, "name": "#leads"})
    assert "#leads" in by_admin.get(reverse("setup-notices")).text
    by_admin.post(reverse("setup-webhook-retirement", args=[webhook.pk]))
    assert "#leads" not in by_admin.get(reverse("setup-notices")).text.replace("“#leads”", "")


def test_a_chat_that_refuses_says_so(by_admin, chat):
    by_admin.post(reverse("setup-webhook-new"), {**GIVEN, "url": chat.url})
    chat.answers = [404]
    tried = by_admin.post(reverse("setup-webhook-test", args=[Webhook.objects.get().pk]), follow=True)
    assert "The chat did not take the test: 404 no" in tried.text


def test_a_private_address_needs_leave(by_admin, chat):
    refused = by_admin.post(reverse("setup-webhook-new"), {**GIVEN, "url": chat.url, "allows_private": ""})
    assert refused.status_code == 422
    assert "This address is not called" in refused.text
    assert not Webhook.objects.exists()
