"""What is done twice is done once: reading, filing, receiving, the form, reparsing."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.factories.mailboxes import a_mailbox
from tests.factories.mails import a_mail
from tests.factories.payloads import kept
from tests.factories.shops import MONDAY, a_store, an_agent
from tests.factories.watching import watched
from tests.mail import hostile
from tresen.accounts.actors import SYSTEM
from tresen.intake.models import StoredPayload
from tresen.intake.parsing import parse_kept
from tresen.intake.reparsing import reparse
from tresen.routing import verifying as places
from tresen.sla import verifying as clocks
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock, Notice
from tresen.stores.models import Mailbox
from tresen.stores.publishing import publish_form
from tresen.tickets import replaying
from tresen.tickets.models import Message, MessageArrival, Ticket, TicketEvent
from tresen.workspace.website.tokens import make_token

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=3)


@pytest.fixture
def mailbox() -> Mailbox:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    store = a_store("email", "")
    an_agent(store.default_team, role="admin")
    return a_mailbox(store)


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All that filing, clocks and notices leave behind."""
    return {
        "tickets": list(Ticket.objects.order_by("pk").values_list()),
        "messages": list(Message.objects.order_by("pk").values_list("pk", "ticket", "kind", "text", "problems")),
        "arrivals": list(MessageArrival.objects.order_by("pk").values_list()),
        "events": list(TicketEvent.objects.order_by("ticket", "sequence").values_list("ticket", "kind", "source_key")),
        "clocks": list(Clock.objects.order_by("ticket", "key").values_list("ticket", "key", "outcome", "due")),
        "notices": list(Notice.objects.order_by("pk").values_list("ticket", "key", "recipient")),
    }


def test_the_same_payload_read_twice_is_filed_once(mailbox: Mailbox) -> None:
    kept(mailbox, a_mail("eins"), a_mail("zwei"), hostile.nested(3_000), hostile.winmail(), hostile.bounce())
    while parse_kept(MONDAY):
        pass
    before = everything()
    # As if the program had died after filing, with the mark that it was done not yet set.
    StoredPayload.objects.update(state="kept", attempts=0)
    while parse_kept(LATER):
        pass
    assert everything() == before
    assert set(StoredPayload.objects.values_list("state", flat=True)) == {"filed"}


def test_reading_everything_again_receives_nothing_a_second_time(mailbox: Mailbox) -> None:
    kept(mailbox, a_mail("eins"), a_mail("zwei"), hostile.one_long_line(), hostile.with_nul_bytes(), b"\n")
    while parse_kept(MONDAY):
        pass
    watched(LATER)
    before = everything()
    received = TicketEvent.objects.filter(kind="message_received").count()
    assert received >= 4
    for day in range(2):
        done = reparse(at=LATER + timedelta(days=day))
        assert (done.filed, done.reinterpreted, done.failed) == (0, 0, 0)
    assert TicketEvent.objects.filter(kind="message_received").count() == received
    assert everything() == before


def test_a_sweep_that_runs_twice_records_and_tells_once(mailbox: Mailbox) -> None:
    kept(mailbox, a_mail("eins"))
    parse_kept(MONDAY)
    for _ in range(2):
        watched(LATER)
    breaches = TicketEvent.objects.filter(kind="clock_breached")
    assert breaches.count() == breaches.values("ticket", "facts__clock").distinct().count() > 0
    assert Notice.objects.count() == Notice.objects.values("ticket", "key", "recipient").distinct().count() > 0


def test_the_same_form_sent_twice_is_one_message() -> None:
    store = a_store("website", "")
    public = publish_form(store.pk, origins=[], consent="", by=SYSTEM, at=MONDAY)
    token = make_token(public.key, at=datetime.now(UTC) - timedelta(minutes=1))
    form = {"name": "Ida", "email": "ida@mail.example", "message": "Gibt es den Hocker in rot?", "token": token}
    for _ in range(2):
        page = Client().post(f"/form/{public.key}/", form)
        assert page.status_code == 302
    script = Client().post(f"/form/{public.key}/messages", json.dumps(form), content_type="application/json")
    assert script.status_code < 300
    while parse_kept(MONDAY):
        pass
    assert StoredPayload.objects.count() == Message.objects.count() == Ticket.objects.count() == 1


def test_after_all_of_it_the_ledger_says_the_same(mailbox: Mailbox) -> None:
    kept(mailbox, a_mail("eins"), a_mail("zwei"))
    for _ in range(2):
        while parse_kept(MONDAY):
            pass
        StoredPayload.objects.update(state="kept", attempts=0)
        reparse(at=LATER)
        watched(LATER)
    tickets = list(Ticket.objects.values_list("pk", flat=True))
    assert tickets
    assert replaying.differences(tickets) == []
    assert clocks.differences(tickets, at=LATER) == []
    assert places.differences(tickets, at=LATER) == []
