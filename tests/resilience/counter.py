"""A shop with real mail servers and a real worker; time is the real one, and only leases are made to end early."""

from collections import Counter as Tally
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.factories.mailboxes import a_mailbox
from tests.factories.mails import a_mail
from tests.factories.messages import a_message, filed
from tests.factories.replies import answered
from tests.factories.shops import a_store, an_agent
from tests.resilience.worker import Worker, wait_until
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import SmtpServer
from tresen.accounts.actors import SYSTEM, Actor
from tresen.channels.contract import IdentityKind
from tresen.intake.models import PayloadState, StoredPayload
from tresen.local.verifying import verify
from tresen.outbox.models import Delivery, DeliveryAttempt, DeliveryState
from tresen.outbox.sending import SILENT_AFTER
from tresen.sla.defaults import create_defaults
from tresen.stores.models import Mailbox, Store
from tresen.tickets.models import Ticket

ON_ITS_WAY = (DeliveryState.QUEUED, DeliveryState.SENDING)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Counter:
    """One brand with a store for plain mail, read from two mailboxes, answering through the first."""

    imap: Dovecot
    smtp: SmtpServer
    worker: Worker
    users: tuple[str, str]
    store: Store = field(init=False)
    agent: Actor = field(init=False)
    written: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        create_defaults(by=SYSTEM, at=now() - timedelta(days=60))
        self.store = a_store("email", "")
        self.agent = Actor.agent(an_agent(role="admin").pk)
        for user in self.users:
            self.imap.add_user(user)
            a_mailbox(self.store, address=user, imap_port=self.imap.port, smtp_port=self.smtp.port)

    def a_mail_from(self, sender: str, *, age: timedelta = timedelta(), **given: str) -> bytes:
        self.written += 1
        text = given.pop("text", f"Frage {self.written}: wo ist mein Paket?")
        return a_mail(text, sender=f"{sender}@kundin.example", at=now() - age, **given)

    def arrive(self, *mails: bytes, user: int = 0, age: timedelta = timedelta()) -> None:
        """These lie on the server, since a while ago."""
        self.imap.deliver_all(self.users[user], [(mail, now() - age) for mail in mails])

    def reply_queued(self, sender: str) -> Delivery:
        """A ticket whose answer is due to leave."""
        asked_at = now() - timedelta(hours=1)
        message = a_message(at=asked_at, sender=f"{sender}@kundin.example", kind=IdentityKind.EMAIL)
        (filing,) = filed(self.store, message)
        return self.answer(filing.ticket.id)

    def answer(self, ticket: int) -> Delivery:
        at = now() - timedelta(seconds=10)
        return answered(Ticket.objects.get(pk=ticket), text=f"Antwort auf {ticket}", by=self.agent, at=at)

    def mailboxes_are_due(self) -> None:
        """The lease of a reading that was cut short is over."""
        Mailbox.objects.update(next_check_at=None, watched_until=None)

    def leases_end(self) -> None:
        """What a killed worker held is free again: the lease of a mailbox, the silence of an attempt."""
        self.mailboxes_are_due()
        DeliveryAttempt.objects.filter(ended_at=None).update(alive_at=now() - 2 * SILENT_AFTER)

    def settles(self, *, mails: int = 0) -> None:
        """Until so many mails are fetched, everything fetched is filed, and everything that can leave has left."""
        wait_until(lambda: self.is_settled(mails=mails), what=self.standing)

    def is_settled(self, *, mails: int) -> bool:
        return (
            StoredPayload.objects.count() >= mails
            and not StoredPayload.objects.filter(state=PayloadState.KEPT).exists()
            and not Delivery.objects.filter(state__in=ON_ITS_WAY).exists()
        )

    def standing(self) -> str:
        """How far everything has come, and what the worker says of it."""
        payloads = Tally(StoredPayload.objects.values_list("state", flat=True))
        deliveries = Tally(Delivery.objects.values_list("state", flat=True))
        mailboxes = list(Mailbox.objects.values_list("health", "trouble", "next_check_at"))
        return f"{payloads} {deliveries} {mailboxes}\n{self.worker.said()}"

    def is_whole(self) -> bool:
        """Whether all that can be recomputed from the ledger says the same."""
        return verify() == 0
