"""What the list of policies says of each."""

import pytest
from django.urls import reverse

from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.sla.editing import add_policy

pytestmark = pytest.mark.django_db

LIST = reverse("setup-policies")


@pytest.mark.parametrize(
    ("tiers", "words"),
    [
        ([0], "while the team works and while somebody is on call"),
        ([], "while the team works, at risk tier 0 also while somebody is on call"),
        ([1, 2], "15 min, while the team works<"),
    ],
)
def test_covered_minutes_are_said_to_count_while_somebody_is_on_call(by_lead, tiers, words):
    covered = {"first_reply": {"minutes": 15, "hours": "coverage"}}
    add_policy(name="Claims", conditions={"risk_tiers": tiers} if tiers else {}, targets=covered, by=SYSTEM, at=MONDAY)
    assert words in by_lead.get(LIST).text
