"""Rules that nobody has looked up for long."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.shops import a_store
from tresen.channels.rule_files import LAW, load_rule_packs
from tresen.sla.ageing import TOO_OLD, is_old, old_rules

pytestmark = pytest.mark.django_db
AMAZON = load_rule_packs("amazon").editions[0]
CHECKED = datetime(AMAZON.checked.year, AMAZON.checked.month, AMAZON.checked.day, tzinfo=UTC)


def test_rules_are_old_when_they_were_checked_more_than_180_days_ago() -> None:
    assert not is_old(AMAZON, CHECKED + TOO_OLD)
    assert is_old(AMAZON, CHECKED + TOO_OLD + timedelta(days=1))


def test_only_what_counts_for_a_store_of_ours_and_the_law_are_named() -> None:
    a_store("amazon", "amazon.de")
    years_on = CHECKED + timedelta(days=400)

    old = old_rules(years_on)

    assert {(one.platform, one.region) for one in old} == {
        ("amazon", ""),
        (LAW, "European Union"),
        (LAW, "United Kingdom"),
        (LAW, "California"),
    }
    assert old_rules(CHECKED) == []
