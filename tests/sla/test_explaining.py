"""Each kind of clock tells why it is due when it is, on the ticket's screen and to programs alike."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from tests.api.conftest import program_of
from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store, a_team, an_agent
from tests.sla import edits
from tresen.accounts.actors import SYSTEM
from tresen.channels.cases import CaseKind
from tresen.duties.cases import file_case, move_case
from tresen.duties.models import PromiseKind, RequestKind
from tresen.duties.promising import promise
from tresen.duties.requesting import note_request
from tresen.sla.editing import add_policy
from tresen.sla.overriding import Said, say_for_store
from tresen.staffing.covering import cover_team
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import change_timetable, create_timetable
from tresen.tickets.models import Ticket
from tresen.workspace.ticket.clock_cards import clock_cards

ROME = ZoneInfo("Europe/Rome")
HOUR = timedelta(hours=1)


@pytest.fixture
def team(db):
    return a_team()


@pytest.fixture
def program(team):
    return program_of(an_agent(team, everything=True))


@pytest.fixture
def now(db):
    return timezone.now().replace(microsecond=0)


def policy(now):
    targets = edits.promise(14, resolution=72)
    add_policy(name="Everything", conditions={}, targets=targets, position=1, by=SYSTEM, at=now - timedelta(days=30))


@pytest.fixture
def ticket(team, now):
    policy(now)
    store = a_store(team=team)
    said = Said(limits={"response_rate": 720, "chargeback": 3 * 24 * 60})
    say_for_store(store.pk, said, reason="Peak season", by=SYSTEM, at=now - 2 * HOUR)
    filed(store, a_message(at=now - HOUR))
    return Ticket.objects.get()


def clocks(program, ticket):
    """The clocks that programs get, in Rome and in English."""
    found = program.get(f"/api/v1/tickets/{ticket.public_id}/clocks", {"zone": "Europe/Rome", "language": "en"})
    return found.json()["clocks"]


def told(program, ticket, now, **which):
    """The steps of the one clock that is so, as programs get them; on the screen it has the same."""
    (clock,) = (one for one in clocks(program, ticket) if which.items() <= one.items())
    with timezone.override(ROME), translation.override("en"):
        cards = clock_cards(ticket, at=now)
    shown = {card.key: card for card in [cards.own, cards.platform, *cards.duties, *cards.others] if card}
    sentences = [step["sentence"] for step in clock["steps"]]
    lines = [line.words for line in shown[clock["key"]].lines]
    assert [begin(line) for line in lines] == [begin(line) for line in sentences]
    due = datetime.fromisoformat(clock["due"]).astimezone(ROME).strftime("%H:%M")
    for said in (lines, sentences):
        assert any(line.startswith("Due ") and due in line for line in said), said
    return {step["key"]: step for step in clock["steps"]}


def begin(line):
    """How a sentence begins; its times are written with date and year for programs."""
    return line.split()[0]


def test_our_own_target_names_policy_and_version(program, ticket, now):
    steps = told(program, ticket, now, kind="own")
    assert list(steps)[:4] == ["received", "policy", "target", "due"]
    assert "“Everything” version 1" in steps["policy"]["sentence"]


@pytest.fixture
def office(team, now):
    """Working hours that reach over all days, in their second version, and nobody's coverage."""
    week = {day: [("08:00", "18:00")] for day in range(7)}
    first = create_timetable(name="Kundendienst Berlin", plan=TimetablePlan(zone="UTC", week=week), by=SYSTEM, at=now)
    later = TimetablePlan(zone="UTC", week=week | {6: []})
    return change_timetable(first.timetable_id, plan=later, by=SYSTEM, at=now).timetable_id


def counted_by(hours, team, now):
    add_policy(name="Office", conditions={}, targets=edits.promise(40, hours), by=SYSTEM, at=now - timedelta(days=30))
    filed(a_store(team=team), a_message(at=now - HOUR))
    return Ticket.objects.get()


def test_a_target_in_a_timetables_hours_names_it_with_its_version(program, team, now, office):
    steps = told(program, counted_by(office, team, now), now, kind="own")
    assert list(steps)[:5] == ["received", "policy", "target", "hours", "due"]
    assert steps["target"]["sentence"] == "Target first reply: 40 working hours."
    assert steps["hours"] == {
        "key": "hours",
        "parameters": {"of": "timetable", "name": "Kundendienst Berlin", "version": 2},
        "sentence": "Counts in the hours of “Kundendienst Berlin”, version 2.",
    }


def test_the_teams_hours_are_called_so_also_where_a_policy_could_have_named_the_same_timetable(
    program, team, now, office
):
    cover_team(team.pk, timetable_id=office, by=SYSTEM, at=now)
    steps = told(program, counted_by("coverage", team, now), now, kind="own")
    assert steps["hours"]["parameters"]["of"] == "team"
    assert "while the team works: in the hours of “Kundendienst Berlin”, version 2." in steps["hours"]["sentence"]


def test_what_counts_around_the_clock_names_no_timetable(program, ticket, now):
    steps = told(program, ticket, now, kind="own")
    assert steps["target"]["sentence"] == "Target first reply: 14 h, around the clock."
    assert "hours" not in steps


def test_a_resolution_begins_with_the_tickets_run(program, ticket, now):
    steps = told(program, ticket, now, kind="resolution")
    assert list(steps)[:4] == ["run_began", "policy", "target", "due"]
    assert "“Everything” version 1" in steps["policy"]["sentence"]


def test_a_platforms_limit_names_the_edition_and_who_changed_it_for_the_store_and_why(program, ticket, now):
    steps = told(program, ticket, now, kind="platform", metric="response_rate")
    assert list(steps)[:4] == ["received", "pack", "target", "due"]
    said = (now - 2 * HOUR).astimezone(ROME).strftime("%H:%M")
    assert "Platform rules “amazon" in steps["pack"]["sentence"]
    assert "changed for this store" in steps["pack"]["sentence"]
    assert f"{said}: “Peak season”." in steps["pack"]["sentence"]
    assert steps["pack"]["parameters"]["reason"] == "Peak season"


def test_a_limit_that_the_store_left_alone_names_nobody(program, team, now):
    policy(now)
    filed(a_store(team=team), a_message(at=now - HOUR))
    steps = told(program, Ticket.objects.get(), now, kind="platform", metric="response_rate")
    assert "reason" not in steps["pack"]["parameters"]
    assert "store" not in steps["pack"]["sentence"]


def test_a_case_names_its_rules_until_a_person_sets_another_date(program, ticket, now):
    case = file_case(ticket.pk, kind=CaseKind.CHARGEBACK, by=SYSTEM, at=now - HOUR)
    steps = told(program, ticket, now, kind="case")
    assert list(steps)[:3] == ["duty_began", "duty_pack", "due"]
    assert steps["duty_pack"]["sentence"].startswith("The date follows from “amazon")
    assert "Peak season" in steps["duty_pack"]["sentence"]
    move_case(ticket.pk, case.pk, due=now + 30 * HOUR, by=SYSTEM, at=now)
    steps = told(program, ticket, now, kind="case")
    assert list(steps)[:2] == ["duty_began", "due"]
    assert "duty_pack" not in steps


def test_a_promise_says_when_it_was_given_and_is_due(program, ticket, now):
    promise(ticket.pk, due=now + 5 * HOUR, kind=PromiseKind.PROMISE, what="A new lid", by=SYSTEM, at=now)
    steps = told(program, ticket, now, kind="promise")
    assert list(steps)[:2] == ["duty_began", "due"]
    assert now.astimezone(ROME).strftime("%H:%M") in steps["duty_began"]["sentence"]


def test_a_legal_request_names_the_law_s_edition(program, ticket, now):
    note_request(ticket.pk, kind=RequestKind.ACCESS, received_at=now - HOUR, by=SYSTEM, at=now)
    steps = told(program, ticket, now, kind="legal")
    assert list(steps)[:3] == ["duty_began", "duty_pack", "due"]
    assert steps["duty_pack"]["parameters"]["edition"] in steps["duty_pack"]["sentence"]
