"""Ways out on the test servers, and notices that take them."""

from datetime import datetime, timedelta

from tests.alerts.notices import a_notice_to
from tests.factories.mailboxes import a_mailbox
from tests.factories.shops import MONDAY
from tests.servers.chat import Chat
from tests.servers.smtp import SmtpServer
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent
from tresen.alerts.models import NoticeGroup, Webhook
from tresen.alerts.outward.connecting import add_webhook, choose_ways
from tresen.alerts.outward.passing_on import pass_on
from tresen.alerts.outward.posting import post_due
from tresen.sla.models import Notice
from tresen.tickets.models import Ticket

HOUR = timedelta(hours=1)


def mails_leave(server: SmtpServer, *, on_call: str = "") -> None:
    mailbox = a_mailbox(smtp_port=server.port)
    server.users[mailbox.username] = "geheim"
    choose_ways(mailbox_id=mailbox.pk, on_call_email=on_call, by=SYSTEM, at=MONDAY)


def a_webhook(chat: Chat, *groups: NoticeGroup) -> Webhook:
    return add_webhook(
        name="#support",
        url=chat.url,
        groups=groups or tuple(NoticeGroup),
        language="en",
        allows_private=True,
        by=SYSTEM,
        at=MONDAY,
    )


def missed(agent: Agent | None, ticket: Ticket, *, at: datetime = MONDAY) -> Notice:
    return a_notice_to(agent, ticket, kind="breached", at=at)


def go_out(at: datetime) -> int:
    """Everything that is due by then leaves; gives how many attempts were made."""
    while pass_on(at):
        pass
    return post_due(at)
