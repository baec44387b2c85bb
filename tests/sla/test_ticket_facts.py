from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.contract import IdentityKind, ThreadKey, ThreadKeyKind
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.sla.ticket_facts import facts_of
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db

QUESTION = "Bevor ich bestelle: Ist die Lampe dimmbar?"


def written(text, *, orders=(), at=MONDAY):
    """A message of one thread."""
    ties = (ThreadKey(kind=ThreadKeyKind.CASE, value="42"),)
    sender = "petra@example.com"
    return a_message(
        text=text, subject="Frage", orders=orders, at=at, sender=sender, kind=IdentityKind.EMAIL, ties=ties
    )


def asked(text, *, orders=()):
    """The ticket of a message to our own shop's website."""
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=1))
    filed(a_store("website", ""), written(text, orders=orders))
    return Ticket.objects.get()


def pre_sale(ticket):
    (only,) = facts_of(conversations=[], tickets=[ticket.pk])
    return only.facts.pre_sale


@pytest.mark.parametrize(
    ("text", "orders", "expected", "hours"),
    [
        (QUESTION, (), True, 2),
        (QUESTION, ("#1042",), False, 4),
        ("Die Lampe kam zerbrochen an.", (), None, 4),
        ("Bitte rufen Sie mich an.", (), None, 4),
    ],
)
def test_only_who_asks_before_buying_is_promised_what_buyers_to_be_are(text, orders, expected, hours):
    ticket = asked(text, orders=orders)
    assert pre_sale(ticket) is expected
    clock = Clock.objects.get(ticket=ticket, kind="own", metric="first_reply")
    assert clock.due - clock.started_at == timedelta(hours=hours)


def test_a_later_message_about_the_goods_ends_before_buying():
    ticket = asked(QUESTION)
    filed(ticket.store, written("Sie ist heute angekommen.", at=MONDAY + timedelta(days=1)))
    assert pre_sale(Ticket.objects.get()) is None
