"""A counter with real mail servers behind it: what journeys are walked on. Only time is told, never waited for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.factories.mailboxes import a_mailbox
from tests.factories.shops import a_store, an_agent
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import SmtpServer
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.models import Agent, Team
from tresen.accounts.scope import EVERYTHING
from tresen.intake.mailboxes.receiving import receive_mail
from tresen.intake.parsing import parse_kept
from tresen.outbox.models import Delivery
from tresen.outbox.queueing import UNDO_WINDOW
from tresen.outbox.sending import send_due
from tresen.replies.answering import Then, answer
from tresen.routing.queue_rows import QueueRow
from tresen.routing.queues import first_page
from tresen.routing.views import View, ViewKind
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.sla.watching import Watch, sweep
from tresen.stores.models import Mailbox, Store
from tresen.tickets.models import Conversation, Message, Ticket
from tresen.tickets.queries import newest_message


@dataclass(slots=True)
class Counter:
    """One shop on Amazon, one agent, one mailbox on a real IMAP server, replies through a real SMTP server."""

    imap: Dovecot
    smtp: SmtpServer
    user: str
    store: Store
    mailbox: Mailbox
    agent: Agent

    @classmethod
    def opened(cls, imap: Dovecot, smtp: SmtpServer, *, user: str, at: datetime, channel: str = "amazon") -> "Counter":
        create_defaults(by=SYSTEM, at=at - timedelta(days=30))
        team = Team.objects.create(name="Marktplätze")
        marketplace = {"amazon": "amazon.de", "ebay": "ebay.de"}.get(channel, "")
        store = a_store(channel, marketplace, team=team)
        mailbox = a_mailbox(store, address=user, imap_port=imap.port, smtp_port=smtp.port)
        return cls(imap, smtp, user, store, mailbox, an_agent(team, role="admin"))

    def arrives(self, *mails: bytes, at: datetime) -> None:
        """The mails lie on the server, stamped by it, and the worker comes by."""
        for mail in mails:
            self.imap.deliver(self.user, mail, internal_date=at)
        self.works(at)

    def works(self, at: datetime) -> None:
        """One round of the worker's sweeps."""
        receive_mail(self.mailbox.pk, at=at)
        while parse_kept(at):
            pass
        sweep(Watch(), at)

    def answers(self, text: str, *, at: datetime, up_to: int | None = None, then: Then = Then.KEEP_OPEN) -> Delivery:
        """The agent answers the newest conversation as the composer shows it, and the worker sends it."""
        ticket = Ticket.objects.latest("pk")
        message = answer(
            ticket.pk,
            conversation_id=Conversation.objects.filter(ticket=ticket).latest("pk").pk,
            text=text,
            answers_up_to=up_to or newest_message(ticket.pk),
            by=Actor.agent(self.agent.pk),
            at=at,
            then=then,
        )
        send_due(at + UNDO_WINDOW)
        return Delivery.objects.get(message=message)

    def sends(self, at: datetime) -> None:
        """The worker sends what is due."""
        send_due(at)

    def queue(self) -> list[QueueRow]:
        return list(first_page(View(ViewKind.ALL), scope=EVERYTHING, agent_id=self.agent.pk).rows)

    def outcomes(self) -> dict[str, str]:
        """Metric and message of each clock, and how it stands."""
        return {f"{clock.metric}/{clock.message_id}": clock.outcome for clock in Clock.objects.order_by("pk")}

    def messages(self) -> list[int]:
        return list(Message.objects.filter(direction="in", kind="message").order_by("pk").values_list("pk", flat=True))
