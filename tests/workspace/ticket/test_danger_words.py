"""In danger, in a sentence: which limit, and when the work before it must start."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.channels.cases import CaseKind
from tresen.duties.cases import file_case
from tresen.routing.promoting import promote_team
from tresen.staffing.covering import cover_team
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable
from tresen.tickets.models import Ticket
from tresen.workspace.ticket.danger_words import start_by_words

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
DUE = MONDAY + timedelta(days=1)


def a_ticket(store):
    return Ticket.objects.get(pk=filed(store, a_message())[0].ticket.id)


def test_the_limit_and_the_start_of_the_work_before_it_are_named():
    store = a_store()
    ticket = a_ticket(store)
    promote_team(store.default_team_id, at=DUE - 20 * MINUTE)
    words = start_by_words(ticket, at=DUE - 20 * MINUTE)
    assert words == "To keep Amazon's limit at 09:00 the work before it must start by 08:30."


def test_a_deadline_that_is_not_the_platform_s_is_called_a_deadline():
    store = a_store()
    ticket = a_ticket(store)
    noon = MONDAY + timedelta(hours=3)
    file_case(ticket.pk, kind=CaseKind.RETURN_REQUEST, due=noon, by=SYSTEM, at=MONDAY + MINUTE)
    promote_team(store.default_team_id, at=MONDAY + MINUTE)
    words = start_by_words(ticket, at=MONDAY + MINUTE)
    assert words == "To keep the deadline at 12:00 the work before it must start by 11:30."


def test_before_anybody_has_looked_and_where_no_limit_is_near_nothing_is_said():
    store = a_store()
    ticket = a_ticket(store)
    assert start_by_words(ticket, at=MONDAY) == ""
    promote_team(store.default_team_id, at=MONDAY - timedelta(days=2))
    assert start_by_words(ticket, at=MONDAY) == ""


@pytest.fixture
def after_hours():
    """A message of a Monday evening, and nobody works before the next Monday."""
    store = a_store()
    team = store.default_team_id
    plan = TimetablePlan(zone="UTC", week={0: (("09:00", "17:00"),)})
    office = create_timetable(name="Mondays", plan=plan, by=SYSTEM, at=MONDAY).timetable_id
    cover_team(team, timetable_id=office, by=SYSTEM, at=MONDAY)
    came = MONDAY + timedelta(hours=10)
    ticket = Ticket.objects.get(pk=filed(store, a_message(at=came))[0].ticket.id)
    promote_team(team, at=came + MINUTE)
    return ticket


def test_what_would_have_had_to_begin_before_it_came_says_that_nobody_is_there(after_hours):
    words = start_by_words(after_hours, at=MONDAY + timedelta(hours=11))
    assert words.startswith("Between its arrival and Amazon's limit at tomorrow 19:00 nobody is on duty")


def test_the_time_in_front_opens_why_and_says_that_nobody_is_on_duty_before(client, after_hours):
    client.force_login(an_agent(after_hours.team))
    with time_machine.travel(MONDAY + timedelta(hours=11), tick=False):
        page = client.get(reverse("ticket", args=[after_hours.pk])).text
    chip = page.split("clock-card-main")[1].split("</details>")[0]
    assert "Why?" in chip
    assert "Nobody is on duty between now and then" in chip
    assert "Received" in chip
