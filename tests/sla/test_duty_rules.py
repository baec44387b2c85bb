"""When a case or what the law asks for is due."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.shops import a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.rule_files import all_rule_packs
from tresen.sla.duty_rules import case_due, case_rules, legal_due, legal_rules
from tresen.sla.overriding import Said, say_for_store

WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("platform", "marketplace", "kind", "filed_at", "after"),
    [
        ("amazon", "amazon.de", "a_to_z", WEDNESDAY, timedelta(hours=72)),
        ("amazon", "amazon.com", "information_request", WEDNESDAY, timedelta(hours=72)),
        ("amazon", "amazon.com.au", "a_to_z", WEDNESDAY, timedelta(hours=48)),
        ("amazon", "amazon.it", "return_request", FRIDAY, timedelta(hours=24)),
        ("amazon", "amazon.de", "chargeback", WEDNESDAY, timedelta(days=7)),
        ("amazon", "amazon.de", "appeal", WEDNESDAY, timedelta(days=30)),
        ("ebay", "ebay.de", "item_not_received", FRIDAY, timedelta(days=5)),
        ("ebay", "ebay.de", "return_arrived", WEDNESDAY, timedelta(days=2)),
        ("walmart", "walmart.com", "authority_complaint", FRIDAY, timedelta(hours=1)),
        ("paypal", "", "claim", WEDNESDAY, timedelta(days=10)),
        ("klarna", "", "unauthorised", WEDNESDAY, timedelta(days=7)),
        ("klarna", "", "dispute", WEDNESDAY, timedelta(days=21)),
    ],
)
def test_a_case_is_due_by_its_platforms_pack(platform, marketplace, kind, filed_at, after):
    due = case_due(platform, marketplace=marketplace, kind=kind, filed_at=filed_at)

    assert due is not None
    assert due.at - filed_at == after
    assert due.rule.edition.startswith(f"{platform} ")


def test_a_case_nobody_sets_a_time_for_has_none():
    assert case_due("shopify", kind="chargeback", filed_at=WEDNESDAY) is None
    assert case_due("amazon", marketplace="amazon.de", kind="dispute", filed_at=WEDNESDAY) is None
    assert case_rules("amazon", kind="a_to_z", at=datetime(2019, 1, 1, tzinfo=UTC)) == ()


def test_a_month_of_the_law_ends_with_the_month_where_it_has_no_such_day():
    due = legal_due("access_request", "de", received_at=datetime(2027, 1, 31, 9, tzinfo=UTC))

    assert due is not None
    assert due.at == datetime(2027, 2, 28, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("place", "edition"),
    [
        ("de", "legal eu 2018-05-25"),
        ("amazon.it", "legal eu 2018-05-25"),
        ("ebay.co.uk", "legal gb 2018-05-25"),
        ("amazon.com", "legal us_ca 2020-01-01"),
        ("", "legal eu 2018-05-25"),
        ("nowhere", "legal eu 2018-05-25"),
    ],
)
def test_the_law_of_the_buyers_place_counts_and_else_the_strictest(place, edition):
    assert {rule.edition for rule in legal_rules(place, at=WEDNESDAY)} == {edition}


def test_a_withdrawal_is_refunded_in_fourteen_days():
    due = legal_due("withdrawal_refund", "de", received_at=WEDNESDAY)

    assert due is not None
    assert due.at == WEDNESDAY + timedelta(days=14)
    assert legal_due("no_such_duty", "de", received_at=WEDNESDAY) is None


def test_every_rule_for_duties_can_be_counted():
    for packs in all_rule_packs():
        for edition in packs.editions:
            for cliff in edition.cliffs:
                for kind in (*cliff.applies_to.cases, *cliff.applies_to.requests):
                    rule = case_rules(packs.platform, marketplace=edition.region, kind=kind, at=WEDNESDAY)[0]
                    assert rule.due(WEDNESDAY) > WEDNESDAY


@pytest.mark.django_db
def test_what_a_store_says_counts_for_its_cases_filed_from_then_on():
    store = a_store()
    said = Said(limits={"information_request": 24 * 60, "chargeback": None})
    version = say_for_store(store.pk, said, reason="Agreed", by=SYSTEM, at=WEDNESDAY)

    def due(kind, filed_at):
        return case_due("amazon", marketplace="amazon.de", kind=kind, filed_at=filed_at, store=store.pk)

    later = WEDNESDAY + timedelta(hours=1)
    assert due("a_to_z", later).at == later + timedelta(hours=24)
    assert due("a_to_z", later).rule.edition == f"amazon 2020-07-01 +{version.pk}"
    assert due("chargeback", later) is None
    assert due("return_request", later).at == later + timedelta(hours=24)
    earlier = WEDNESDAY - timedelta(hours=1)
    assert due("a_to_z", earlier).at == earlier + timedelta(hours=72)
