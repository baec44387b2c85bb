from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.mailboxes import a_mailbox
from tests.factories.mails import a_mail
from tests.factories.payloads import kept
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING, NOTHING
from tresen.outbox.models import Delivery, DeliveryState
from tresen.sla.editing import add_policy
from tresen.stores.models import Mailbox
from tresen.tickets.models import Ticket
from tresen.workspace.setup.overview.not_sent import counted, listed
from tresen.workspace.setup.overview.running import PATIENCE, running

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


def facts(at=LATER):
    return dict(running(EVERYTHING, at=at).facts)


def test_where_nothing_is_due_nothing_is_amiss():
    assert running(EVERYTHING, at=MONDAY).asleep == ""
    assert facts() == {
        "Worker": "nothing due is left undone",
        "Answers on their way": "none",
    }
    assert running(EVERYTHING, at=MONDAY).not_sent == ()


def test_work_that_nobody_does_tells_that_no_worker_runs():
    a_mailbox(a_store())
    Mailbox.objects.update(next_check_at=MONDAY)
    assert running(EVERYTHING, at=MONDAY + PATIENCE).asleep == ""
    assert "no worker has done what was due" in running(EVERYTHING, at=MONDAY + PATIENCE * 2).asleep
    Mailbox.objects.update(next_check_at=LATER)
    answered(a_ticket(), at=MONDAY)
    assert "no worker" in running(EVERYTHING, at=LATER).asleep
    assert facts()["Answers on their way"].startswith("1, since ")


def test_mail_of_a_mailbox_without_a_store_waits_for_a_person_and_not_for_a_worker():
    mailbox = a_mailbox()
    Mailbox.objects.update(next_check_at=LATER)
    kept(mailbox, a_mail("eins"))
    late = timezone.now() + timedelta(days=1)
    Mailbox.objects.update(next_check_at=late)
    assert running(EVERYTHING, at=late).asleep == ""
    mailbox.stores.add(a_store())
    assert running(EVERYTHING, at=late).asleep


def test_answers_that_did_not_leave_are_counted_and_listed_until_their_ticket_is_solved(by_admin):
    tickets = {state: a_ticket(subject=f"Where is {state}?") for state in ("refused", "uncertain")}
    for state, ticket in tickets.items():
        Delivery.objects.filter(pk=answered(ticket).pk).update(state=state)
    targets = {"first_reply": {"minutes": 480, "hours": "always"}}
    add_policy(name="All", conditions={}, targets=targets, by=SYSTEM, at=MONDAY)  # the last of the first steps
    page = by_admin.get(reverse("setup")).text
    for state, words in (("refused", "1 refused"), ("uncertain", "1 perhaps sent")):
        address = reverse("setup-not-sent", args=[state])
        assert f'href="{address}">{words}</a>' in page
        listed = by_admin.get(address).text.split('id="not-sent"')[1]
        assert reverse("ticket", args=[tickets[state].pk]) in listed
        assert listed.count("<tr>") == 1
    Ticket.objects.update(status="solved")
    assert running(EVERYTHING, at=LATER).not_sent == ()
    assert "settled" in by_admin.get(reverse("setup-not-sent", args=["refused"])).text


def test_what_left_is_in_no_list_of_what_did_not(by_admin):
    assert by_admin.get(reverse("setup-not-sent", args=["accepted"])).status_code == 404


def test_answers_that_did_not_leave_are_counted_in_scope():
    Delivery.objects.filter(pk=answered(a_ticket()).pk).update(state="refused")
    assert counted(EVERYTHING) == {DeliveryState.REFUSED: 1}
    assert counted(NOTHING) == {}
    assert listed(DeliveryState.REFUSED, NOTHING, at=LATER) == []


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
