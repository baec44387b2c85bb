"""A mailbox whose provider knows no passwords: consent, renewal, withdrawal and a new start."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.marketplace_mails import amazon_mail
from tests.journeys.counter import Counter
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import SmtpServer
from tests.servers.token_endpoint import TokenEndpoint
from tresen.accounts.actors import SYSTEM
from tresen.intake.mailboxes.receiving import receive_mail
from tresen.stores.connecting import Secrets, reconnect
from tresen.stores.models import Health, Mailbox
from tresen.tickets.models import Message
from tresen.vault.sealing import seal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.mail_server]
MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def tokens(mail_server: Dovecot) -> TokenEndpoint:
    """The endpoint that the IMAP server asks too."""
    assert mail_server._tokens is not None
    return mail_server._tokens


@pytest.fixture
def counter(mail_server: Dovecot, smtp_server: SmtpServer, tokens: TokenEndpoint) -> Counter:
    user = f"user{uuid4().hex[:8]}@nordlicht.example"
    mail_server.add_user(user)
    smtp_server.knows_token = tokens.knows
    counter = Counter.opened(mail_server, smtp_server, user=user, at=MONDAY)
    Mailbox.objects.all().delete()
    counter.mailbox = a_mailbox(
        counter.store, address=user, imap_port=mail_server.port, smtp_port=smtp_server.port, token_url=tokens.url
    )
    counter.mailbox.client_id = tokens.client_id
    counter.mailbox.save()
    seal(f"mailbox:{counter.mailbox.pk}:client_secret", tokens.client_secret, at=MONDAY)
    seal(f"mailbox:{counter.mailbox.pk}:refresh_token", tokens.consent(user), at=MONDAY)
    return counter


def test_mail_comes_in_and_answers_leave_with_tokens_that_renew_themselves(
    counter: Counter, tokens: TokenEndpoint
) -> None:
    counter.arrives(amazon_mail("Wo ist meine Bestellung?", at=MONDAY), at=MONDAY)
    tokens.expire(counter.user)
    assert counter.answers("Morgen.", at=MONDAY + HOUR).state == "accepted"
    tokens.expire(counter.user)
    counter.arrives(amazon_mail("Danke, und wann genau?", at=MONDAY + 2 * HOUR), at=MONDAY + 2 * HOUR)
    assert Message.objects.filter(direction="in").count() == 2


def test_withdrawn_consent_asks_to_reconnect_and_nothing_is_lost_meanwhile(
    counter: Counter, tokens: TokenEndpoint
) -> None:
    counter.arrives(amazon_mail("Wo ist meine Bestellung?", at=MONDAY), at=MONDAY)
    tokens.revoke(counter.user)
    counter.imap.deliver(counter.user, amazon_mail("Hallo?", at=MONDAY + HOUR), internal_date=MONDAY + HOUR)
    receive_mail(counter.mailbox.pk, at=MONDAY + HOUR)
    counter.mailbox.refresh_from_db()
    assert counter.mailbox.health == Health.RECONNECT
    assert counter.mailbox.trouble
    waiting = counter.answers("Morgen.", at=MONDAY + HOUR)
    assert waiting.state == "queued"

    again = Secrets(refresh_token=tokens.consent(counter.user))
    reconnect(counter.mailbox.pk, again, by=SYSTEM, at=MONDAY + 2 * HOUR)
    counter.works(MONDAY + 2 * HOUR)
    counter.sends(MONDAY + 3 * HOUR)
    waiting.refresh_from_db()
    counter.mailbox.refresh_from_db()
    assert (waiting.state, counter.mailbox.health) == ("accepted", Health.GOOD)
    assert Message.objects.filter(direction="in").count() == 2
    assert len(counter.smtp.received) == 1
