"""Who may agree to a refund is told that it waits; who asked, what became of it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.alerts.outward.ways import go_out, mails_leave
from tests.factories.acting import a_refund, asked
from tests.factories.sales import AT
from tests.factories.shops import a_team, an_agent
from tests.factories.told import a_told_store, asked_world
from tests.servers.smtp import SmtpServer
from tresen.accounts.actors import Actor
from tresen.accounts.models import Agent, Role
from tresen.actions.deciding import approve, decline, withdraw
from tresen.actions.models import Action
from tresen.alerts.agreeing import may_agree
from tresen.orders.models import Order
from tresen.sla.models import Notice
from tresen.stores.models import Store
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def store() -> Iterator[Store]:
    with a_told_store(asked_world()) as connected:
        yield connected


@pytest.fixture
def agent(store: Store) -> Agent:
    return an_agent(store.default_team, name="Jana Meier", everything=True)


@pytest.fixture
def lead(store: Store) -> Agent:
    return an_agent(store.default_team, role=Role.LEAD, name="Ole Lead", everything=True)


@pytest.fixture
def admin(store: Store) -> Agent:
    return an_agent(role=Role.ADMIN, name="Miriam Roth")


@pytest.fixture
def waiting(store: Store, agent: Agent, lead: Agent, admin: Agent) -> Action:
    """Above the agent's limit."""
    ticket = Ticket.objects.get(store=store)
    order = Order.objects.get(tickets__ticket=ticket)
    return asked(ticket, order, a_refund(order, 6000), by=Actor.agent(agent.pk))


def told(agent: Agent, **more: object) -> list[tuple[str, int | None]]:
    found = Notice.objects.filter(recipient=agent, kind__in=("to_agree", "agreed", "not_agreed"), **more)
    return list(found.order_by("pk").values_list("kind", "by"))


def test_whoever_may_agree_is_told_once_and_nobody_else(
    waiting: Action, agent: Agent, lead: Agent, admin: Agent, store: Store
) -> None:
    colleague = an_agent(store.default_team, everything=True)
    elsewhere = an_agent(a_team("Elsewhere"), role=Role.LEAD, everything=True)

    assert may_agree(waiting) == [lead.pk, admin.pk]
    assert told(lead) == told(admin) == [("to_agree", agent.pk)]
    assert told(agent) == told(colleague) == told(elsewhere) == []


def test_a_refund_within_ones_limit_is_nobodys_business(waiting: Action, agent: Agent, lead: Agent) -> None:
    asked(waiting.ticket, waiting.order, by=Actor.agent(agent.pk))

    assert len(told(lead)) == 1


@pytest.mark.parametrize(("decide", "kind"), [(approve, "agreed"), (decline, "not_agreed")])
def test_who_asked_hears_of_it_and_it_waits_for_nobody_any_more(
    waiting: Action, agent: Agent, lead: Agent, admin: Agent, decide, kind: str
) -> None:
    decide(waiting.pk, by=Actor.agent(lead.pk), at=LATER)
    decide(waiting.pk, by=Actor.agent(admin.pk), at=LATER)

    assert told(agent) == [(kind, lead.pk)]
    assert told(lead, read_at=None) == told(admin, read_at=None) == []


def test_what_is_taken_back_waits_for_nobody(waiting: Action, agent: Agent, lead: Agent) -> None:
    withdraw(waiting.pk, by=Actor.agent(agent.pk), at=LATER)

    assert told(lead, read_at=None) == told(agent) == []


@pytest.mark.parametrize(("decided", "leave"), [((decline,), 0), ((), 2)])
def test_a_mail_about_what_is_decided_does_not_leave(
    smtp_server: SmtpServer, waiting: Action, lead: Agent, decided, leave: int
) -> None:
    mails_leave(smtp_server)
    for decide in decided:
        decide(waiting.pk, by=Actor.agent(lead.pk), at=AT)
    Notice.objects.exclude(kind="to_agree").delete()
    Notice.objects.update(shown_from=AT)

    go_out(LATER)

    assert len(smtp_server.received) == leave
