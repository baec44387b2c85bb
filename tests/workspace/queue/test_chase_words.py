"""A row that comes up because a partner has not answered names the partner, and a promise of ours stays one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests.factories.mailboxes import a_mailbox
from tests.factories.partners import a_partner, asked
from tests.factories.replies import waived
from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.duties.promising import promise
from tresen.partners.models import Partner
from tresen.sla.defaults import create_defaults
from tresen.tickets.snoozing import wake_due

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)


@pytest.fixture
def waiting(ticket):
    """A ticket that owes nothing but to chase a partner on Wednesday."""
    create_defaults(zone="Europe/Berlin", country="DE", region="BE", by=SYSTEM, at=MONDAY)
    a_mailbox(ticket.store)
    waived(ticket, at=MONDAY + timedelta(minutes=5))
    asked(ticket, a_partner(name="Lager Nord"))
    wake_due(WEDNESDAY)
    return ticket


def listed(screen):
    return screen.get(reverse("queue-view", args=["all"])).text


def test_the_partner_to_chase_is_named(screen, waiting):
    page = listed(screen)
    assert "chase Lager Nord" in page
    assert "keep your promise" not in page


def test_a_name_that_is_too_long_for_a_phone_is_cut_and_told_whole(screen, waiting):
    name = "Logistikzentrum Nordrhein-Westfalen Versand und Retouren"
    Partner.objects.update(name=name)
    page = listed(screen)
    assert "chase Logistikzentrum Nordrhein-W…" in page
    assert name in page


def test_a_promise_that_is_due_before_comes_first(screen, waiting):
    promise(waiting.pk, due=WEDNESDAY + timedelta(hours=1), by=SYSTEM, at=MONDAY + timedelta(hours=2))
    assert "keep your promise" in listed(screen)
    assert "chase Lager Nord" not in listed(screen)
