from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered, leaves
from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Role
from tresen.sla.defaults import create_defaults
from tresen.sla.editing import add_policy
from tresen.staffing.covering import cover_team
from tresen.staffing.models import Timetable
from tresen.staffing.on_call import put_on_call
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable
from tresen.tickets.models import Ticket
from tresen.workspace.ticket.clock_cards import clock_cards


def test_a_platforms_chip_names_its_limit(ticket):
    cards = clock_cards(ticket, at=MONDAY + timedelta(hours=2))

    assert (cards.platform.chip, cards.lost) == ("Amazon: Late response rate", None)


def test_a_limit_that_is_lost_stays_beside_the_next_one(store):
    ticket = a_ticket(store)

    cards = clock_cards(ticket, at=MONDAY + timedelta(hours=30))

    assert cards.lost.chip == "Amazon: Late response rate"
    assert cards.lost.face.state == "breached"
    assert cards.platform.chip == "Amazon: A-to-z claim possible"
    assert cards.platform.face.state != "breached"
    assert not {cards.lost.key, cards.platform.key} & {card.key for card in cards.others}


def test_a_target_that_was_answered_late_is_no_later_two_days_after(store, screen):
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=1))
    ticket = a_ticket(store)
    leaves(answered(ticket, at=MONDAY + timedelta(hours=14, minutes=9)), at=MONDAY + timedelta(hours=14, minutes=9))

    card = clock_cards(ticket, at=MONDAY + timedelta(days=3)).own
    assert (card.face.state, card.face.left, card.face.ticks) == ("breached", "9 min late", False)
    assert "9 min late, done" in screen.get(reverse("ticket", args=[ticket.pk])).text


@pytest.fixture
def by_hours(store):
    """A ticket with a threat, which counts while its team works and while somebody is on call."""
    week = {day: [("08:00", "20:00")] for day in range(7)}
    day = create_timetable(name="Day", plan=TimetablePlan(zone="UTC", week=week), by=SYSTEM, at=MONDAY)
    cover_team(store.default_team_id, timetable_id=day.timetable_id, by=SYSTEM, at=MONDAY)
    targets = {"first_reply": {"minutes": 15, "hours": "coverage"}}
    add_policy(name="Fast", conditions={}, targets=targets, by=SYSTEM, at=MONDAY)
    put_on_call(an_agent().pk, starts=MONDAY, ends=MONDAY + timedelta(days=1), by=SYSTEM, at=MONDAY)
    filed(store, a_message(at=MONDAY, text="Ich stelle jetzt einen A-bis-z-Antrag!"))
    return Ticket.objects.get(), day.timetable_id


def test_what_a_target_counts_in_leads_whoever_may_set_it_up_to_it(screen, client, team, by_hours):
    ticket, timetable = by_hours
    address = reverse("ticket", args=[ticket.pk])
    named = "Counts while the team works: in the hours of “Day”, version 1."
    ways = [reverse("setup-timetable", args=[timetable]), f"{reverse('setup-roster')}#on-call"]

    plain = screen.get(address).text
    assert named in plain
    assert [way in plain for way in ways] == [False, False]

    client.force_login(an_agent(team, role=Role.LEAD))
    linked = client.get(address).text
    assert f'href="{ways[0]}">{named}</a>' in linked
    assert f'href="{ways[1]}">Counts also while somebody is on call' in linked
    assert client.get(ways[0]).status_code == 200


def test_a_timetable_that_is_retired_is_named_and_leads_nowhere(client, team, by_hours):
    ticket, timetable = by_hours
    Timetable.objects.filter(pk=timetable).update(retired_at=MONDAY)
    client.force_login(an_agent(team, role=Role.LEAD))

    shown = client.get(reverse("ticket", args=[ticket.pk])).text
    assert "in the hours of “Day”, version 1." in shown
    assert reverse("setup-timetable", args=[timetable]) not in shown
