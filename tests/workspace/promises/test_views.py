from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tresen.accounts.actors import Actor
from tresen.duties.promising import promise


def test_nothing_promised_is_said(screen):
    assert "Nothing promised" in screen.get(reverse("promises")).text


def test_my_promises_are_listed_and_kept_from_there(screen, agent, ticket):
    now = timezone.now()
    due = now + timedelta(days=1)
    made = promise(ticket.pk, due=due, what="Ersatz am Montag", by=Actor.agent(agent.pk), at=now)
    assert "Ersatz am Montag" in screen.get(reverse("promises")).text
    screen.post(reverse("duty-end", args=[ticket.pk]), {"duty": f"promise:{made.pk}"})
    assert "Nothing promised" in screen.get(reverse("promises")).text
