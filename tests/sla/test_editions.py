"""An edition's name in the ledger means for ever what counted when it was recorded."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.shops import MONDAY
from tresen.channels.limits import Within
from tresen.channels.rule_files import all_rule_packs, load_rule_packs
from tresen.sla import editions, packs
from tresen.sla.editions import edition_named, keep_editions, newest_numbers
from tresen.sla.models import RuleEdition

pytestmark = pytest.mark.django_db
AMAZON = "amazon 2020-07-01"
KAUFLAND = "kaufland de 2026-01-01"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """What a process has read stays true in a database that stays; a test's is thrown away."""
    editions._known.clear()
    packs._known.clear()
    yield
    editions._known.clear()
    packs._known.clear()


def limit_of(name: str, key: str) -> timedelta:
    edition = edition_named(name)
    assert edition is not None
    limit = next(cliff.limit for cliff in edition.pack.cliffs if cliff.key == key)
    assert isinstance(limit, Within)
    return limit.allowed


def test_every_edition_is_kept_once_under_the_name_of_its_file() -> None:
    assert keep_editions(at=MONDAY) == sum(len(one.editions) for one in all_rule_packs())
    assert keep_editions(at=MONDAY + timedelta(days=1)) == 0
    assert set(newest_numbers().values()) == {1}


def test_what_was_kept_reads_as_its_file() -> None:
    keep_editions(at=MONDAY)
    for one in all_rule_packs():
        for pack in one.editions:
            kept = edition_named(pack.name)
            assert kept is not None
            assert kept.pack == pack


def test_an_upgrade_that_says_something_else_changes_no_past() -> None:
    keep_editions(at=MONDAY)
    row = RuleEdition.objects.get(name=AMAZON)
    row.contents["cliffs"][0]["limit"]["within"] = "12 h"  # as if the file had said so before an upgrade
    row.save()

    assert keep_editions(at=MONDAY) == 1

    assert limit_of(AMAZON, "response_rate") == timedelta(hours=12)
    assert limit_of(f"{AMAZON} r2", "response_rate") == timedelta(hours=24)
    assert newest_numbers()[AMAZON] == 2


def test_a_source_that_was_checked_again_is_no_other_rule() -> None:
    keep_editions(at=MONDAY)
    row = RuleEdition.objects.get(name=AMAZON)
    row.contents |= {"checked": "2026-01-01", "sources": ["elsewhere"]}
    row.contents["cliffs"][0]["title"] = "Rate"
    row.save()

    assert keep_editions(at=MONDAY) == 0


def test_holidays_that_other_data_know_change_no_past() -> None:
    keep_editions(at=MONDAY)
    row = RuleEdition.objects.get(name=KAUFLAND)
    row.contents["closed"]["working_days"].remove("2026-12-25")  # as if the older data had not known Christmas
    row.save()

    assert keep_editions(at=MONDAY) == 1

    before_christmas = datetime(2026, 12, 24, 9, tzinfo=UTC)
    due = {}
    for name in (KAUFLAND, f"{KAUFLAND} r2"):
        edition = edition_named(name)
        assert edition is not None
        due[name] = dict(edition.hours)["working_days"].add(before_christmas, timedelta(hours=24))
    assert due[KAUFLAND] == datetime(2026, 12, 25, 9, tzinfo=UTC)
    assert due[f"{KAUFLAND} r2"] == datetime(2026, 12, 28, 9, tzinfo=UTC)


def test_holidays_are_kept_on_before_the_known_years_end() -> None:
    keep_editions(at=MONDAY)
    years_on = MONDAY.replace(year=2028)

    assert keep_editions(at=years_on) == 0
    assert keep_editions(at=years_on.replace(year=2029)) == len(load_rule_packs("kaufland").editions)


def test_before_anything_was_kept_the_file_is_asked() -> None:
    assert limit_of(AMAZON, "response_rate") == timedelta(hours=24)
    assert edition_named("amazon 1999-01-01") is None
    assert edition_named("") is None
