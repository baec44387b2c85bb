from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests.factories.replies import answered
from tests.factories.shops import MONDAY, a_team, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.routing.models import Lease, Skip
from tresen.tickets.assigning import assign
from tresen.tickets.queries import tags_of


def post(screen, route, ticket, **given):
    response = screen.post(reverse(route, args=[ticket.pk]), given, follow=True)
    ticket.refresh_from_db()
    return response.text


def test_a_ticket_is_assigned_and_given_back(screen, agent, ticket):
    text = post(screen, "assignment", ticket, assignee=agent.pk)
    assert ticket.assignee_id == agent.pk
    assert "Jana Meier took this ticket" in text

    post(screen, "assignment", ticket, assignee="")
    assert ticket.assignee_id is None


def test_a_colleague_who_has_left_is_said_so(screen, team, ticket):
    gone = an_agent(team)
    gone.is_active = False
    gone.save()

    text = post(screen, "assignment", ticket, assignee=gone.pk)

    assert ticket.assignee_id is None
    assert "This colleague is not here any more." in text


def test_a_ticket_moved_out_of_sight_leads_on(screen, ticket):
    other = a_team("Returns")

    text = post(screen, "team", ticket, team=other.pk)

    assert ticket.team_id == other.pk
    assert ticket.subject not in text
    assert "Moved." in text


def test_tags_are_put_on_and_taken_off(screen, ticket):
    post(screen, "tag", ticket, name="  DHL   Verlust ")
    (tag,) = tags_of(ticket.pk)
    assert tag.name == "DHL Verlust"

    post(screen, "tag-removal", ticket, tag=tag.pk)
    assert tags_of(ticket.pk) == []


def test_a_tag_too_long_is_refused_in_words(screen, ticket):
    text = post(screen, "tag", ticket, name="x" * 41)

    assert tags_of(ticket.pk) == []
    assert 'data-tone="late"' in text


def test_the_risk_tier_is_set_by_hand(screen, ticket):
    text = post(screen, "risk", ticket, tier=0)

    assert (ticket.risk_tier, ticket.risk_reason) == (0, "by_hand")
    assert "set by hand" in text


def test_passing_on_gives_the_lease_back_and_leads_on(screen, agent, ticket):
    screen.get(reverse("ticket", args=[ticket.pk]))

    text = post(screen, "skip", ticket, reason="language")

    assert not Lease.objects.exists()
    assert Skip.objects.get().agent_id == agent.pk
    assert f"#{ticket.pk} is passed on: Not my language" in text


def test_whoever_gets_what_was_passed_on_reads_who_did_and_why_until_it_is_answered(client, team, screen, ticket):
    post(screen, "skip", ticket, reason="needs_expert")
    page = reverse("ticket", args=[ticket.pk])
    words = "Jana Meier passed this ticket on: Needs somebody who knows more"
    assert words in screen.get(page).text
    assert "passed this ticket on," not in screen.get(page).text

    client.force_login(an_agent(team, name="Tom Richter"))
    assert words in client.get(page).text
    assert "Jana Meier passed this ticket on, " in client.get(page).text

    answered(ticket, at=timezone.now() + timedelta(minutes=1))
    assert words in client.get(page).text
    assert "passed this ticket on, " not in client.get(page).text


def test_whoever_goes_back_to_the_list_is_told_whose_it_is_now(screen, agent, ticket):
    page = screen.post(reverse("release", args=[ticket.pk]), {"to": "list"}, follow=True).text
    assert "Given back: others may be given it now." in page

    assign(ticket.pk, assignee_id=agent.pk, by=SYSTEM, at=MONDAY)
    page = screen.post(reverse("release", args=[ticket.pk]), {"to": "list"}, follow=True).text
    assert "Closed: it stays yours." in page


def test_closing_a_ticket_gives_its_lease_back(screen, ticket):
    screen.get(reverse("ticket", args=[ticket.pk]))

    response = screen.post(reverse("release", args=[ticket.pk]))

    assert response.status_code == 204
    assert not Lease.objects.exists()
