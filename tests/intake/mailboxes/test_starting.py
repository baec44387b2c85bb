import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.mails import a_mail
from tests.factories.payloads import kept
from tests.factories.shops import a_store
from tresen.intake.mailboxes.starting import suggested_receivers

pytestmark = pytest.mark.django_db


def test_the_hosts_that_received_the_newest_mails_are_offered_as_trusted() -> None:
    mailbox = a_mailbox(a_store("email", ""))
    stamp = "Received: from mx.kundin.example by mx1.provider.example with ESMTPS; Mon, 16 Nov 2026 09:00:00 +0000\n"
    kept(mailbox, *(a_mail(str(number), headers=stamp) for number in range(3)))
    assert suggested_receivers(mailbox.pk) == ("mx1.provider.example",)
    assert suggested_receivers(a_mailbox().pk) == ()
