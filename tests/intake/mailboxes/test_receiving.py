"""Against a real IMAP server."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from tests.factories.mailboxes import a_mailbox
from tests.factories.mails import a_mail
from tests.factories.payloads import texts
from tests.factories.shops import MONDAY, a_store
from tests.servers.dovecot import Dovecot
from tests.servers.token_endpoint import TokenEndpoint
from tresen.intake.mailboxes import receiving
from tresen.intake.mailboxes.receiving import POLL_EVERY, receive_due, receive_mail
from tresen.intake.models import KnownId, StoredPayload
from tresen.stores.models import Health, Mailbox, MailFolder
from tresen.vault.sealing import seal

pytestmark = [pytest.mark.django_db, pytest.mark.mail_server]


def reloaded(mailbox: Mailbox) -> Mailbox:
    return Mailbox.objects.get(pk=mailbox.pk)


def test_mail_is_kept_once_whether_it_was_read_elsewhere_or_not(
    mail_server: Dovecot, user: str, mailbox: Mailbox
) -> None:
    mail_server.deliver(user, a_mail("eins"), internal_date=MONDAY)
    mail_server.deliver(user, a_mail("zwei"), internal_date=MONDAY, seen=True)
    assert receive_mail(mailbox.pk, at=MONDAY) == 2
    assert receive_mail(mailbox.pk, at=MONDAY) == 0
    assert texts() == [b"eins", b"zwei"]
    first = StoredPayload.objects.earliest("number")
    assert (first.received_at, first.recorded_at, first.state) == (MONDAY, MONDAY, "kept")
    assert first.expires_at == MONDAY + timedelta(days=30)
    assert ["Seen" in flags for flags in mail_server.flags(user)] == [False, True]


def test_only_what_is_new_is_fetched_afterwards_and_deleted_mail_does_not_come_back(
    mail_server: Dovecot, user: str, mailbox: Mailbox
) -> None:
    mail_server.deliver(user, a_mail("eins"))
    receive_mail(mailbox.pk, at=MONDAY)
    mail_server.delete(user, 1)
    mail_server.deliver(user, a_mail("zwei"))
    assert receive_mail(mailbox.pk, at=MONDAY) == 1
    assert texts() == [b"eins", b"zwei"]
    assert MailFolder.objects.get().seen_uid == 2


def test_a_folder_that_is_numbered_anew_brings_nothing_twice(mail_server: Dovecot, user: str, mailbox: Mailbox) -> None:
    mail_server.deliver(user, a_mail("eins"))
    receive_mail(mailbox.pk, at=MONDAY)
    before = MailFolder.objects.get().uidvalidity
    mail_server.renumber(user)
    mail_server.deliver(user, a_mail("zwei"))
    assert receive_mail(mailbox.pk, at=MONDAY) == 1
    assert MailFolder.objects.get().uidvalidity != before
    assert sorted(texts()) == [b"eins", b"zwei"]


def test_mail_that_has_expired_here_is_not_imported_again(mail_server: Dovecot, user: str, mailbox: Mailbox) -> None:
    mail_server.deliver(user, a_mail("eins"))
    receive_mail(mailbox.pk, at=MONDAY)
    StoredPayload.objects.all().delete()
    mail_server.renumber(user)
    assert receive_mail(mailbox.pk, at=MONDAY) == 0
    assert KnownId.objects.count() == 3


def test_what_came_before_the_chosen_start_stays_on_the_server(
    mail_server: Dovecot, user: str, mailbox: Mailbox
) -> None:
    mailbox.read_from = MONDAY
    mailbox.save(update_fields=["read_from"])
    mail_server.deliver(user, a_mail("alt"), internal_date=MONDAY - timedelta(days=40))
    mail_server.deliver(user, a_mail("am selben Tag"), internal_date=MONDAY - timedelta(minutes=1))
    mail_server.deliver(user, a_mail("neu"), internal_date=MONDAY)
    assert receive_mail(mailbox.pk, at=MONDAY) == 1
    assert texts() == [b"neu"]


def test_two_folders_are_read(mail_server: Dovecot, user: str, mailbox: Mailbox) -> None:
    mail_server.create_folder(user, "Rückfragen")
    mail_server.deliver(user, a_mail("dort"), folder="Rückfragen")
    mail_server.deliver(user, a_mail("hier"))
    mailbox.folders = ["INBOX", "Rückfragen"]
    mailbox.save(update_fields=["folders"])
    assert receive_mail(mailbox.pk, at=MONDAY) == 2
    assert texts() == [b"hier", b"dort"]


def test_a_folder_that_is_gone_shows_and_keeps_no_other_from_being_read(
    mail_server: Dovecot, user: str, mailbox: Mailbox
) -> None:
    mail_server.deliver(user, a_mail("hier"))
    mailbox.folders = ["Umbenannt", "INBOX"]
    mailbox.save(update_fields=["folders"])
    receive_mail(mailbox.pk, at=MONDAY)
    assert texts() == [b"hier"]
    assert reloaded(mailbox).health == Health.TROUBLED
    assert "Umbenannt" in reloaded(mailbox).trouble


def test_a_large_mailbox_asks_how_far_back_to_go(
    mail_server: Dovecot, user: str, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MANY", 2)
    mail_server.deliver_all(user, [(a_mail(str(number)), MONDAY) for number in range(3)])
    assert receive_mail(mailbox.pk, at=MONDAY) == 0
    assert (reloaded(mailbox).read_from, reloaded(mailbox).health) == (None, Health.GOOD)
    assert not StoredPayload.objects.exists()


def test_a_mailbox_with_one_old_mail_asks_how_far_back_to_go(mail_server: Dovecot, user: str, mailbox: Mailbox) -> None:
    mail_server.deliver(user, a_mail("neu"), internal_date=MONDAY)
    mail_server.deliver(user, a_mail("von vorletzter Woche"), internal_date=MONDAY - timedelta(days=15, hours=12))
    assert receive_mail(mailbox.pk, at=MONDAY) == 0
    assert (reloaded(mailbox).read_from, reloaded(mailbox).health) == (None, Health.GOOD)
    assert not StoredPayload.objects.exists()


def test_old_mail_in_any_of_the_folders_counts(mail_server: Dovecot, user: str, mailbox: Mailbox) -> None:
    mail_server.create_folder(user, "Archiv")
    mail_server.deliver(user, a_mail("alt"), folder="Archiv", internal_date=MONDAY - timedelta(days=900))
    mailbox.folders = ["INBOX", "Weg", "Archiv"]
    mailbox.save(update_fields=["folders"])
    assert receive_mail(mailbox.pk, at=MONDAY) == 0
    assert reloaded(mailbox).read_from is None


def test_a_small_mailbox_of_the_last_days_is_read_whole_and_a_folder_named_later_no_further_back(
    mail_server: Dovecot, user: str, mailbox: Mailbox
) -> None:
    mail_server.deliver(user, a_mail("zwei Wochen alt"), internal_date=MONDAY - timedelta(days=14, hours=9))
    assert receive_mail(mailbox.pk, at=MONDAY) == 1
    mail_server.create_folder(user, "Archiv")
    mail_server.deliver(user, a_mail("alt"), folder="Archiv", internal_date=MONDAY - timedelta(days=900))
    mail_server.deliver(user, a_mail("neu"), folder="Archiv", internal_date=MONDAY)
    Mailbox.objects.update(folders=["INBOX", "Archiv"])
    assert receive_mail(mailbox.pk, at=MONDAY) == 1
    assert texts() == [b"zwei Wochen alt", b"neu"]


def test_a_mailbox_with_much_to_read_lets_the_others_have_their_turn(
    mail_server: Dovecot, user: str, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MOST_BATCHES", 1)
    mail_server.deliver_all(user, [(a_mail(str(number)), MONDAY) for number in range(60)])
    assert receive_mail(mailbox.pk, at=MONDAY) == 50
    assert reloaded(mailbox).next_check_at == MONDAY
    assert receive_mail(mailbox.pk, at=MONDAY) == 10


def test_a_server_that_is_down_shows_and_nothing_is_lost(mail_server: Dovecot, user: str, mailbox: Mailbox) -> None:
    mail_server.deliver(user, a_mail("eins"))
    mail_server.stop()
    try:
        assert receive_due(MONDAY) == 0
        down = reloaded(mailbox)
        assert (down.health, down.troubled_since, down.failures) == (Health.TROUBLED, MONDAY, 1)
        assert down.trouble
        assert receive_due(MONDAY + timedelta(seconds=1)) == 0
        assert reloaded(mailbox).failures == 1
        receive_due(MONDAY + timedelta(hours=1))
        assert reloaded(mailbox).next_check_at == MONDAY + timedelta(hours=1, minutes=1)
    finally:
        mail_server.start()
    assert receive_due(MONDAY + timedelta(hours=2)) == 1
    up = reloaded(mailbox)
    assert (up.health, up.troubled_since, up.failures, up.trouble) == (Health.GOOD, None, 0, "")
    assert up.next_check_at == MONDAY + timedelta(hours=2) + POLL_EVERY


def test_a_wrong_password_asks_for_a_new_sign_in(mail_server: Dovecot, user: str, mailbox: Mailbox) -> None:
    seal(f"mailbox:{mailbox.pk}:password", "falsch", at=MONDAY)
    receive_mail(mailbox.pk, at=MONDAY)
    assert reloaded(mailbox).health == Health.RECONNECT


@pytest.fixture
def consented(mail_server: Dovecot, user: str) -> Iterator[tuple[Mailbox, TokenEndpoint]]:
    tokens = mail_server._tokens
    assert tokens is not None
    mailbox = a_mailbox(a_store("email", ""), address=user, imap_port=mail_server.port, token_url=tokens.url)
    mailbox.client_id = tokens.client_id
    mailbox.save(update_fields=["client_id"])
    seal(f"mailbox:{mailbox.pk}:client_secret", tokens.client_secret, at=MONDAY)
    seal(f"mailbox:{mailbox.pk}:refresh_token", tokens.consent(user), at=MONDAY)
    return mailbox, tokens


def test_an_access_token_is_fetched_kept_and_renewed_before_it_runs_out(
    mail_server: Dovecot, user: str, consented: tuple[Mailbox, TokenEndpoint]
) -> None:
    mailbox, tokens = consented
    mail_server.deliver(user, a_mail("eins"))
    before = tokens.refreshes
    assert receive_mail(mailbox.pk, at=MONDAY) == 1
    receive_mail(mailbox.pk, at=MONDAY + timedelta(minutes=5))
    assert tokens.refreshes == before + 1
    receive_mail(mailbox.pk, at=MONDAY + timedelta(minutes=58))
    assert tokens.refreshes == before + 2
    assert reloaded(mailbox).health == Health.GOOD


def test_a_token_withdrawn_before_its_time_is_replaced(user: str, consented: tuple[Mailbox, TokenEndpoint]) -> None:
    mailbox, tokens = consented
    receive_mail(mailbox.pk, at=MONDAY)
    tokens.expire(user)
    receive_mail(mailbox.pk, at=MONDAY + timedelta(minutes=1))
    assert reloaded(mailbox).health == Health.GOOD


def test_a_withdrawn_consent_asks_to_reconnect(user: str, consented: tuple[Mailbox, TokenEndpoint]) -> None:
    mailbox, tokens = consented
    tokens.revoke(user)
    receive_mail(mailbox.pk, at=MONDAY)
    assert reloaded(mailbox).health == Health.RECONNECT
    assert "withdrawn" in reloaded(mailbox).trouble


def test_a_batch_that_is_not_committed_is_read_again(mail_server: Dovecot, user: str, mailbox: Mailbox) -> None:
    mail_server.deliver(user, a_mail("eins"))
    with transaction.atomic():
        receive_mail(mailbox.pk, at=MONDAY)
        transaction.set_rollback(True)
    assert not StoredPayload.objects.exists()
    assert receive_mail(mailbox.pk, at=MONDAY) == 1
