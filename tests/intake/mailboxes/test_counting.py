"""Against a real IMAP server."""

from datetime import timedelta

import pytest

from tests.factories.mails import a_mail
from tests.factories.payloads import texts
from tests.factories.shops import MONDAY
from tests.servers.dovecot import Dovecot
from tresen.files.keeping import read
from tresen.intake.expiring import expire_due
from tresen.intake.keeping import KEPT_FOR
from tresen.intake.mailboxes.counting import COUNT_EVERY, count, count_due
from tresen.intake.mailboxes.known_ids import content_hash, hashing_key, place_hash
from tresen.intake.mailboxes.receiving import receive_mail
from tresen.intake.mailboxes.starting import asks, how_far_back, start_reading
from tresen.intake.models import KnownId, StoredPayload
from tresen.stores.models import Mailbox

pytestmark = [pytest.mark.django_db, pytest.mark.mail_server]


def test_a_mail_that_is_neither_kept_nor_known_is_found_and_fetched(
    mail_server: Dovecot, user: str, mailbox: Mailbox
) -> None:
    mail_server.deliver_all(user, [(a_mail(word), MONDAY) for word in ("eins", "zwei", "drei")])
    receive_mail(mailbox.pk, at=MONDAY)
    assert count(mailbox.pk, at=MONDAY) == 0
    lose("zwei")
    assert count(mailbox.pk, at=MONDAY) == 1
    assert texts() == [b"eins", b"drei", b"zwei"]
    assert Mailbox.objects.get(pk=mailbox.pk).missing == 0


def lose(word: str) -> None:
    """As if one mail had never come in: without its payload and without the hashes of its place and bytes."""
    before = list(KnownId.objects.values_list("hash", flat=True))
    payloads = list(StoredPayload.objects.order_by("number"))
    lost = next(one for one, text in zip(payloads, texts(), strict=True) if text == word.encode())
    mailbox, place = lost.mailbox, lost.external_key.split("/")
    assert mailbox is not None
    raw = read(bytes(lost.blob_id))
    key = hashing_key(at=MONDAY)
    hashes = [
        place_hash(key, mailbox=mailbox.pk, folder=place[0], uidvalidity=int(place[1]), uid=int(place[2])),
        content_hash(key, mailbox=mailbox.pk, raw=raw),
    ]
    lost.delete()
    KnownId.objects.filter(hash__in=hashes).delete()
    assert KnownId.objects.count() == len(before) - 2


def test_mail_that_expired_here_is_not_missing(mail_server: Dovecot, user: str, mailbox: Mailbox) -> None:
    mail_server.deliver(user, a_mail("eins"), internal_date=MONDAY)
    receive_mail(mailbox.pk, at=MONDAY)
    StoredPayload.objects.update(state="filed")
    assert expire_due(MONDAY + KEPT_FOR) == 1
    assert count(mailbox.pk, at=MONDAY + KEPT_FOR) == 0


def test_mail_of_the_first_day_before_the_start_is_not_missing(
    mail_server: Dovecot, user: str, mailbox: Mailbox
) -> None:
    Mailbox.objects.filter(pk=mailbox.pk).update(read_from=MONDAY)
    mail_server.deliver(user, a_mail("vorher"), internal_date=MONDAY - timedelta(hours=1))
    mail_server.deliver(user, a_mail("nachher"), internal_date=MONDAY + timedelta(hours=1))
    receive_mail(mailbox.pk, at=MONDAY)
    assert count(mailbox.pk, at=MONDAY) == 0
    assert texts() == [b"nachher"]


def test_an_earlier_start_brings_what_had_been_passed_over_and_nothing_twice(
    mail_server: Dovecot, user: str, mailbox: Mailbox
) -> None:
    Mailbox.objects.filter(pk=mailbox.pk).update(read_from=MONDAY)
    mail_server.deliver(user, a_mail("am selben Tag"), internal_date=MONDAY - timedelta(hours=1))
    mail_server.deliver(user, a_mail("vor einem Monat"), internal_date=MONDAY - timedelta(days=30))
    mail_server.deliver(user, a_mail("neu"), internal_date=MONDAY)
    receive_mail(mailbox.pk, at=MONDAY)
    start_reading(mailbox.pk, since=MONDAY - timedelta(days=40), at=MONDAY)
    assert receive_mail(mailbox.pk, at=MONDAY) == 2
    assert sorted(texts()) == [b"am selben Tag", b"neu", b"vor einem Monat"]


def test_every_mailbox_is_counted_when_its_turn_has_come(mail_server: Dovecot, user: str, mailbox: Mailbox) -> None:
    mail_server.deliver(user, a_mail("eins"))
    receive_mail(mailbox.pk, at=MONDAY)
    lose("eins")
    assert count_due(MONDAY) == 1
    lose("eins")
    assert count_due(MONDAY + timedelta(hours=1)) == 0
    assert count_due(MONDAY + COUNT_EVERY) == 1


def test_a_large_mailbox_says_how_much_it_holds_of_each_age(mail_server: Dovecot, user: str, mailbox: Mailbox) -> None:
    for days in (0, 3, 20, 400):
        mail_server.deliver(user, a_mail(str(days)), internal_date=MONDAY - timedelta(days=days))
    assert how_far_back(mailbox.pk, at=MONDAY) == {1: 1, 7: 2, 14: 2, 30: 3, 90: 3, 365: 3}
    assert not asks(Mailbox.objects.get(pk=mailbox.pk))
    Mailbox.objects.filter(pk=mailbox.pk).update(checked_at=MONDAY)
    assert asks(Mailbox.objects.get(pk=mailbox.pk))
