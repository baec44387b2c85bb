"""Before an edit is saved it is asked what happens to open clocks, with what would move."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.replies import a_ticket
from tests.factories.shops import a_store
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent, TeamMembership
from tresen.sla.editing import add_policy
from tresen.sla.models import Clock, Policy, PolicyVersion, Recalculation
from tresen.sla.recalculating import recalculate
from tresen.staffing.models import TimetableVersion
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable, make_default
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db

LIST = reverse("setup-policies")


def moment() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def promise(hours: int) -> dict[str, object]:
    return {"first_reply": {"minutes": hours * 60, "hours": "always"}}


def typed(hours: int, **more: str) -> dict[str, str]:
    return {"name": "All", "first_reply_h": str(hours), "first_reply_in": "always", **more}


@pytest.fixture
def policy() -> int:
    return add_policy(
        name="All", conditions={}, targets=promise(8), by=SYSTEM, at=moment() - timedelta(days=9)
    ).policy_id


@pytest.fixture
def ticket(policy: int, lead: Agent) -> Ticket:
    store = a_store("console", "")
    TeamMembership.objects.create(team=store.default_team, agent=lead)
    return a_ticket(store, at=moment() - timedelta(hours=2), subject="Wo ist meine Lampe?")


def test_an_edit_asks_with_what_would_move_and_saves_nothing_yet(by_lead: Client, policy: int, ticket: Ticket) -> None:
    page = by_lead.post(reverse("setup-policy", args=[policy]), typed(6)).text
    for words in ("Keep them", "Count from now", "As if from the start", "no breach disappears"):
        assert words in page
    assert "It concerns 1 open ticket." in page
    assert "1 clock is due earlier" in page
    assert reverse("ticket", args=[ticket.pk]) in page
    assert 'name="first_reply_h" value="6"' in page
    assert PolicyVersion.objects.count() == 1


def test_what_is_chosen_is_done_by_the_worker_and_can_be_read_afterwards(
    by_lead: Client, lead: Agent, policy: int, ticket: Ticket
) -> None:
    sent = typed(6, open_clocks="from_start")
    assert by_lead.post(reverse("setup-policy", args=[policy]), sent).headers["Location"] == LIST
    assert "Waiting for the worker" in by_lead.get(LIST).text
    while recalculate(moment()):
        pass
    due = Clock.objects.get(ticket=ticket, kind="own").due
    assert due == Clock.objects.get(ticket=ticket, kind="own").started_at + timedelta(hours=6)
    history = by_lead.get(reverse("setup-policy-versions", args=[policy])).text
    for words in ("As if from the start", "1 clock is due earlier", lead.name):
        assert words in history


def test_keeping_is_done_at_once_and_told_in_the_history(by_lead: Client, policy: int, ticket: Ticket) -> None:
    before = Clock.objects.get(ticket=ticket, kind="own").due
    by_lead.post(reverse("setup-policy", args=[policy]), typed(6, open_clocks="keep"))
    assert recalculate(moment()) == 0
    assert Clock.objects.get(ticket=ticket, kind="own").due == before
    assert "Keep them" in by_lead.get(reverse("setup-policy-versions", args=[policy])).text


def test_one_goes_back_to_the_form_with_all_that_was_typed(by_lead: Client, policy: int, ticket: Ticket) -> None:
    page = by_lead.post(reverse("setup-policy", args=[policy]), typed(6, edit_again="1")).text
    assert 'id="id_first_reply_h"' in page
    assert 'value="6"' in page
    assert PolicyVersion.objects.count() == 1


@pytest.mark.usefixtures("ticket")
@pytest.mark.parametrize("route", ["setup-policy-off", "setup-policy-retirement"])
def test_switching_off_and_retiring_ask_too(by_lead: Client, policy: int, route: str) -> None:
    page = by_lead.post(reverse(route, args=[policy])).text
    assert "1 clock ends without a target" in page
    assert Policy.objects.get(pk=policy).enabled
    by_lead.post(reverse(route, args=[policy]), {"open_clocks": "from_now"})
    assert Recalculation.objects.get().mode == "from_now"


@pytest.mark.usefixtures("ticket")
def test_another_order_asks_too(by_lead: Client, policy: int) -> None:
    other = add_policy(name="Other", conditions={}, targets=promise(4), position=99, by=SYSTEM, at=moment()).policy_id
    order = {"order": f"{other},{policy}"}
    assert "1 clock is due earlier" in by_lead.post(reverse("setup-policies-order"), order).text
    by_lead.post(reverse("setup-policies-order"), order | {"open_clocks": "from_start"})
    assert list(Policy.objects.order_by("position").values_list("name", flat=True)) == ["Other", "All"]


def test_nobody_is_asked_where_no_open_clock_is_concerned(by_lead: Client, policy: int) -> None:
    assert by_lead.post(reverse("setup-policy", args=[policy]), typed(6)).status_code == 302
    assert Recalculation.objects.get().mode == "keep"


def test_an_unknown_choice_is_asked_again(by_lead: Client, policy: int, ticket: Ticket) -> None:
    page = by_lead.post(reverse("setup-policy", args=[policy]), typed(6, open_clocks="whatever")).text
    assert "What happens to open clocks?" in page
    assert ticket.subject in page
    assert PolicyVersion.objects.count() == 1


def test_examples_are_only_what_the_lead_may_see(by_lead: Client, policy: int) -> None:
    elsewhere = a_ticket(a_store("console", ""), at=moment() - timedelta(hours=2), subject="Geheim")
    page = by_lead.post(reverse("setup-policy", args=[policy]), typed(6)).text
    assert "1 clock is due earlier" in page
    assert elsewhere.subject not in page


AROUND = TimetablePlan(zone="UTC", week={day: [("00:00", "24:00")] for day in range(7)})


def a_timetable(name: str = "Round") -> int:
    return create_timetable(name=name, plan=AROUND, by=SYSTEM, at=moment() - timedelta(days=9)).timetable_id


def counted(by: int | str, lead: Agent) -> Ticket:
    """A ticket whose target counts in these hours."""
    said = {"first_reply": {"minutes": 8 * 60, "hours": by}}
    add_policy(name="By hours", conditions={}, targets=said, by=SYSTEM, at=moment() - timedelta(days=9))
    store = a_store("console", "")
    TeamMembership.objects.create(team=store.default_team, agent=lead)
    return a_ticket(store, at=moment() - timedelta(hours=2))


def test_a_timetable_is_saved_with_a_choice_for_what_counts_by_it(by_lead: Client, lead: Agent) -> None:
    timetable = a_timetable()
    counted(timetable, lead)
    address = reverse("setup-timetable", args=[timetable])
    sent = {"name": "Round", "zone": "UTC", "day_0": "9-10"}
    page = by_lead.post(address, sent).text
    assert "1 clock is due later" in page
    assert by_lead.post(address, sent | {"edit_again": "1"}).text.count('id="id_day_0"') == 1
    assert TimetableVersion.objects.filter(timetable=timetable).count() == 1
    by_lead.post(address, sent | {"open_clocks": "from_start"})
    edit = Recalculation.objects.get()
    assert (edit.reason, edit.mode) == ("timetable", "from_start")
    assert edit.timetable_version == TimetableVersion.objects.filter(timetable=timetable).latest("number")


def test_who_works_when_is_saved_with_a_choice_for_what_counts_while_the_team_works(
    by_lead: Client, lead: Agent
) -> None:
    make_default(a_timetable(), by=SYSTEM, at=moment() - timedelta(days=9))
    ticket = counted("coverage", lead)
    short = TimetablePlan(zone="UTC", week={0: [("09:00", "10:00")]})
    hours = create_timetable(name="Short", plan=short, by=SYSTEM, at=moment() - timedelta(days=9)).timetable_id
    sent = {f"team_{ticket.team_id}": str(hours)}
    assert "1 clock is due later" in by_lead.post(reverse("setup-coverage"), sent).text
    by_lead.post(reverse("setup-coverage"), sent | {"open_clocks": "from_now"})
    edit = Recalculation.objects.get()
    assert (edit.reason, edit.mode, edit.teams) == ("coverage", "from_now", [ticket.team_id])
