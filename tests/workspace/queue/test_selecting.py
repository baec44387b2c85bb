import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, a_team, an_agent
from tresen.routing.models import QueuePlace
from tresen.routing.placing import MARK_AT_PLATFORM
from tresen.tickets.models import Status, Ticket
from tresen.tickets.queries import tags_of


@pytest.fixture
def tickets(store, ticket):
    """Three buyers who wait for an answer."""
    for number in (2, 3):
        sender = f"other{number}@marketplace.amazon.de"
        filed(store, a_message(sender=sender, subject=f"Frage {number}", at=MONDAY))
    return list(Ticket.objects.order_by("pk"))


def _chosen(screen, tickets):
    """The form as the browser fills it from the rows."""
    page = screen.get(reverse("queue-view", args=["all"])).text
    shown = dict(re.findall(r'data-ticket="(\d+)" data-message="(\d+)"', page))
    numbers = [str(ticket.pk) for ticket in tickets]
    return {"tickets": ",".join(numbers), "seen": ",".join(shown.get(number, "") for number in numbers)}


def _act(screen, tickets, verb, **more):
    return screen.post(reverse("selection"), {"verb": verb, **_chosen(screen, tickets), **more}, follow=True).text


def _undo(screen, page):
    """What the button of the toast gives back."""
    given = dict(re.findall(r'<input type="hidden" name="(verb|tickets|before)" value="([^"]*)">', page))
    return screen.post(reverse("selection"), given, follow=True).text


def _owing():
    return set(QueuePlace.objects.exclude(task=MARK_AT_PLATFORM).values_list("ticket_id", flat=True))


def test_taking_leaves_alone_what_somebody_has(screen, agent, team, tickets):
    Ticket.objects.filter(pk=tickets[1].pk).update(assignee=an_agent(team))

    page = _act(screen, tickets, "take")

    assert "2 of 3: taken; 1 not, because somebody has them already." in page
    assert Ticket.objects.filter(assignee=agent).count() == 2
    _undo(screen, page)
    assert not Ticket.objects.filter(assignee=agent).exists()


def test_several_are_given_to_a_colleague_and_back_to_whom_they_were(screen, agent, team, tickets):
    colleague = an_agent(team, everything=True)
    Ticket.objects.filter(pk=tickets[0].pk).update(assignee=agent)

    page = _act(screen, tickets, f"assign:{colleague.pk}")

    assert "3 tickets: assigned." in page
    assert Ticket.objects.filter(assignee=colleague).count() == 3
    _undo(screen, page)
    assert [ticket.assignee_id for ticket in Ticket.objects.order_by("pk")] == [agent.pk, None, None]


def test_nobody_is_given_what_they_do_not_see(screen, tickets):
    stranger = an_agent(a_team("Others"))

    assert "3 not, because this colleague does not see them." in _act(screen, tickets, f"assign:{stranger.pk}")


def test_snoozing_several_has_a_way_back(screen, tickets):
    Ticket.objects.filter(pk=tickets[0].pk).update(status=Status.SOLVED)

    page = _act(screen, tickets, "snooze")

    assert "2 of 3: snoozed until tomorrow; 1 not, because they rest already or are solved." in page
    assert Ticket.objects.filter(status=Status.SNOOZED).count() == 2
    _undo(screen, page)
    assert not Ticket.objects.filter(status=Status.SNOOZED).exists()


def test_nothing_is_snoozed_beyond_a_limit_of_others_with_many(screen, tickets):
    now = timezone.now()
    QueuePlace.objects.filter(ticket=tickets[0]).update(limit_due=now + timedelta(minutes=1))

    page = _act(screen, tickets, "snooze")

    assert "2 of 3: snoozed until tomorrow; 1 not, because a limit of theirs runs out before that." in page
    assert not Ticket.objects.filter(pk=tickets[0].pk, status=Status.SNOOZED).exists()


def test_several_get_a_tag_and_only_those_lose_it_again(screen, tickets):
    _act(screen, tickets[:1], "tag", tag="Lager")

    page = _act(screen, tickets, "tag", tag=" Lager ")

    assert "2 of 3: tag added; 1 not, because they have this tag already." in page
    _undo(screen, page)
    assert [len(tags_of(ticket.pk)) for ticket in tickets] == [1, 0, 0]
    assert "The tag is empty." in _act(screen, tickets, "tag", tag=" ")


def test_several_need_no_response_and_need_one_again(screen, tickets):
    page = _act(screen, tickets[:2], "waive:thanks")

    assert "2 tickets: no response needed." in page
    assert _owing() == {tickets[2].pk}
    assert "2 not, because no answer is owed there." in _act(screen, tickets[:2], "waive:thanks")
    _undo(screen, page)
    assert _owing() == {ticket.pk for ticket in tickets}


def test_what_nobody_read_is_not_waived(screen, store, tickets):
    chosen = _chosen(screen, tickets[1:])
    late = a_message(
        sender="other2@marketplace.amazon.de", subject="Frage 2", text="Doch!", at=MONDAY + timedelta(minutes=5)
    )
    filed(store, late)

    page = screen.post(reverse("selection"), {"verb": "solve:spam", **chosen}, follow=True).text

    assert "1 of 2: solved; 1 not, because a message came in that you have not read." in page
    assert _owing() == {tickets[0].pk, tickets[1].pk}


def test_solving_takes_what_owes_nothing_and_the_rest_for_a_reason(screen, tickets):
    _act(screen, tickets[:1], "waive:thanks")

    page = _act(screen, tickets, "solve")
    assert "1 of 3: solved; 2 not, because an answer is still owed there." in page

    page = _act(screen, tickets, "solve:duplicate")
    assert "2 of 3: solved; 1 not, because they are solved already." in page
    assert Ticket.objects.filter(status=Status.SOLVED).count() == 3
    _undo(screen, page)
    assert set(Ticket.objects.filter(status=Status.OPEN)) == set(tickets[1:])
    assert _owing() == {tickets[1].pk, tickets[2].pk}


def test_what_an_agent_does_not_see_is_not_touched(screen):
    filed(a_store(team=a_team("Others")), a_message())
    hidden = Ticket.objects.get()

    assert "1 not, because you do not see them any more." in _act(screen, [hidden], "take")

    hidden.refresh_from_db()
    assert hidden.assignee_id is None


@pytest.mark.parametrize("verb", ["delete", "waive", "waive:whim", "solve:whim", "assign:me", "open_again"])
def test_nonsense_is_refused_in_words(screen, verb):
    given = {"verb": verb, "tickets": "all" if verb == "open_again" else "1", "before": "noon"}

    assert "Choose some rows first." in screen.post(reverse("selection"), given, follow=True).text


def test_what_can_be_done_to_chosen_rows_comes_after_the_page(screen, agent, ticket):
    page = screen.get(reverse("queue-view", args=["all"])).text
    bar = screen.get(reverse("selection-bar")).text

    assert f'hx-get="{reverse("selection-bar")}"' in page
    assert "assign:" not in page
    assert f'value="assign:{agent.pk}"' in bar
    assert "<html" not in bar
