from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.mailboxes import a_mailbox
from tests.factories.mails import a_mail
from tests.factories.payloads import kept
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store
from tresen.outbox.models import Delivery, DeliveryState
from tresen.stores.models import Mailbox
from tresen.tickets.models import Ticket
from tresen.workspace.setup.overview.running import PATIENCE, running

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


def facts(at=LATER):
    return dict(running(at).facts)


def test_where_nothing_is_due_nothing_is_amiss():
    assert running(MONDAY).asleep == ""
    assert facts() == {
        "Worker": "nothing due is left undone",
        "Answers on their way": "none",
        "Answers not sent": "none",
    }


def test_work_that_nobody_does_tells_that_no_worker_runs():
    a_mailbox(a_store())
    Mailbox.objects.update(next_check_at=MONDAY)
    assert running(MONDAY + PATIENCE).asleep == ""
    assert "no worker has done what was due" in running(MONDAY + PATIENCE * 2).asleep
    Mailbox.objects.update(next_check_at=LATER)
    answered(a_ticket(), at=MONDAY)
    assert "no worker" in running(LATER).asleep
    assert facts()["Answers on their way"].startswith("1, since ")


def test_mail_of_a_mailbox_without_a_store_waits_for_a_person_and_not_for_a_worker():
    mailbox = a_mailbox()
    Mailbox.objects.update(next_check_at=LATER)
    kept(mailbox, a_mail("eins"))
    late = timezone.now() + timedelta(days=1)
    Mailbox.objects.update(next_check_at=late)
    assert running(late).asleep == ""
    mailbox.stores.add(a_store())
    assert running(late).asleep


def test_answers_that_did_not_leave_are_counted_until_their_ticket_is_solved():
    for state in (DeliveryState.REFUSED, DeliveryState.UNCERTAIN):
        delivery = answered(a_ticket())
        Delivery.objects.filter(pk=delivery.pk).update(state=state)
    assert facts()["Answers not sent"] == "1 refused, 1 perhaps sent"
    Ticket.objects.update(status="solved")
    assert facts()["Answers not sent"] == "none"


def test_the_last_look_and_count_are_told():
    a_mailbox(a_store())
    Mailbox.objects.update(next_check_at=LATER, checked_at=MONDAY, counted_at=MONDAY, missing=2)
    assert facts()["Counted"].endswith("2 are missing")
    assert "Mailboxes last looked at" in facts()


def test_only_an_admin_is_told_how_it_runs(by_admin, by_lead):
    a_mailbox(a_store())
    Mailbox.objects.update(next_check_at=MONDAY - timedelta(days=1))
    assert "no worker has done what was due" in by_admin.get(reverse("setup")).text
    assert "no worker" not in by_lead.get(reverse("setup")).text
