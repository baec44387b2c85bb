"""What reaches an agent outside of the screens, and what nobody has accepted."""

from django.urls import reverse

from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.models import Agent, Role
from tresen.alerts.handing_over import Receiver, offer
from tresen.alerts.models import Preference


def test_an_agent_says_what_comes_by_mail(screen, agent):
    text = screen.get(reverse("notices-preferences")).text
    assert "No mail leaves yet" in text
    given = {"mailed": ["warnings"], "rhythm": "hourly", "most": 4, "within": 20, "quiet": ""}
    assert screen.post(reverse("notices-preferences"), given).status_code == 302
    kept = Preference.objects.get(agent=agent)
    assert (kept.mailed, kept.rhythm, kept.most, kept.within, kept.quiet) == (["warnings"], "hourly", 4, 20, False)


def test_what_is_wrong_is_said(screen):
    assert screen.post(reverse("notices-preferences"), {"rhythm": "never"}).status_code == 422


def test_what_nobody_has_accepted_is_for_leads(screen, agent, ticket):
    receiver = an_agent(ticket.team, name="Tom Braun")
    offer(ticket.pk, to=Receiver(agent=receiver.pk), note="Bitte bis Donnerstag.", giver_id=agent.pk, at=MONDAY)
    assert screen.get(reverse("notices-offers")).status_code == 404
    Agent.objects.filter(pk=agent.pk).update(role=Role.LEAD)
    text = screen.get(reverse("notices-offers")).text
    assert "Tom Braun" in text
    assert "Bitte bis Donnerstag." in text
