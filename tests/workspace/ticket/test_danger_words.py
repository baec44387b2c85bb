"""In danger, in a sentence: which limit, and when the work before it must start."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.cases import CaseKind
from tresen.duties.cases import file_case
from tresen.routing.promoting import promote_team
from tresen.tickets.models import Ticket
from tresen.workspace.ticket.danger_words import start_by_words

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
DUE = MONDAY + timedelta(days=1)


def a_ticket(store):
    return Ticket.objects.get(pk=filed(store, a_message())[0].ticket.id)


def test_the_limit_and_the_start_of_the_work_before_it_are_named():
    store = a_store()
    ticket = a_ticket(store)
    promote_team(store.default_team_id, at=DUE - 20 * MINUTE)
    words = start_by_words(ticket, at=DUE - 20 * MINUTE)
    assert words == "To keep Amazon's limit at 09:00 the work before it must start by 08:30."


def test_a_deadline_that_is_not_the_platform_s_is_called_a_deadline():
    store = a_store()
    ticket = a_ticket(store)
    noon = MONDAY + timedelta(hours=3)
    file_case(ticket.pk, kind=CaseKind.RETURN_REQUEST, due=noon, by=SYSTEM, at=MONDAY + MINUTE)
    promote_team(store.default_team_id, at=MONDAY + MINUTE)
    words = start_by_words(ticket, at=MONDAY + MINUTE)
    assert words == "To keep the deadline at 12:00 the work before it must start by 11:30."


def test_before_anybody_has_looked_and_where_no_limit_is_near_nothing_is_said():
    store = a_store()
    ticket = a_ticket(store)
    assert start_by_words(ticket, at=MONDAY) == ""
    promote_team(store.default_team_id, at=MONDAY - timedelta(days=2))
    assert start_by_words(ticket, at=MONDAY) == ""
