"""What the list of policies says of each."""

import pytest
from django.urls import reverse

from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.sla.editing import add_policy
from tresen.sla.models import Policy
from tresen.sla.queries import listed_policies

pytestmark = pytest.mark.django_db

LIST, NEW = reverse("setup-policies"), reverse("setup-policy-new")
TYPED = {
    "name": "eBay Germany",
    "marketplaces": ["ebay.de"],
    "first_reply_h": "6",
    "first_reply_in": "always",
    "warn_percent": "75",
}


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


def test_a_policy_below_one_that_takes_all_that_would_fit_it_is_marked(by_lead):
    a_store("ebay", "ebay.de")
    add("Marketplaces", {"channels": ["ebay", "kaufland"]}, position=1)
    add("eBay Germany", {"marketplaces": ["ebay.de"]}, position=2)
    assert "Never asked: “Marketplaces” above takes all that would fit it" in by_lead.get(LIST).text


def test_what_a_new_policy_takes_is_shown_before_it_is_saved_also_where_nothing_moves(by_lead):
    a_store("ebay", "ebay.de")
    add("Marketplaces", {"channels": ["ebay"]})
    page = by_lead.post(NEW, TYPED).text
    assert "Before it is saved" in page
    assert "Place 1 of 2 in the list." in page
    assert "It concerns 0 open tickets." in page
    assert "No open clock moves." in page
    assert "Never asked" not in page
    assert Policy.objects.count() == 1

    by_lead.post(NEW, TYPED | {"open_clocks": "keep"})
    assert [one.name for one in listed_policies()] == ["eBay Germany", "Marketplaces"]


def test_a_new_policy_is_given_its_place_and_says_beforehand_that_it_would_never_be_asked_there(by_lead):
    a_store("ebay", "ebay.de")
    add("Marketplaces", {"channels": ["ebay"]})
    assert "1, above “Marketplaces”" in by_lead.get(NEW).text
    page = by_lead.post(NEW, TYPED | {"place": "2"}).text
    assert "Place 2 of 2 in the list." in page
    assert "Never asked: “Marketplaces” above takes all that would fit it" in page
    assert '<input type="hidden" name="place" value="2">' in page


def test_retiring_says_that_nothing_is_asked_where_nothing_moves(by_lead):
    policy = add("eBay", {"channels": ["ebay"]})
    page = by_lead.post(reverse("setup-policy-retirement", args=[policy]), follow=True).text
    assert "“eBay” is retired. Its versions stay readable. No open clock moves." in page


def add(name, conditions, **options):
    targets = {"first_reply": {"minutes": 60, "hours": "always"}}
    return add_policy(name=name, conditions=conditions, targets=targets, by=SYSTEM, at=MONDAY, **options).policy_id
