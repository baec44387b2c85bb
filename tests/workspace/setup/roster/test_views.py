"""The roster on the screen: cells as people type them, and what counts where nothing is typed."""

import re
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, a_team, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.sla.models import Recalculation
from tresen.staffing.absences import report_absence
from tresen.staffing.covering import cover_team
from tresen.staffing.models import Absence, AbsenceKind, OnCall, RosteredShift
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.queries import coverage_of
from tresen.staffing.rostering import plan_day
from tresen.staffing.timetables import create_timetable

pytestmark = pytest.mark.django_db

WEEK = date(2026, 11, 16)
TUESDAY = WEEK + timedelta(days=1)


@pytest.fixture
def team(lead):
    team = lead.teams.get()
    plan = TimetablePlan(zone="Europe/Berlin", week={day: [("09:00", "17:00")] for day in range(5)})
    timetable = create_timetable(name="Office", plan=plan, by=SYSTEM, at=MONDAY)
    cover_team(team.pk, timetable_id=timetable.timetable_id, by=SYSTEM, at=MONDAY)
    return team


@pytest.fixture
def ada(team):
    return an_agent(team, name="Ada Lang")


def address(team, week=WEEK):
    return f"{reverse('setup-roster')}?team={team.pk}&week={week.isoformat()}"


def cell(agent, day):
    return f"shift-{agent.pk}-{day.isoformat()}"


def fields_of(page):
    cells = re.findall(r'<textarea[^>]* name="(shift-[^"]+)"[^>]*>([^<]*)</textarea>', page)
    shown = re.findall(r'<input[^>]* name="(shown)"[^>]* value="([^"]*)"', page)
    return {name: unescape(value) for name, value in cells + shown}


def shifts():
    return list(RosteredShift.objects.order_by("day", "opens").values_list("agent", "day", "opens", "closes", "zone"))


def test_hours_are_typed_as_they_come_to_mind_and_unchanged_cells_stay_unplanned(by_lead, team, ada):
    typed = {cell(ada, TUESDAY): "8-10, 13:30-16", cell(ada, TUESDAY + timedelta(days=1)): ""}
    assert by_lead.post(address(team), typed).status_code == 302
    assert shifts() == [
        (ada.pk, TUESDAY, "08:00", "10:00", "Europe/Berlin"),
        (ada.pk, TUESDAY, "13:30", "16:00", "Europe/Berlin"),
    ]


@pytest.mark.parametrize("word", ["off", "frei", "libero", "-"])
def test_a_day_off_is_a_word_in_any_language(by_lead, team, ada, word):
    by_lead.post(address(team), {cell(ada, TUESDAY): word})
    assert shifts() == [(ada.pk, TUESDAY, "", "", "Europe/Berlin")]
    assert "nobody" in by_lead.get(address(team)).text


def test_an_emptied_cell_says_nothing_again(by_lead, team, ada):
    plan_day(ada.pk, TUESDAY, [("08:00", "10:00")], team=None, zone="Europe/Berlin", by=SYSTEM, at=MONDAY)
    assert ">08:00-10:00</textarea>" in by_lead.get(address(team)).text
    by_lead.post(address(team), {cell(ada, TUESDAY): " "})
    assert shifts() == []


def test_what_is_wrong_stands_in_its_cell_and_nothing_is_kept(by_lead, team, ada):
    typed = {cell(ada, TUESDAY): "8-10", cell(ada, WEEK): "early"}
    page = by_lead.post(address(team), typed)
    assert page.status_code == 422
    assert f'id="{cell(ada, WEEK)}_error"' in page.text
    assert ">8-10</textarea>" in page.text
    assert shifts() == []


def test_the_grid_says_by_what_each_day_counts_and_who_is_away(by_lead, team, ada):
    plan_day(ada.pk, TUESDAY, [("22:00", "06:00")], team=None, zone="Europe/Berlin", by=SYSTEM, at=MONDAY)
    report_absence(
        ada.pk, AbsenceKind.HOLIDAY, starts=MONDAY + timedelta(days=3), ends=MONDAY + timedelta(days=5),
        hand_over=False, by=SYSTEM, at=MONDAY,
    )  # fmt: skip
    page = by_lead.get(address(team)).text
    assert page.count("by the roster") == 1
    assert "22:00–24:00" in page
    assert "on holiday" in page
    assert 'placeholder="09:00–17:00"' in page


def test_who_is_in_two_teams_is_planned_for_the_one_on_the_screen(by_lead, team, ada):
    other = a_team("Claims")
    other.agents.add(ada)
    by_lead.post(address(team), {cell(ada, TUESDAY): "8-10"})
    assert RosteredShift.objects.get().team_id == team.pk


def test_a_week_is_copied_to_the_week_after(by_lead, team, ada):
    plan_day(ada.pk, TUESDAY, [("08:00", "10:00")], team=None, zone="Europe/Berlin", by=SYSTEM, at=MONDAY)
    answer = by_lead.post(f"{reverse('setup-roster-copy')}?team={team.pk}&week={WEEK.isoformat()}")
    assert "2026-11-23" in answer.headers["Location"]
    assert [day for _agent, day, *_ in shifts()] == [TUESDAY, TUESDAY + timedelta(days=7)]


def test_the_roster_of_a_team_that_is_not_ones_own_does_not_exist(by_lead, team, ada):
    other = a_team("Claims")
    assert by_lead.get(address(other)).status_code == 404
    assert by_lead.post(address(other), {}).status_code == 404


def test_any_day_of_a_week_leads_to_it(by_lead, team, ada):
    assert cell(ada, WEEK) in by_lead.get(address(team, TUESDAY)).text
    assert by_lead.get(f"{reverse('setup-roster')}?week=never").status_code == 200


def test_who_is_on_call_is_entered_by_the_readers_clock_and_removed(by_lead, team, ada):
    entry = {"agent": ada.pk, "starts": "2026-11-21T08:00", "ends": "2026-11-22T08:00"}
    by_lead.post(f"{reverse('setup-on-call')}?team={team.pk}", entry)
    kept = OnCall.objects.get()
    assert (kept.agent_id, kept.starts_at.isoformat()) == (ada.pk, "2026-11-21T07:00:00+00:00")
    assert Recalculation.objects.get().on_call is not None  # claims that run follow
    by_lead.post(f"{reverse('setup-on-call-end', args=[kept.pk])}?team={team.pk}")
    assert not OnCall.objects.exists()
    assert Recalculation.objects.count() == 2


def test_an_incomplete_entry_of_the_on_call_list_is_not_kept(by_lead, team, ada):
    for entry in ({}, {"agent": ada.pk, "starts": "2026-11-21T08:00", "ends": "2026-11-21T08:00"}):
        by_lead.post(f"{reverse('setup-on-call')}?team={team.pk}", entry)
    assert not OnCall.objects.exists()


def test_coverage_follows_what_was_typed(by_lead, team, ada):
    by_lead.post(address(team), {cell(ada, WEEK + timedelta(days=5)): "10-12"})
    saturday = MONDAY.replace(hour=0) + timedelta(days=5)
    hours = coverage_of([team.pk])[team.pk].openings(saturday, saturday + timedelta(days=1))
    assert [(one.hour, other.hour) for one, other in hours] == [(9, 11)]


def beside(route, team, *args):
    return f"{reverse(route, args=args)}?team={team.pk}&week={WEEK.isoformat()}"


@pytest.mark.parametrize("typed", ["8-10", "8 to ten"])
def test_sick_today_leaves_what_was_typed_into_the_grid_there_and_unsaved(by_lead, team, ada, typed):
    page = by_lead.post(beside("setup-roster-sick", team, ada.pk), {cell(ada, TUESDAY): typed})
    assert (page.status_code, shifts()) == (200, [])
    assert Absence.objects.get().agent == ada
    assert f">{typed}</textarea>" in page.text
    assert "data-unsaved" in page.text
    by_lead.post(address(team), fields_of(page.text) | {cell(ada, TUESDAY): "8-10"})
    assert [shift[1:4] for shift in shifts()] == [(TUESDAY, "08:00", "10:00")]


def test_nothing_is_copied_while_what_was_typed_is_not_saved(by_lead, team, ada):
    plan_day(ada.pk, WEEK, [("08:00", "10:00")], team=None, zone="Europe/Berlin", by=SYSTEM, at=MONDAY)
    page = by_lead.post(beside("setup-roster-copy", team), {cell(ada, TUESDAY): "8-10"})
    assert ">8-10</textarea>" in page.text
    assert "Save first" in page.text
    assert [day for _, day, *_ in shifts()] == [WEEK]


def test_an_entry_of_the_on_call_list_leaves_what_was_typed_into_the_grid(by_lead, team, ada):
    entry = {"agent": ada.pk, "starts": "2026-11-21T08:00", "ends": "2026-11-22T08:00", cell(ada, TUESDAY): "8-10"}
    page = by_lead.post(beside("setup-on-call", team), entry)
    assert ">8-10</textarea>" in page.text
    assert shifts() == []
    page = by_lead.post(beside("setup-on-call-end", team, OnCall.objects.get().pk), {cell(ada, TUESDAY): "8-10"})
    assert ">8-10</textarea>" in page.text


def test_what_is_wrong_with_an_on_call_entry_stands_at_it_and_the_form_stays_filled(by_lead, team, ada):
    entry = {"agent": ada.pk, "starts": "2026-11-21T08:00", "ends": "2026-11-20T08:00"}
    page = by_lead.post(beside("setup-on-call", team), entry)
    assert page.status_code == 422
    assert "The end lies before the beginning." in page.text.split('id="on_call_ends_error"')[1]
    assert 'value="2026-11-21T08:00"' in page.text
    page = by_lead.post(beside("setup-on-call", team), entry | {"ends": "2027-03-20T08:00"})
    assert "at most 31 days" in page.text.split('id="on_call_ends_error"')[1]


def test_what_another_lead_changed_since_the_page_was_opened_stays(by_lead, team, ada):
    plan_day(ada.pk, TUESDAY, [("08:00", "10:00")], team=None, zone="Europe/Berlin", by=SYSTEM, at=MONDAY)
    typed = fields_of(by_lead.get(address(team)).text)
    assert typed[cell(ada, TUESDAY)] == "08:00-10:00"
    plan_day(ada.pk, TUESDAY, [("12:00", "14:00")], team=None, zone="Europe/Berlin", by=SYSTEM, at=MONDAY)
    by_lead.post(address(team), typed | {cell(ada, WEEK): "9-11"})
    assert [shift[1:4] for shift in shifts()] == [(WEEK, "09:00", "11:00"), (TUESDAY, "12:00", "14:00")]
    by_lead.post(address(team), typed | {cell(ada, TUESDAY): "15-16"})
    assert shifts()[-1][1:4] == (TUESDAY, "15:00", "16:00")


def comes(store, at, count=1):
    for number in range(count):
        filed(store, a_message(sender=f"m{at:%d%H}{number}@marketplace.amazon.de", at=at))


def test_the_messages_to_expect_stand_below_who_works_and_lead_to_those_of_the_last_weeks(by_lead, team):
    now, store = datetime.now(UTC), a_store(team=team)
    today = now.astimezone(ZoneInfo("Europe/Berlin")).date()
    monday = today - timedelta(days=today.weekday() + 7)
    evening = datetime.combine(monday, time(20), UTC)
    comes(store, evening, count=3)
    comes(store, evening - timedelta(weeks=1), count=1)
    comes(store, evening - timedelta(weeks=9))
    comes(a_store(), evening, count=20)
    page = by_lead.get(address(team, monday)).text
    (below,) = re.findall(
        r'<td class="roster-arrivals">(.*?)</td>', page.split("Messages expected</th>")[1], re.DOTALL
    )[:1]
    assert "≈ 1 message" in below
    assert "17:00–24:00 nobody: ≈ 1" in below
    listed = by_lead.get(re.findall(r'href="([^"]+)"', below)[0]).text
    assert listed.split('id="arrivals"')[1].count("<tr>") == 4
    assert "mean of the last 4 weeks" in page


def test_before_a_first_day_is_over_the_messages_to_expect_are_not_known(by_lead, team):
    page = by_lead.get(address(team)).text
    assert page.count("not known yet") == 7
    assert "once a first day is over" in page
