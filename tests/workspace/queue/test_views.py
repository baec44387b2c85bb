import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Role
from tresen.routing.models import Lease, QueuePlace
from tresen.tickets.assigning import move
from tresen.tickets.events import Key
from tresen.tickets.models import Ticket
from tresen.tickets.risking import set_risk
from tresen.tickets.snoozing import snooze
from tresen.tickets.solving import solve

MINUTE = timedelta(minutes=1)


def test_the_queue_begins_with_everything(screen):
    assert screen.get(reverse("queue")).headers["Location"] == reverse("queue-view", args=["all"])


def test_a_row_tells_subject_customer_and_what_is_due(screen, ticket):
    text = screen.get(reverse("queue-view", args=["all"])).text

    assert f'id="row-{ticket.pk}"' in text
    assert "Wo ist mein Paket?" in text
    assert "Petra Muster" in text
    assert "data-due=" in text or "was due" in text


def test_only_its_rows_come_when_more_is_asked_for(screen, store):
    questions = [
        a_message(subject=f"Question {number}", sender=f"b{number}@marketplace.amazon.de", at=MONDAY + MINUTE * number)
        for number in range(60)
    ]
    filed(store, *questions)
    first = screen.get(reverse("queue-view", args=["all"])).text
    more = first.split("?after=")[1].split('"')[0]

    second = screen.get(reverse("queue-view", args=["all"]), {"after": more}, headers={"HX-Request": "true"}).text

    assert first.count('class="row"') == 50
    assert second.count('class="row"') == 10
    assert "<html" not in second


def test_a_made_up_cursor_begins_at_the_top(screen, ticket):
    response = screen.get(reverse("queue-view", args=["all"]), {"after": "invented"})

    assert f'id="row-{ticket.pk}"' in response.text


@pytest.mark.parametrize("view", ["everything", "channel", "team:x", "mine:1"])
def test_a_view_that_there_is_not_is_not_found(screen, view):
    assert screen.get(reverse("queue-view", args=[view])).status_code == 404


def test_counts_stand_beside_the_views(screen, ticket):
    text = screen.get(reverse("queue-counts"), {"at": "mine"}).text

    assert text.count('aria-current="page"') == 1
    assert '<span class="view-count figures">1</span>' in text


def test_next_leases_the_ticket_and_leads_to_it(screen, agent, ticket):
    response = screen.post(reverse("next"))

    assert response.headers["Location"] == reverse("ticket", args=[ticket.pk])
    assert Lease.objects.get().agent_id == agent.pk


def test_next_says_when_nothing_waits(screen):
    response = screen.post(reverse("next"), follow=True)

    assert "Nothing more is waiting for you." in response.text


def test_an_empty_queue_is_a_good_moment(screen):
    text = screen.get(reverse("queue-view", args=["all"])).text

    assert 'data-mood="good"' in text


def test_a_very_long_name_and_markup_in_a_subject_stay_text(screen, store):
    filed(store, a_message(subject="<script>alert(1)</script> & co", name="x" * 180))

    text = screen.get(reverse("queue-view", args=["all"])).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in text
    assert "<script>alert" not in text
    assert Ticket.objects.count() == 1


def test_the_first_words_do_not_repeat_the_subject(screen, store):
    filed(store, a_message(subject="Guten Tag", text="Guten Tag,\nwo ist mein Paket?"))

    text = screen.get(reverse("queue-view", args=["all"])).text

    assert "— wo ist mein Paket?" in text


def test_each_part_of_the_queue_begins_with_its_name_once(screen, store):
    filed(store, *(a_message(sender=f"b{number}@marketplace.amazon.de", at=MONDAY) for number in range(3)))
    threatened, *_ = Ticket.objects.order_by("pk").values_list("pk", flat=True)
    set_risk(threatened, tier=0, reason=Key("a_to_z_threat"), by=SYSTEM, at=MONDAY + MINUTE)

    text = screen.get(reverse("queue-view", args=["all"]), headers={"Accept-Language": "en"}).text

    sections = re.findall(r'class="rows-section"><h2>([^<]+)<|id="row-([0-9]+)"', text)
    assert [name or "row" for name, _ in sections] == ["High risk", "row", "Normal", "row", "row"]
    assert sections[1][1] == str(threatened)


def test_a_section_goes_on_over_the_pages(screen, store):
    filed(store, *(a_message(sender=f"b{number}@marketplace.amazon.de", at=MONDAY) for number in range(60)))
    first = screen.get(reverse("queue-view", args=["all"])).text
    more = first.split("?after=")[1].split('"')[0]

    second = screen.get(reverse("queue-view", args=["all"]), {"after": more}).text

    assert first.count("rows-section") == 1
    assert second.count("rows-section") == 0


def test_why_tells_the_order_too(screen, ticket):
    Ticket.objects.filter(pk=ticket.pk).update(risk_tier=2)
    text = screen.get(reverse("ticket-why", args=[ticket.pk]), headers={"Accept-Language": "en"}).text

    assert "Tier first; within a tier, whatever must be answered earliest." in text


def test_why_says_of_what_is_in_danger_by_which_limit_it_goes(screen, ticket):
    limit = timezone.now() + timedelta(hours=3)
    QueuePlace.objects.filter(ticket=ticket).update(in_danger=True, queue_tier=1, sort_at=limit)
    text = screen.get(reverse("ticket-why", args=[ticket.pk]), headers={"Accept-Language": "en"}).text

    assert "It is in danger: it stands with what is raised, by its limit" in text
    assert "Tier first" not in text


def test_why_never_names_a_time_that_is_past_as_one_to_come(screen, ticket):
    QueuePlace.objects.filter(ticket=ticket).update(act_by=timezone.now() - timedelta(hours=1), queue_tier=2)
    text = screen.get(reverse("ticket-why", args=[ticket.pk]), headers={"Accept-Language": "en"}).text

    assert "whoever sees it answers at once." in text
    assert "It goes by the last minute in which somebody worked" in text
    assert "Here that is" not in text


def test_next_on_what_is_still_mine_says_so(screen, ticket):
    assert "still yours" not in screen.post(reverse("next"), follow=True).text

    response = screen.post(reverse("next"), {"leaving": ticket.pk}, follow=True)

    assert response.redirect_chain[-1][0] == reverse("ticket", args=[ticket.pk])
    assert "This one is still yours: answer it, snooze it, or pass it on." in response.text


def test_next_says_why_it_serves_what_was_put_aside(screen, ticket):
    snooze(ticket.pk, until=timezone.now() + timedelta(days=1), by=SYSTEM, at=timezone.now())
    QueuePlace.objects.filter(ticket=ticket).update(actionable_from=timezone.now())

    assert "It was put aside, but its time runs out soon" in screen.post(reverse("next"), follow=True).text


def test_what_is_solved_says_since_when_and_nothing_of_clocks(screen, ticket):
    solve(ticket.pk, by=SYSTEM, at=MONDAY + timedelta(hours=3))
    text = screen.get(reverse("queue-view", args=["solved"])).text
    assert re.search(r"solved [^<]*\d\d:00", text)
    assert 'class="clock' not in text.split('id="rows"')[1].split("</ol>")[0]


def test_a_channel_of_other_teams_alone_is_not_offered_and_an_old_link_says_so(screen, client, store):
    other = a_store("shopify", "shopify")
    shopify = reverse("queue-view", args=["channel:shopify"])
    client.force_login(an_agent(store.default_team, role=Role.AGENT))
    assert f'href="{shopify}"' not in client.get(reverse("queue-counts")).text
    page = client.get(shopify).text
    assert "Not your team’s" in page
    assert "Nobody is waiting for an answer here" not in page

    filed(other, a_message(at=MONDAY))
    move(Ticket.objects.get().pk, team_id=store.default_team_id, by=SYSTEM, at=MONDAY)

    assert f'href="{shopify}"' in client.get(reverse("queue-counts")).text, "something of it waits with the team"
