from django.urls import reverse

from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store, a_team
from tresen.tickets.models import Status, Ticket


def test_taking_leaves_alone_what_somebody_has(screen, agent, store, ticket):
    filed(store, a_message(sender="other@marketplace.amazon.de", subject="Zweite Frage"))
    other = Ticket.objects.exclude(pk=ticket.pk).get()
    Ticket.objects.filter(pk=other.pk).update(assignee=agent)

    response = screen.post(reverse("selection"), {"verb": "take", "tickets": f"{ticket.pk},{other.pk}"}, follow=True)

    ticket.refresh_from_db()
    assert ticket.assignee_id == agent.pk
    assert "Done with 1 ticket." in response.text
    assert f'name="tickets" value="{ticket.pk}"' in response.text


def test_snoozing_several_has_a_way_back(screen, ticket):
    screen.post(reverse("selection"), {"verb": "snooze", "tickets": str(ticket.pk)})
    ticket.refresh_from_db()
    assert ticket.status == Status.SNOOZED

    screen.post(reverse("selection"), {"verb": "wake", "tickets": str(ticket.pk)})
    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN


def test_what_an_agent_does_not_see_is_not_touched(screen):
    filed(a_store(team=a_team("Others")), a_message())
    hidden = Ticket.objects.get()

    screen.post(reverse("selection"), {"verb": "take", "tickets": str(hidden.pk)})

    hidden.refresh_from_db()
    assert hidden.assignee_id is None


def test_nonsense_is_refused_in_words(screen):
    response = screen.post(reverse("selection"), {"verb": "delete", "tickets": "all"}, follow=True)

    assert "Choose some rows first." in response.text
