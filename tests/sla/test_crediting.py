from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket, answered, attempted, comes_back, leaves
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.channels.contract import Sent
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.sla.verifying import differences
from tresen.tickets.models import Conversation, Message
from tresen.tickets.waiving import WaiveReason, waive

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _defaults(db):
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))


def own():
    return Clock.objects.get(kind="own")


def test_an_answer_belongs_to_who_wrote_it():
    jana = an_agent()
    leaves(answered(a_ticket(), by=Actor.agent(jana.pk)), at=MONDAY + HOUR)

    assert set(Clock.objects.values_list("ended_by", flat=True)) == {jana.pk}


def test_a_waiver_belongs_to_who_said_it_and_its_time_is_kept():
    jana, ticket = an_agent(), a_ticket()
    waive(
        ticket.pk,
        conversation_id=Conversation.objects.get().pk,
        up_to=Message.objects.get().pk,
        reason=WaiveReason.THANKS,
        by=Actor.agent(jana.pk),
        at=MONDAY + HOUR,
    )

    assert (own().ended_by, own().waived_at) == (jana, MONDAY + HOUR)
    assert not Clock.objects.filter(kind="platform", ended_by=jana).exists()


def test_working_time_counts_in_the_hours_of_the_targets_own_timetable():
    store = a_store("email", "")
    evening = MONDAY + 10 * HOUR  # 20:00 in Berlin, an hour before which everybody has gone home
    leaves(answered(a_ticket(store, at=evening)), at=evening + 15 * HOUR)

    clock = own()
    assert clock.hours_version_id is not None
    assert timedelta(0) < timedelta(seconds=clock.worked) < clock.met_at - clock.started_at


def test_working_time_around_the_clock_is_the_time_on_the_clock():
    leaves(answered(a_ticket()), at=MONDAY + 3 * HOUR)

    assert timedelta(seconds=own().worked) == 3 * HOUR


def test_a_bounce_marks_the_clocks_that_its_answer_had_stopped():
    ticket = a_ticket()
    delivery = answered(ticket)
    attempted(delivery, Sent(at=MONDAY + HOUR, external_id="250", answer="250 ok", provisional=True), at=MONDAY + HOUR)
    assert not Clock.objects.exclude(corrected_at=None).exists()

    comes_back(delivery, at=MONDAY + 3 * HOUR)

    assert set(Clock.objects.values_list("corrected_at", flat=True)) == {MONDAY + 3 * HOUR}
    assert set(Clock.objects.values_list("ended_by", "worked")) == {(None, None)}
    assert differences([ticket.pk], at=MONDAY + 3 * HOUR) == []


def test_a_bounce_of_a_second_answer_marks_nothing_that_the_first_had_stopped():
    ticket = a_ticket()
    leaves(answered(ticket), at=MONDAY + HOUR)
    second = answered(ticket, at=MONDAY + 2 * HOUR)
    sent = Sent(at=MONDAY + 2 * HOUR, external_id="250", answer="250 ok", provisional=True)
    attempted(second, sent, at=MONDAY + 2 * HOUR)
    comes_back(second, at=MONDAY + 3 * HOUR)

    assert not Clock.objects.exclude(corrected_at=None).exists()
