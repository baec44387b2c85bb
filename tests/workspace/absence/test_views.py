"""“Jana is sick”: by herself or by her lead, with a preview, in one click, and with a way back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from tests.factories.messages import a_message, filed
from tests.factories.shops import an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Role
from tresen.staffing.absences import report_absence
from tresen.staffing.models import Absence, AbsenceKind
from tresen.tickets.assigning import assign
from tresen.tickets.models import Ticket
from tresen.workspace.absence.listing import ReliefShown, told, when_words

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def jana(team):
    return an_agent(team, name="Jana Petersen")


@pytest.fixture
def lead_screen(client, team):
    client.force_login(an_agent(team, role=Role.LEAD, name="Lea Lang"))
    return client


@pytest.fixture
def her_ticket(store, jana):
    filed(store, a_message(at=NOW - HOUR))
    ticket = Ticket.objects.get()
    assign(ticket.pk, assignee_id=jana.pk, by=SYSTEM, at=NOW - HOUR)
    return ticket


def test_a_preview_says_what_would_go_to_whom_and_changes_nothing(lead_screen, jana, her_ticket):
    page = lead_screen.get(reverse("absence", args=[jana.pk])).text
    assert "1 ticket needs an answer" in page
    assert "Lea Lang" in page
    assert not Absence.objects.exists()
    assert Ticket.objects.get().assignee_id == jana.pk


def test_one_click_reports_her_sick_until_the_day_ends_and_offers_a_way_back(lead_screen, jana, her_ticket):
    page = lead_screen.post(reverse("absence-today", args=[jana.pk]), {"next": reverse("queue")}, follow=True)
    absence = Absence.objects.get()
    assert (absence.kind, absence.hand_over_at is not None) == ("sick", True)
    assert absence.ends_at - absence.starts_at <= timedelta(days=1)
    assert "Jana Petersen is away. 1 ticket goes to others: 1 to Lea Lang." in page.text
    lead_screen.post(reverse("absence-withdrawal", args=[absence.pk]), {"next": reverse("queue")})
    lead_screen.post(reverse("absence-withdrawal", args=[absence.pk]), {"next": reverse("queue")})
    assert not Absence.objects.exists()


def test_days_are_whole_by_the_clock_of_who_is_away(lead_screen, jana):
    days = {"kind": "holiday", "first_day": "2031-03-29", "last_day": "2031-03-30", "hand_over": "on"}
    assert lead_screen.post(reverse("absence", args=[jana.pk]), days).status_code == 302
    absence = Absence.objects.get()
    # The clock in Berlin goes forward in that night: two days are 47 hours.
    assert absence.starts_at.isoformat() == "2031-03-28T23:00:00+00:00"
    assert absence.ends_at - absence.starts_at == 47 * HOUR
    assert absence.hand_over_at == absence.starts_at


def test_part_of_a_day_and_no_end_can_be_said(lead_screen, jana):
    part = {
        "kind": "other",
        "first_day": "2031-05-05",
        "first_time": "10:00",
        "last_day": "2031-05-05",
        "last_time": "12:00",
    }
    lead_screen.post(reverse("absence", args=[jana.pk]), part)
    open_end = {"kind": "sick", "first_day": "2031-06-01", "last_day": ""}
    lead_screen.post(reverse("absence", args=[jana.pk]), open_end)
    first, second = Absence.objects.order_by("starts_at")
    assert (first.ends_at - first.starts_at, first.hand_over_at, second.ends_at) == (2 * HOUR, None, None)


@pytest.mark.parametrize("last", ["2031-05-04", "not a day"])
def test_what_is_wrong_stands_at_its_field(lead_screen, jana, last):
    days = {"kind": "sick", "first_day": "2031-05-05", "last_day": last}
    page = lead_screen.post(reverse("absence", args=[jana.pk]), days)
    assert page.status_code == 422
    assert "id_last_day_error" in page.text
    assert not Absence.objects.exists()


def test_an_agent_says_it_herself_and_of_nobody_else(client, team, jana):
    client.force_login(jana)
    client.post(reverse("absence-today", args=[jana.pk]))
    assert Absence.objects.get().changed_by_id == jana.pk
    other = an_agent(team)
    for name in ("absence", "absence-today"):
        assert client.post(reverse(name, args=[other.pk])).status_code == 404


def test_a_lead_of_other_teams_is_told_that_there_is_no_such_page(client, jana):
    absence = report_absence(jana.pk, AbsenceKind.SICK, starts=NOW, ends=None, hand_over=False, by=SYSTEM, at=NOW)
    client.force_login(an_agent(role=Role.LEAD))
    assert client.get(reverse("absence", args=[jana.pk])).status_code == 404
    for name in ("absence-end", "absence-withdrawal"):
        assert client.post(reverse(name, args=[absence.pk])).status_code == 404
    assert Absence.objects.get() == absence


def test_who_is_back_is_back_at_once(lead_screen, jana):
    absence = report_absence(
        jana.pk, AbsenceKind.SICK, starts=NOW - HOUR, ends=None, hand_over=False, by=SYSTEM, at=NOW - HOUR
    )
    lead_screen.post(reverse("absence-end", args=[absence.pk]))
    absence.refresh_from_db()
    assert absence.ends_at is not None


def test_the_way_back_leads_nowhere_else(lead_screen, jana):
    answer = lead_screen.post(reverse("absence-today", args=[jana.pk]), {"next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == reverse("home")


def test_a_toast_says_how_many_go_to_others_and_how_many_back_to_the_queue():
    gone = ReliefShown(count=5, to=(), nobody=5)
    assert told("Deniz", gone) == "Deniz is away. 5 tickets that nobody can take now go back to the queue."
    both = ReliefShown(count=4, to=(("Jana", 2), ("Tom", 1)), nobody=1)
    assert told("Deniz", both) == (
        "Deniz is away. 3 tickets go to others: 2 to Jana, 1 to Tom."
        " 1 ticket that nobody can take now goes back to the queue."
    )
    assert told("Deniz", ReliefShown(count=0, to=(), nobody=0)) == "Deniz is away."


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("2026-11-29 08:59", "2026-11-30 00:00", "Sun, 29 Nov from 08:59"),
        ("2026-11-29 00:00", "2026-11-30 00:00", "Sun, 29 Nov"),
        ("2026-11-29 08:59", "2026-12-02 00:00", "Sun, 29 Nov 08:59 – Tue, 1 Dec"),
        ("2026-11-25 00:00", "2026-11-28 00:00", "Wed, 25 Nov – Fri, 27 Nov"),
        ("2026-11-29 00:00", "2026-11-29 12:00", "Sun, 29 Nov until 12:00"),
        ("2026-11-29 10:00", "2026-11-29 12:00", "Sun, 29 Nov 10:00 – 12:00"),
        ("2026-11-29 10:00", "2026-11-30 12:00", "Sun, 29 Nov 10:00 – Mon, 30 Nov 12:00"),
    ],
)
def test_an_absence_ends_with_its_last_day(starts, ends, words):
    berlin = ZoneInfo("Europe/Berlin")
    begins, over = (datetime.fromisoformat(one).replace(tzinfo=berlin) for one in (starts, ends))
    assert when_words(Absence(starts_at=begins, ends_at=over), berlin) == words
