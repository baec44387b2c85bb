"""Connecting mailboxes. That a test signs in to real servers is shown in tests/stores/test_trying.py."""

import socket

import pytest
from django.urls import reverse

from tests.factories.mails import a_mail
from tests.factories.payloads import kept
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.stores.adding import retire_store
from tresen.stores.connecting import MailboxDetails, Secrets, connect_mailbox
from tresen.stores.models import Health, Mailbox
from tresen.vault.sealing import SecretMissing, open_secret

pytestmark = pytest.mark.django_db

NEW = reverse("setup-mailbox-new")


@pytest.fixture
def nowhere():
    """A port of this machine that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture
def filled(nowhere):
    return {
        "address": "Service@Leuchtwerk.example", "imap_host": "127.0.0.1", "imap_port": nowhere,
        "imap_security": "none", "smtp_host": "127.0.0.1", "smtp_port": nowhere, "smtp_security": "none",
        "sign_in_with": "password", "password": " a secret ",
    }  # fmt: skip


@pytest.fixture
def mailbox(nowhere):
    details = MailboxDetails(
        address="service@leuchtwerk.example", imap_host="127.0.0.1", imap_port=nowhere, imap_security="none",
        smtp_host="127.0.0.1", smtp_port=nowhere, smtp_security="none",
    )  # fmt: skip
    return connect_mailbox(details, Secrets(password="kept secret"), stores=[a_store().pk], by=SYSTEM, at=MONDAY)


def at(name, mailbox):
    return reverse(name, args=[mailbox.pk])


def test_a_mailbox_is_connected_and_its_secret_sealed(by_admin, filled):
    store = a_store()
    answer = by_admin.post(NEW, {**filled, "stores": [store.pk]})
    mailbox = Mailbox.objects.get()
    assert answer.headers["Location"] == at("setup-mailbox", mailbox)
    assert list(mailbox.stores.all()) == [store]
    assert (mailbox.address, mailbox.name, mailbox.username) == ("service@leuchtwerk.example",) * 3
    assert open_secret(f"mailbox:{mailbox.pk}:password") == " a secret "
    assert "a secret" not in by_admin.get(answer.headers["Location"]).text


def test_a_saved_mailbox_whose_server_for_sending_is_not_there_says_so_at_once(by_admin, filled):
    page = by_admin.post(NEW, {**filled, "stores": [a_store().pk]}, follow=True).text
    assert "Sending through 127.0.0.1: The server takes no connections at this port." in page


def test_a_saved_mailbox_goes_on_serving_a_store_that_was_retired(by_admin, mailbox, filled):
    store = mailbox.stores.get()
    retire_store(store.pk, by=SYSTEM, at=MONDAY)
    assert f'name="stores" value="{store.pk}"' in by_admin.get(at("setup-mailbox", mailbox)).text
    by_admin.post(at("setup-mailbox", mailbox), {**filled, "stores": [store.pk]})
    assert list(mailbox.stores.all()) == [store]


def test_a_mailbox_that_serves_no_store_says_so(by_admin, filled):
    page = by_admin.post(NEW, filled, follow=True).text
    assert page.count("It serves no store yet: its mail waits until you choose one.") == 2
    assert "serves no store yet" in by_admin.get(reverse("setup-mailboxes")).text


def test_disconnecting_asks_first(by_admin, mailbox):
    page = by_admin.get(at("setup-mailbox", mailbox)).text
    assert 'data-opens="disconnect"' in page
    assert page.index("This cannot be undone.") < page.index(at("setup-mailbox-retirement", mailbox))


def test_a_test_says_for_each_half_what_is_wrong_and_keeps_nothing(by_admin, filled):
    page = by_admin.post(NEW, {**filled, "try": "1"})
    assert "The server for receiving, 127.0.0.1, can" in page.text
    assert "The server for sending, 127.0.0.1, can" in page.text
    assert page.text.count("The server takes no connections at this port.") == 2
    assert page.text.count("Connection refused") == 2
    assert 'value=" a secret "' in page.text
    assert not Mailbox.objects.exists()


def test_a_kept_secret_never_travels_to_a_server_that_was_just_typed(by_admin, mailbox, filled):
    changed = {**filled, "password": "", "imap_host": "localhost", "try": "1"}
    page = by_admin.post(at("setup-mailbox", mailbox), changed)
    assert page.status_code == 422
    assert "enter the password or the tokens again" in page.text


def test_a_connected_mailbox_is_tested_with_what_is_kept(by_admin, mailbox, filled):
    unchanged = {**filled, "address": mailbox.address, "name": mailbox.name, "username": mailbox.username}
    page = by_admin.post(at("setup-mailbox", mailbox), {**unchanged, "password": "", "try": "1"})
    assert page.status_code == 200
    assert page.text.count("The server takes no connections at this port.") == 2
    assert page.text.count("Connection refused") == 2
    assert "kept secret" not in page.text


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"password": ""}, "id_password_error"),
        ({"imap_host": "imap.provider.example"}, "id_imap_security_error"),
        ({"smtp_port": "99999"}, "id_smtp_port_error"),
        ({"sign_in_with": "xoauth2"}, "id_client_id_error"),
        ({"sign_in_with": "xoauth2", "client_id": "c", "token_url": "http://tokens.example/"}, "id_token_url_error"),
    ],
)
def test_what_is_wrong_stands_at_its_field(by_admin, filled, fields, where):
    page = by_admin.post(NEW, {**filled, **fields})
    assert page.status_code == 422
    assert where in page.text
    assert not Mailbox.objects.exists()


def test_a_change_without_a_secret_keeps_the_one_there_is(by_admin, mailbox, filled):
    by_admin.post(at("setup-mailbox", mailbox), {**filled, "password": "", "folders": "INBOX\nService"})
    mailbox.refresh_from_db()
    assert mailbox.folders == ["INBOX", "Service"]
    assert not mailbox.stores.exists()
    assert open_secret(f"mailbox:{mailbox.pk}:password") == "kept secret"


def test_a_refused_sign_in_asks_for_a_new_one(by_admin, mailbox):
    Mailbox.objects.update(health=Health.RECONNECT, trouble="imap says no", troubled_since=MONDAY)
    page = by_admin.get(at("setup-mailbox", mailbox)).text
    assert "imap says no" in page
    assert at("setup-mailbox-sign-in", mailbox) in page
    again = at("setup-mailbox-sign-in", mailbox)
    assert by_admin.post(again, {"password": ""}).status_code == 422
    assert by_admin.post(again, {"password": "the new one"}).status_code == 302
    mailbox.refresh_from_db()
    assert (mailbox.health, mailbox.trouble) == (Health.TROUBLED, "")  # sending is tried at once, and nobody is there
    assert open_secret(f"mailbox:{mailbox.pk}:password") == "the new one"


def test_a_large_mailbox_asks_how_far_back_and_reads_from_there(by_admin, mailbox):
    Mailbox.objects.update(health=Health.GOOD, checked_at=MONDAY)
    assert "how far back" in by_admin.get(at("setup-mailbox", mailbox)).text
    start = at("setup-mailbox-start", mailbox)
    assert "could not be counted" in by_admin.get(start).text
    assert by_admin.post(start, {"days": "soon"}).status_code == 422
    by_admin.post(start, {"days": "30"})
    mailbox.refresh_from_db()
    assert 29 <= (mailbox.next_check_at - mailbox.read_from).days <= 30
    by_admin.post(start, {"days": "all"})
    mailbox.refresh_from_db()
    assert mailbox.read_from.year == 1970


def test_a_mailbox_without_trusted_hosts_says_that_forgeries_cannot_be_told_and_names_the_likely_ones(
    by_admin, mailbox
):
    forged = "so forged sender addresses can"
    assert forged not in by_admin.get(at("setup-mailbox", mailbox)).text
    Mailbox.objects.update(read_from=MONDAY)
    stamp = "Received: from mx.kundin.example by mx1.provider.example with ESMTPS; Mon, 16 Nov 2026 09:00:00 +0000\n"
    kept(mailbox, *(a_mail(str(number), headers=stamp) for number in range(3)))
    page = by_admin.get(at("setup-mailbox", mailbox)).text
    assert forged in page
    assert "<code>mx1.provider.example</code>" in page
    Mailbox.objects.update(trusted_receivers=["mx1.provider.example"])
    assert forged not in by_admin.get(at("setup-mailbox", mailbox)).text


def test_a_disconnected_mailbox_forgets_its_secrets(by_admin, mailbox):
    by_admin.post(at("setup-mailbox-retirement", mailbox))
    assert by_admin.get(at("setup-mailbox", mailbox)).status_code == 404
    with pytest.raises(SecretMissing):
        open_secret(f"mailbox:{mailbox.pk}:password")
