"""The parts of all tests."""

import pytest

from checks.sources import ROOT
from tests.postgres_plugin import WITH_SQL, WITHOUT_SQL, kind_of

OWN_SQL = ("batch_cursor(", "connection.cursor(", "RawSQL(", ".raw(", ".extra(")


def test_a_room_whose_tests_run_on_one_version_has_no_sql_of_its_own():
    """One that gets some belongs among those with SQL, so that another version may say something about it."""
    apart = [ROOT / "tresen" / room for room in WITH_SQL]
    found = [
        path
        for room in WITHOUT_SQL
        for path in (ROOT / "tresen" / room).rglob("*.py")
        if any(word in path.read_text() for word in OWN_SQL) and not any(path.is_relative_to(each) for each in apart)
    ]
    assert found == []


def test_a_test_that_asks_the_database_outside_those_rooms_is_of_both(request: pytest.FixtureRequest):
    request.applymarker(pytest.mark.django_db)
    assert kind_of(request.node) == "database"
    request.applymarker(pytest.mark.slow)
    assert kind_of(request.node) == "slow"
