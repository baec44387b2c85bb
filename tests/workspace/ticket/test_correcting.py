from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Role
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.tickets.models import Ticket


@pytest.fixture
def breached(store):
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    filed(store, a_message(at=MONDAY))
    return Ticket.objects.get()


def strike(client, ticket, **given):
    return client.post(reverse("correction", args=[ticket.pk]), {"sure": "on"} | given, follow=True)


def key(ticket):
    return f"own:{ticket.messages.get().pk}"


@pytest.mark.parametrize("role", [Role.LEAD, Role.ADMIN])
def test_a_lead_strikes_out_a_clock_and_the_ledger_keeps_what_it_said(screen, agent, breached, role):
    type(agent).objects.update(role=role)
    assert reverse("correction", args=[breached.pk]) in screen.get(reverse("ticket", args=[breached.pk])).text

    strike(screen, breached, clock=key(breached), reason="wrong_hours")

    assert Clock.objects.get(key=key(breached)).outcome == "void"
    event = breached.events.get(kind="clock_voided")
    assert event.facts["outcome"] == "breached"
    assert event.facts["due"].startswith("2026-11-16T23:00")
    assert event.actor_id == agent.pk


def test_an_agent_strikes_nothing_out(screen, breached):
    assert strike(screen, breached, clock=key(breached), reason="spam").status_code == 404
    assert not breached.events.filter(kind="clock_voided").exists()
    assert reverse("correction", args=[breached.pk]) not in screen.get(reverse("ticket", args=[breached.pk])).text


@pytest.mark.parametrize("given", [{"clock": "own:0"}, {"clock": "x"}, {"reason": "mood"}, {"clock": ""}, {"sure": ""}])
def test_what_is_no_clock_or_no_reason_is_refused(screen, agent, breached, given):
    type(agent).objects.update(role=Role.LEAD)

    page = strike(screen, breached, **({"clock": key(breached), "reason": "spam"} | given))

    assert 'data-tone="late"' in page.text
    assert not breached.events.filter(kind="clock_voided").exists()
