"""The board on screen: every number leads to as many tickets as it says."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.factories.messages import a_message, filed
from tests.factories.replies import answered, leaves
from tests.factories.shops import a_store, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.models import Role
from tresen.board.models import SharedFigures
from tresen.board.weekends import coming_weekend, exposed
from tresen.channels.cases import CaseKind
from tresen.duties.cases import file_case
from tresen.routing.leasing import next_for
from tresen.sla.defaults import create_defaults
from tresen.sla.watching import Watch, sweep
from tresen.staffing.rostering import plan_day
from tresen.stores.granting import scope_of
from tresen.tickets.assigning import assign
from tresen.tickets.models import Ticket

HOUR = timedelta(hours=1)
FIGURE = re.compile(r'<a class="figure[^"]*" id="figure-([^"]*)" href="(/queue/[^"]*)"[^>]*>.*?<span>([\d,.]*)</span>')


@pytest.fixture
def tickets(store, team):
    """Tickets of two channels, some of them late."""
    now = timezone.now()
    create_defaults(by=SYSTEM, at=now - timedelta(days=30))
    ebay = a_store("ebay", "ebay.de", team=team)
    found = []
    for number, hours in enumerate((30, 20, 13.5, 10.5, 5, 1)):
        sender = f"b{number}@marketplace.amazon.de"
        filing, *_ = filed(ebay if number % 3 == 1 else store, a_message(sender=sender, at=now - hours * HOUR))
        found.append(filing.ticket.id)
    sweep(Watch(), now)
    return found


def test_every_number_leads_to_as_many_tickets_as_it_says(screen, tickets, agent):
    assign(tickets[0], assignee_id=agent.pk, by=SYSTEM, at=timezone.now())
    page = screen.get(reverse("board")).text

    shown = FIGURE.findall(page)
    assert len(shown) > 70
    for name, address, many in shown:
        rows = screen.get(address.replace("&amp;", "&")).text.count('class="row"')
        assert rows == int(many), name
    counted = {name: int(many) for name, _, many in shown}
    assert counted["open-"] == counted["open-amazon"] + counted["open-ebay"] == 6
    assert counted["platform-missed-"] == 1
    assert counted[f"agent-{agent.pk}"] == 1


def test_an_empty_scope_sees_no_number_of_anybody(blind_screen, tickets):
    page = blind_screen.get(reverse("board")).text

    assert "You see no stores yet" in page
    assert FIGURE.findall(page) == []


def test_another_team_sees_its_own_numbers_alone(client, tickets):
    other = a_store("ebay", "ebay.de")
    colleague = an_agent(other.default_team)
    client.force_login(colleague)

    page = client.get(reverse("board")).text

    assert [many for name, _, many in FIGURE.findall(page) if name == "open-"] == ["0"]
    assert "figure-open-amazon" not in page


def test_who_holds_a_ticket_is_named_with_it(screen, tickets, agent):
    held = next_for(agent.pk, scope=scope_of(agent), at=timezone.now())

    page = screen.get(reverse("board")).text

    assert agent.name in page.split("board-people-title")[2]
    assert f">#{held}</a>" in page


def test_the_figures_alone_come_when_they_are_asked_for_again(screen, tickets):
    part = screen.get(reverse("board"), headers={"HX-Request": "true"}).text

    assert "<html" not in part
    assert "figure-open-" in part


def test_a_wall_has_no_rail_and_keeps_asking_as_a_wall(screen, tickets):
    page = screen.get(reverse("board"), {"wall": "1"}).text

    assert "data-wall" in page
    assert f'data-refreshes="{reverse("board")}?wall=1"' in page


def test_many_who_look_are_shown_what_was_counted_once(screen, tickets):
    screen.get(reverse("board"))
    made = SharedFigures.objects.get(name="now").made_at
    screen.get(reverse("board"))

    assert SharedFigures.objects.get(name="now").made_at == made


ANSWERS = re.compile(r'id="figure-answers-([^"]*)" href="([^"]*)"[^>]*><span>(\d+)</span>')


def test_the_numbers_of_answers_lead_to_just_those_answers(screen, tickets, agent):
    now = timezone.now()
    for day in (now.date() - timedelta(days=1), now.date()):
        plan_day(agent.pk, day, [("00:00", "24:00")], team=None, zone="UTC", by=SYSTEM, at=now)
    for ticket, ago in ((tickets[4], 2 * HOUR), (tickets[5], HOUR / 2)):
        delivery = answered(Ticket.objects.get(pk=ticket), by=Actor.agent(agent.pk), at=now - ago)
        leaves(delivery, at=now - ago)
    shown = ANSWERS.findall(screen.get(reverse("board")).text)
    assert {name: int(many) for name, _, many in shown} == {"all": 2, f"1-{agent.pk}": 1, f"3-{agent.pk}": 2}
    for _, address, many in shown:
        rows = screen.get(address.replace("&amp;", "&")).text.split('id="answers"')[1].count("<tr>")
        assert rows == int(many)


def test_nobody_is_shown_answers_that_they_may_not_see(blind_screen, tickets, agent):
    now = timezone.now()
    leaves(answered(Ticket.objects.get(pk=tickets[5]), by=Actor.agent(agent.pk), at=now - HOUR), at=now - HOUR)
    page = blind_screen.get(reverse("board-answers"))
    assert page.status_code == 200
    assert 'id="answers"' not in page.text


def test_any_number_for_the_moment_is_an_answer(screen, tickets):
    for moment in ("0", "9" * 18, "soon"):
        assert screen.get(reverse("board-answers"), {"since": moment}).status_code == 200


PLAIN = re.compile(r'<td class="number[^"]*"[^>]*>\s*(?:<span[^>]*>)?([\d.,]+)<')


def of_part(page, part):
    return page.split(f'id="{part}"')[1].split("</section>")[0]


@pytest.mark.parametrize("part", ["board-pace", "board-weekend"])
def test_a_lead_finds_every_number_of_the_outlook_to_be_a_link(client, tickets, team, part):
    lead = an_agent(team, role=Role.LEAD)
    client.force_login(lead)
    shown = of_part(client.get(reverse("board")).text, part)
    assert PLAIN.findall(shown) == []
    for address in set(re.findall(r'href="([^"]+)"', shown)):
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address
    assert f"{reverse('setup-roster')}?week=" in shown


@pytest.mark.parametrize("part", ["board-pace", "board-weekend", "board-strip"])
def test_who_may_not_see_the_roster_finds_no_link_to_it(screen, tickets, part):
    shown = of_part(screen.get(reverse("board")).text, part)
    assert reverse("setup-roster") not in shown
    for address in set(re.findall(r'href="([^"]+)"', shown)):
        assert screen.get(address.replace("&amp;", "&")).status_code == 200, address


def test_what_is_expected_leads_to_the_messages_by_which_it_is(screen, store):
    now = timezone.now()
    create_defaults(by=SYSTEM, at=now - timedelta(days=90))
    for day in range(1, 36):
        filed(store, a_message(sender=f"d{day}@marketplace.amazon.de", at=now - timedelta(days=day)))
    weekend = coming_weekend(now)
    days = exposed(weekend)
    for number, exposure in enumerate(days):
        for what, many in (("messages", exposure.messages), ("limits", exposure.limits)):
            page = screen.get(reverse("board-expected", args=[what]), {"day": number}).text
            listed = page.split('id="arrivals"')[1].count("<tr>") if 'id="arrivals"' in page else 0
            assert round(listed / weekend.weeks(number)) == many
    every = screen.get(reverse("board-expected", args=["messages"])).text
    assert every.split('id="arrivals"')[1].count("<tr>") == sum(sum(one.messages) for one in weekend.expected)


def test_earlier_messages_are_shown_in_scope_only(blind_screen, store):
    now = timezone.now()
    for day in range(1, 15):
        filed(store, a_message(sender=f"d{day}@marketplace.amazon.de", at=now - timedelta(days=day)))
    for what in ("messages", "limits"):
        assert 'id="arrivals"' not in blind_screen.get(reverse("board-expected", args=[what])).text
    assert blind_screen.get(reverse("board-expected", args=["anything"])).status_code == 404
    assert blind_screen.get(reverse("board-arrivals", args=[store.default_team_id, 0])).status_code == 404


def test_a_teams_weekday_leads_to_what_came_on_it(screen, store):
    now = timezone.now()
    for day in range(1, 15):
        filed(store, a_message(sender=f"d{day}@marketplace.amazon.de", at=now - timedelta(days=day)))
    yesterday = (now - timedelta(days=1)).weekday()
    page = screen.get(reverse("board-arrivals", args=[store.default_team_id, yesterday])).text
    assert page.split('id="arrivals"')[1].count("<tr>") == 2
    assert screen.get(reverse("board-arrivals", args=[store.default_team_id, 7])).status_code == 404


def test_of_a_weekend_that_has_begun_the_open_limits_are_named_beside_the_expected_ones(client, tickets, team):
    client.force_login(an_agent(team))
    weekend = coming_weekend(timezone.now())
    left = sum(day.left for day in exposed(weekend))
    page = client.get(reverse("board-expected", args=["limits"])).text
    shown = re.findall(r'id="weekend-left" href="([^"]+)">(\d+) ', page)
    assert [int(many) for _, many in shown] == ([left] if left else [])
    for address, many in shown:
        assert client.get(address.replace("&amp;", "&")).text.count('class="row"') == int(many)


def test_one_answer_in_next_to_no_work_is_no_pace(screen, tickets, agent):
    now = timezone.now()
    plan_day(agent.pk, now.date(), [(f"{now:%H:%M}", "24:00")], team=None, zone="UTC", by=SYSTEM, at=now)
    leaves(answered(Ticket.objects.get(pk=tickets[-1]), at=now), at=now)
    with time_machine.travel(now + timedelta(minutes=2), tick=False):
        shown = of_part(screen.get(reverse("board")).text, "board-pace")
    assert "too little to tell a pace by" in shown
    assert "pace-answers-" not in shown


def test_what_was_answered_before_the_shift_began_tells_no_pace(screen, tickets, agent):
    morning = timezone.now().replace(hour=8, minute=30) + timedelta(days=1)
    plan_day(agent.pk, morning.date(), [("08:00", "16:00")], team=None, zone="UTC", by=SYSTEM, at=morning)
    for ticket, ago in ((tickets[4], 2 * HOUR), (tickets[5], HOUR / 4)):
        delivery = answered(Ticket.objects.get(pk=ticket), by=Actor.agent(agent.pk), at=morning - ago)
        leaves(delivery, at=morning - ago)
    for later, words in ((0 * HOUR, "1</span></a> answers in"), (8 * HOUR, "It is nobody’s shift now")):
        with time_machine.travel(morning + later, tick=False):
            assert words in of_part(screen.get(reverse("board")).text, "board-pace")


def test_a_case_due_after_tomorrow_is_found_from_the_board(screen, tickets):
    now = timezone.now()
    for ticket, hours in ((tickets[1], 60), (tickets[0], 26)):
        file_case(ticket, kind=CaseKind.RETURN_REQUEST, due=now + hours * HOUR, by=SYSTEM, at=now)
    page = screen.get(reverse("board")).text

    shown = {name: (address, int(many)) for name, address, many in FIGURE.findall(page)}
    assert [shown[f"cases-{channel}"][1] for channel in ("", "amazon", "ebay")] == [2, 1, 1]
    assert shown["duty-24-"][1] == 0
    rows = re.findall(r'data-ticket="(\d+)"', screen.get(shown["cases-"][0]).text)
    assert [int(row) for row in rows] == [tickets[0], tickets[1]]
