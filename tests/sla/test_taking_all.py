"""Which policy leaves nothing to which: said where it is certain, never guessed."""

from datetime import UTC, datetime

import pytest

from tests.factories.shops import a_store
from tresen.accounts.actors import SYSTEM
from tresen.sla.conditions import parse_conditions
from tresen.sla.editing import add_policy
from tresen.sla.queries import listed_policies
from tresen.sla.taking_all import StorePlace, stores_that_fit, takes_all_of

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STORES = [
    StorePlace(store=1, channel="ebay", marketplace="ebay.de", brand=1),
    StorePlace(store=2, channel="amazon", marketplace="amazon.de", brand=1),
    StorePlace(store=3, channel="amazon", marketplace="amazon.it", brand=2),
]
EUROS = {"at_least": 5000, "currency": "EUR"}


@pytest.mark.parametrize(
    ("below", "above", "takes"),
    [
        ({"channels": ["ebay"]}, {}, True),
        ({}, {"channels": ["amazon", "ebay"]}, False),  # a store of another channel may come
        ({"channels": ["ebay"]}, {"channels": ["ebay", "kaufland"]}, True),
        ({"marketplaces": ["ebay.de"]}, {"channels": ["ebay", "kaufland"]}, True),
        ({"stores": [1]}, {"marketplaces": ["ebay.de"]}, True),
        ({"channels": ["amazon"]}, {"marketplaces": ["amazon.de"]}, False),
        ({"brands": [2]}, {"channels": ["amazon"]}, False),
        ({"channels": ["ebay", "kaufland"]}, {"marketplaces": ["ebay.de"]}, False),
        ({"marketplaces": ["ebay.it"]}, {"channels": ["ebay"]}, False),  # no such store: nobody can tell
        ({"channels": ["ebay"], "risk_tiers": [0]}, {"risk_tiers": [0, 1]}, True),
        ({"channels": ["ebay"]}, {"channels": ["ebay"], "risk_tiers": [0]}, False),
        ({"tags": ["b2b"]}, {"tags": ["b2b", "urgent"]}, True),
        ({"tags": ["b2b", "urgent"]}, {"tags": ["b2b"]}, False),
        ({"order_value": {"at_least": 9000, "currency": "EUR"}}, {"order_value": EUROS}, True),
        ({"order_value": {"at_least": 9000, "currency": "GBP"}}, {"order_value": EUROS}, False),
        ({"order_value": {"at_most": 9000, "currency": "EUR"}}, {"order_value": EUROS}, False),
        ({"lines": {"at_least": 2, "at_most": 3}}, {"lines": {"at_most": 5}}, True),
        ({"pre_sale": True}, {"pre_sale": False}, False),
        ({"pre_sale": True}, {"pre_sale": True}, True),
    ],
)
def test_a_policy_takes_all_of_another_only_where_that_is_certain(below, above, takes):
    lower, upper = parse_conditions(below), parse_conditions(above)
    at_lower, at_upper = stores_that_fit(lower, STORES), stores_that_fit(upper, STORES)
    assert takes_all_of(lower, upper, at_below=at_lower, at_above=at_upper) == takes


@pytest.mark.django_db
def test_a_new_policy_is_put_above_the_first_that_would_leave_nothing_for_it():
    a_store("ebay", "ebay.de")
    day = {"first_reply": {"minutes": 1440, "hours": "always"}}

    def add(name, conditions, **options):
        add_policy(name=name, conditions=conditions, targets=day, by=SYSTEM, at=AT, **options)

    add("VIPs", {"segments": ["vip"]})
    add("Marketplaces", {"channels": ["ebay", "kaufland"]})
    add("Rest", {})
    add("eBay Germany", {"marketplaces": ["ebay.de"]})
    assert [one.name for one in listed_policies()] == ["VIPs", "eBay Germany", "Marketplaces", "Rest"]
    add("Too late", {"marketplaces": ["ebay.de"], "tags": ["b2b"]}, position=4)
    assert [one.hidden_by for one in listed_policies()] == ["", "", "", "eBay Germany", ""]
