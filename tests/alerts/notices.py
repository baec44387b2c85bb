"""Notices as the watching of clocks leaves them."""

from datetime import datetime, timedelta
from itertools import count

from tests.factories.shops import MONDAY
from tresen.accounts.models import Agent
from tresen.sla.models import Notice
from tresen.tickets.models import Ticket

_numbers = count(1)


def a_notice_to(
    agent: Agent, ticket: Ticket, *, kind: str = "warning", clock: str = "", at: datetime = MONDAY
) -> Notice:
    return Notice.objects.create(
        ticket=ticket,
        key=f"{clock or 'own'}:{kind}:{next(_numbers)}%",
        kind=kind,
        clock=clock,
        recipient=agent,
        fell_due_at=at,
        shown_from=at,
        created_at=at + timedelta(seconds=3),
    )
