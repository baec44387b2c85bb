from datetime import timedelta

import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.mails import a_mail
from tests.factories.payloads import kept
from tests.factories.shops import MONDAY, a_store
from tresen.files.keeping import read
from tresen.files.models import Blob, BlobChunk
from tresen.intake.expiring import expire_due
from tresen.intake.keeping import KEPT_FOR
from tresen.intake.models import StoredPayload
from tresen.intake.parsing import parse_kept
from tresen.stores.models import Mailbox
from tresen.tickets.models import Attachment, Message, MessageArrival

pytestmark = pytest.mark.django_db
EXPIRED = MONDAY + KEPT_FOR


@pytest.fixture
def mailbox() -> Mailbox:
    return a_mailbox(a_store("email", ""))


def test_bytes_go_in_batches_when_their_time_has_come_and_the_messages_stay(mailbox: Mailbox) -> None:
    kept(mailbox, *(a_mail(str(number)) for number in range(3)))
    parse_kept(MONDAY)
    assert expire_due(EXPIRED - timedelta(seconds=1)) == 0
    assert [expire_due(EXPIRED, most=2), expire_due(EXPIRED, most=2), expire_due(EXPIRED, most=2)] == [2, 1, 0]
    assert (StoredPayload.objects.count(), Blob.objects.count(), BlobChunk.objects.count()) == (0, 0, 0)
    assert (Message.objects.count(), MessageArrival.objects.count()) == (3, 3)


def test_what_still_waits_to_be_read_never_goes(mailbox: Mailbox) -> None:
    kept(mailbox, a_mail())
    assert expire_due(EXPIRED) == 0


def test_bytes_that_another_payload_or_a_file_still_needs_stay(mailbox: Mailbox) -> None:
    mail = a_mail()
    (old,) = kept(mailbox, mail)
    kept(a_mailbox(mailbox.stores.get()), mail, at=MONDAY + timedelta(days=3))
    parse_kept(MONDAY)
    assert expire_due(EXPIRED) == 1
    assert read(bytes(old.blob_id)) == mail
    Attachment.objects.create(
        message=Message.objects.get(), name="a.eml", content_type="message/rfc822", size=1, blob_id=old.blob_id
    )
    assert expire_due(EXPIRED + timedelta(days=3)) == 1
    assert read(bytes(old.blob_id)) == mail
