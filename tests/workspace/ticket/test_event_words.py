"""What a ticket's history says of the steps of ladders: who was told, and when they could see it."""

import pytest

from tests.factories.cases import a_case_notice
from tests.factories.ladders import HOUR, OWN_DUE, assigned, in_team, standing
from tests.factories.messages import filed
from tests.factories.shops import MONDAY, a_store
from tests.factories.watching import watched
from tresen.accounts.actors import SYSTEM
from tresen.sla.models import Notice
from tresen.staffing.models import Timetable
from tresen.staffing.on_call import put_on_call
from tresen.tickets.models import Ticket
from tresen.tickets.queries import history_of
from tresen.workspace.dates import day_and_time
from tresen.workspace.ticket.event_words import events_shown

pytestmark = pytest.mark.django_db
READ = MONDAY + 48 * HOUR


def told(ticket: Ticket) -> list[str]:
    words = [one.words for one in events_shown(history_of(ticket.pk), at=READ, ways_back={})]
    return [one.removeprefix("Still unanswered: ") for one in words if one.startswith("Still unanswered")]


def test_a_step_that_has_nobody_to_tell_says_so() -> None:
    ticket = standing({"when": "breached", "minutes": 60, "notify": ["lead", "on_call"]})
    watched(OWN_DUE)
    watched(OWN_DUE + HOUR)
    assert told(ticket) == ["there is nobody else to tell"]


def test_who_was_not_at_work_was_told_when_they_were() -> None:
    ticket = standing({"when": "breached", "minutes": 240, "notify": ["assignee", "on_call"]})
    agent, called = assigned(ticket), in_team(ticket, name="Lea")
    Timetable.objects.update(is_default=True)  # office hours, for both
    night = OWN_DUE + 4 * HOUR
    put_on_call(called.pk, starts=night, ends=night + HOUR, by=SYSTEM, at=MONDAY)
    watched(OWN_DUE)
    watched(night)
    morning = Notice.objects.get(recipient=agent).shown_from
    assert told(ticket) == [f"{agent.name} (from {day_and_time(morning, READ)}), Lea told"]


def test_two_steps_at_once_tell_the_same_and_name_them() -> None:
    later = {"when": "breached", "minutes": 120, "notify": ["assignee"]}
    ticket = standing({"when": "breached", "minutes": 60, "notify": ["assignee"]}, later)
    agent = assigned(ticket)
    watched(OWN_DUE)
    watched(OWN_DUE + 5 * HOUR)
    assert told(ticket) == [f"{agent.name} told", f"{agent.name} told"]
    assert Notice.objects.filter(recipient=agent, kind="escalated").count() == 1


def test_a_notice_with_a_case_was_never_at_rest() -> None:
    filed(a_store(), a_case_notice(days=3))
    entries = history_of(Ticket.objects.get().pk)
    assert {"ticket_solved", "ticket_reopened"} <= {entry.event.kind for entry in entries}

    words = [one.words for one in events_shown(entries, at=READ, ways_back={})]

    assert [one for one in words if "Case opened" in one]
    assert not [one for one in words if "solved" in one or "opened this ticket again" in one]


def test_steps_that_told_the_same_people_are_alike_whenever_these_could_see_it() -> None:
    later = {"when": "breached", "minutes": 360, "notify": ["assignee"]}
    ticket = standing({"when": "breached", "minutes": 60, "notify": ["assignee"]}, later)
    agent = assigned(ticket)
    Timetable.objects.update(is_default=True)  # office hours: at night nobody sees it
    watched(OWN_DUE)
    watched(OWN_DUE + 24 * HOUR)
    steps = [one for one in events_shown(history_of(ticket.pk), at=READ, ways_back={}) if one.icon == "siren"]
    assert {one.like for one in steps} == {f"Still unanswered: {agent.name} told"}
    assert len(steps) > 1
    assert all("(from 08:00)" in one.words for one in steps)
