"""Marking notices as read."""

from datetime import timedelta

import pytest

from tests.alerts.notices import a_notice_to
from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, an_agent
from tresen.alerts.reading import read_about, read_all, read_one
from tresen.sla.models import Notice

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


def unread() -> set[int]:
    return set(Notice.objects.filter(read_at=None).values_list("pk", flat=True))


def test_one_is_read_at_the_first_time_and_nobody_elses_ever() -> None:
    ticket, agent = a_ticket(), an_agent()
    own, strange = a_notice_to(agent, ticket), a_notice_to(an_agent(), ticket)
    read_one(own.pk, agent_id=agent.pk, at=LATER)
    read_one(own.pk, agent_id=agent.pk, at=LATER + timedelta(hours=1))
    read_one(strange.pk, agent_id=agent.pk, at=LATER)
    assert unread() == {strange.pk}
    assert Notice.objects.get(pk=own.pk).read_at == LATER


def test_reading_all_leaves_what_came_after_the_page_was_made() -> None:
    ticket, agent = a_ticket(), an_agent()
    shown, later = a_notice_to(agent, ticket), a_notice_to(agent, ticket, at=LATER)
    assert read_all(agent_id=agent.pk, up_to=MONDAY, at=LATER) == 1
    assert unread() == {later.pk}
    assert shown.pk not in unread()


def test_who_looks_at_the_ticket_has_read_what_was_told_about_it() -> None:
    ticket, agent = a_ticket(), an_agent()
    a_notice_to(agent, ticket)
    other = a_notice_to(agent, a_ticket())
    hidden = a_notice_to(agent, ticket, at=LATER + timedelta(hours=1))
    assert read_about(ticket.pk, agent_id=agent.pk, at=LATER) == 1
    assert unread() == {other.pk, hidden.pk}
