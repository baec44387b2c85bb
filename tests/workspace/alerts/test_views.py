"""The bell and the page behind it."""

from datetime import UTC, datetime, timedelta

from django.urls import reverse

from tests.alerts.notices import a_notice_to
from tests.factories.shops import MONDAY, an_agent
from tresen.sla.models import Clock, Notice


def test_the_bell_tells_how_many_are_unread(screen, agent, ticket):
    assert "rail-count" not in screen.get(reverse("notices-bell")).text
    a_notice_to(agent, ticket)
    text = screen.get(reverse("notices-bell")).text
    assert ">1</b>" in text
    assert "1 unread" in text


def test_a_notice_leads_to_its_ticket_and_says_why(screen, agent, ticket):
    clock = Clock.objects.filter(ticket=ticket, kind="platform").order_by("due")[0]
    a_notice_to(agent, ticket, clock=clock.key, kind="breached")
    text = screen.get(reverse("notices")).text
    assert reverse("ticket", args=[ticket.pk]) in text
    assert "Wo ist mein Paket?" in text
    assert "limit passed without an answer" in text


def test_somebody_elses_notices_are_not_shown(screen, ticket):
    a_notice_to(an_agent(), ticket)
    assert "Nothing new" in screen.get(reverse("notices")).text


def test_a_read_one_is_gone_from_the_unread_but_not_from_all(screen, agent, ticket):
    notice = a_notice_to(agent, ticket)
    answer = screen.post(reverse("notices-reading"), {"notice": notice.pk, "unread": "1"})
    assert answer.headers["Location"] == f"{reverse('notices')}?unread"
    assert "Nothing new" in screen.get(reverse("notices"), {"unread": ""}).text
    assert ticket.subject in screen.get(reverse("notices")).text


def test_all_are_read_at_once(screen, agent, ticket):
    a_notice_to(agent, ticket)
    a_notice_to(agent, ticket)
    later = a_notice_to(agent, ticket, at=MONDAY + timedelta(days=365 * 100))
    up_to = datetime.now(UTC).isoformat()
    assert "2 notices are read." in screen.post(reverse("notices-reading"), {"up_to": up_to}, follow=True).text
    assert list(Notice.objects.filter(read_at=None)) == [later]


def test_opening_the_ticket_reads_what_was_told_about_it(screen, agent, ticket):
    a_notice_to(agent, ticket)
    screen.get(reverse("ticket", args=[ticket.pk]))
    assert not Notice.objects.filter(read_at=None).exists()


def test_the_next_page_is_fetched_alone(screen, agent, ticket):
    for _ in range(45):
        a_notice_to(agent, ticket)
    first = screen.get(reverse("notices")).text
    more = first.split("?after=")[1].split('"')[0]
    second = screen.get(f"{reverse('notices')}?after={more}", headers={"HX-Request": "true"}).text
    assert first.count('class="notice"') == 40
    assert second.count('class="notice"') == 5
    assert "<html" not in second
