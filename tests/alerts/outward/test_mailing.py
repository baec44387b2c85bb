"""Notices by e-mail, over a real SMTP server."""

import email
from datetime import datetime, timedelta
from email.message import Message

import pytest

from tests.alerts.notices import a_notice_to
from tests.alerts.outward.ways import go_out, mails_leave, missed
from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, a_team, an_agent
from tests.servers.smtp import SmtpServer
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent, Role, TeamMembership
from tresen.alerts.models import NoticeGroup, Posting, PostingState, Rhythm
from tresen.alerts.outward.connecting import choose_ways
from tresen.alerts.outward.preferring import prefer
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.tickets.assigning import move
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def ticket() -> Ticket:
    return a_ticket(subject="Wo ist mein Paket?", name="Petra Muster")


@pytest.fixture
def agent() -> Agent:
    agent = an_agent(role=Role.ADMIN)
    Agent.objects.filter(pk=agent.pk).update(language="de")
    return Agent.objects.get(pk=agent.pk)


def wants(agent: Agent, *groups: NoticeGroup, rhythm: Rhythm = Rhythm.AT_ONCE, most: int = 3) -> None:
    wanted = groups or tuple(NoticeGroup)
    prefer(agent.pk, mailed=wanted, rhythm=rhythm, most=most, within=10, quiet=True, by=SYSTEM, at=MONDAY)


def mails(server: SmtpServer) -> list[Message]:
    return [email.message_from_bytes(one.raw) for one in server.received]


def body(mail: Message) -> str:
    content = mail.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def test_a_mail_says_why_in_the_agents_language_and_leads_to_the_ticket_without_a_buyers_word(
    smtp_server: SmtpServer, agent: Agent, ticket: Ticket
) -> None:
    mails_leave(smtp_server)
    missed(agent, ticket)
    go_out(LATER)
    (mail,) = mails(smtp_server)
    assert smtp_server.received[0].recipients == (agent.email,)
    assert mail["Auto-Submitted"]
    assert "Unser Ziel wurde verpasst" in body(mail)
    assert f"/tickets/{ticket.pk}/" in body(mail)
    for word in ("Paket", "Petra", "Muster", "marketplace.amazon.de"):
        assert word not in smtp_server.received[0].raw.decode()
    assert Posting.objects.get().state == PostingState.SENT


def test_nothing_leaves_twice_however_often_the_sweeps_run(
    smtp_server: SmtpServer, agent: Agent, ticket: Ticket
) -> None:
    mails_leave(smtp_server)
    notice = missed(agent, ticket)
    for minutes in range(3):
        go_out(LATER + minutes * MINUTE)
    type(notice).objects.update(passed_on_at=None)  # as if a worker had died before it was noted
    go_out(LATER + timedelta(hours=1))
    assert len(mails(smtp_server)) == 1


def test_what_an_agent_does_not_want_stays_at_the_bell(smtp_server: SmtpServer, agent: Agent, ticket: Ticket) -> None:
    mails_leave(smtp_server)
    wants(agent, NoticeGroup.HANDED_OVER)
    missed(agent, ticket)
    assert go_out(LATER) == 0


def test_without_a_mailbox_nothing_leaves(smtp_server: SmtpServer, agent: Agent, ticket: Ticket) -> None:
    missed(agent, ticket)
    assert go_out(LATER) == 0


def test_a_flood_is_one_mail(smtp_server: SmtpServer, agent: Agent) -> None:
    """Three singly, then the rest together: no agent gets forty mails."""
    mails_leave(smtp_server)
    wants(agent, most=3)
    for number in range(40):
        missed(agent, a_ticket(sender=f"buyer{number}@marketplace.amazon.de"), at=LATER + number * timedelta(seconds=1))
        go_out(LATER + number * timedelta(seconds=1))
    assert len(mails(smtp_server)) == 3
    go_out(LATER + 11 * MINUTE)
    digest = mails(smtp_server)[-1]
    assert len(mails(smtp_server)) == 4
    assert "37" in str(email.header.make_header(email.header.decode_header(digest["Subject"])))
    assert body(digest).count("/tickets/") == 30


def test_what_comes_together_leaves_together(smtp_server: SmtpServer, agent: Agent) -> None:
    """Three days without a worker: one mail, not four hundred."""
    mails_leave(smtp_server)
    for number in range(60):
        missed(agent, a_ticket(sender=f"buyer{number}@marketplace.amazon.de"))
    go_out(LATER + timedelta(days=3))
    assert len(mails(smtp_server)) == 1


def test_an_hourly_mail_gathers_an_hour(smtp_server: SmtpServer, agent: Agent, ticket: Ticket) -> None:
    mails_leave(smtp_server)
    wants(agent, rhythm=Rhythm.HOURLY)
    missed(agent, ticket, at=LATER)
    go_out(LATER + MINUTE)
    missed(agent, ticket, at=LATER + 30 * MINUTE)
    go_out(LATER + 31 * MINUTE)
    assert mails(smtp_server) == []
    go_out(LATER + 60 * MINUTE)
    assert body(mails(smtp_server)[0]).count(f"/tickets/{ticket.pk}/") == 2


def test_the_on_call_address_is_told(smtp_server: SmtpServer, ticket: Ticket) -> None:
    mails_leave(smtp_server, on_call="bereitschaft@nordlicht.example")
    missed(None, ticket)
    go_out(LATER)
    assert smtp_server.received[0].recipients == ("bereitschaft@nordlicht.example",)


def test_a_server_that_says_later_is_asked_later_with_the_same_mail(
    smtp_server: SmtpServer, agent: Agent, ticket: Ticket
) -> None:
    mails_leave(smtp_server)
    missed(agent, ticket)
    smtp_server.behave(every_recipient="451 4.3.0 later")
    go_out(LATER)
    assert Posting.objects.get().state == PostingState.QUEUED
    smtp_server.behave()
    go_out(LATER + timedelta(hours=1))
    assert len(mails(smtp_server)) == 1
    assert Posting.objects.get().attempts == 2


def test_a_mail_whose_answer_is_lost_is_not_sent_again(smtp_server: SmtpServer, agent: Agent, ticket: Ticket) -> None:
    mails_leave(smtp_server)
    missed(agent, ticket)
    smtp_server.behave(hang_up="after_taking")
    go_out(LATER)
    smtp_server.behave()
    assert Posting.objects.get().state == PostingState.UNCERTAIN
    assert go_out(LATER + timedelta(hours=5)) == 0
    assert len(mails(smtp_server)) == 1


def test_a_mailbox_that_is_taken_away_gives_up_visibly(smtp_server: SmtpServer, agent: Agent, ticket: Ticket) -> None:
    mails_leave(smtp_server)
    missed(agent, ticket, at=LATER)
    wants(agent, rhythm=Rhythm.HOURLY)
    go_out(LATER)
    choose_ways(mailbox_id=None, on_call_email="", by=SYSTEM, at=LATER)
    go_out(LATER + timedelta(hours=2))
    assert Posting.objects.get().state == PostingState.GIVEN_UP


def test_who_was_locked_out_while_a_mail_waited_gets_none(
    smtp_server: SmtpServer, agent: Agent, ticket: Ticket
) -> None:
    mails_leave(smtp_server)
    wants(agent, rhythm=Rhythm.HOURLY)
    missed(agent, ticket)
    go_out(LATER)
    Agent.objects.filter(pk=agent.pk).update(is_active=False)
    go_out(LATER + 2 * timedelta(hours=1))
    assert mails(smtp_server) == []


def test_a_ticket_that_is_not_the_agents_to_see_any_more_is_not_named(
    smtp_server: SmtpServer, agent: Agent, ticket: Ticket
) -> None:
    mails_leave(smtp_server)
    wants(agent, rhythm=Rhythm.HOURLY)
    missed(agent, ticket)
    missed(agent, other := a_ticket())
    go_out(LATER)
    move(other.pk, team_id=a_team().pk, by=SYSTEM, at=LATER)
    Agent.objects.filter(pk=agent.pk).update(role=Role.AGENT)
    TeamMembership.objects.create(team=ticket.team, agent=agent)
    go_out(LATER + 2 * timedelta(hours=1))
    (mail,) = mails(smtp_server)
    assert f"/tickets/{ticket.pk}/" in body(mail)
    assert f"/tickets/{other.pk}/" not in body(mail)


@pytest.mark.parametrize(
    ("kind", "outcome", "answered", "told"),
    [
        ("warning", "running", None, 1),
        ("warning", "met", LATER, 0),
        ("warning", "breached", None, 0),
        ("act_by_passed", "waived", LATER, 0),
        ("escalated", "breached", None, 1),
        ("escalated", "breached", LATER, 0),
        ("breached", "breached", LATER, 1),
        ("breached", "void", None, 0),
    ],
)
def test_what_was_settled_while_a_mail_waited_is_not_told(
    smtp_server: SmtpServer, agent: Agent, kind: str, outcome: str, answered: datetime | None, told: int
) -> None:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    mails_leave(smtp_server)
    wants(agent, rhythm=Rhythm.HOURLY)
    clock = Clock.objects.filter(ticket=(ticket := a_ticket()), kind="own").first()
    assert clock is not None
    a_notice_to(agent, ticket, kind=kind, clock=clock.key)
    go_out(LATER)
    Clock.objects.filter(pk=clock.pk).update(outcome=outcome, met_at=answered)
    go_out(LATER + 2 * timedelta(hours=1))
    assert len(mails(smtp_server)) == told
