import pytest

from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.auditing import record_change
from tresen.accounts.models import SetupChange

pytestmark = pytest.mark.django_db


def test_a_change_says_who_and_when_and_the_machine_is_nobody():
    agent = an_agent()
    record_change("store:1", "renamed", by=Actor.agent(agent.pk), at=MONDAY)
    record_change("store:1", "extended", by=SYSTEM, at=MONDAY, details={"years": 1})
    first, second = SetupChange.objects.order_by("pk")
    assert (first.by, first.at, first.details) == (agent, MONDAY, {})
    assert (second.by, second.details) == (None, {"years": 1})
