"""Identities are found by the beginnings of names and keys, each along its index."""

import pytest
from django.db import connection

from tests.factories.shops import MONDAY
from tresen.customers import searching
from tresen.customers.models import Identity
from tresen.customers.searching import identities_like

pytestmark = pytest.mark.django_db


def known(name: str, key: str, channel: str = "ebay") -> Identity:
    return Identity.objects.create(channel=channel, kind="username", key=key, name=name, first_seen_at=MONDAY)


@pytest.fixture
def klein() -> Identity:
    known("Ute Kleinert-Muster", "ute87")
    return known("Matthias Klein", "matthias@mail.example", channel="email")


@pytest.mark.parametrize("text", ["Matthias Klein", "klein mat", "MATTH"])
def test_a_name_is_found_by_the_beginnings_of_its_words_in_any_order(klein: Identity, text: str) -> None:
    assert identities_like(text, keys=[], most=10) == [klein.pk]


def test_the_newest_come_first_and_no_more_than_wanted(klein: Identity) -> None:
    newer = known("Ida Klein", "ida.k")
    assert identities_like("klein", keys=[], most=2) == [newer.pk, klein.pk]


@pytest.mark.parametrize(
    ("keys", "met"), [(["matth"], True), (["m_tth"], False), (["matt"], False), (["%atth"], False)]
)
def test_a_key_is_found_by_its_beginning_of_five_characters(klein: Identity, keys: list[str], *, met: bool) -> None:
    assert identities_like("", keys=keys, most=10) == ([klein.pk] if met else [])


@pytest.mark.parametrize("text", ["", "'", "\\ & | !", "a:*", "%", "12345"])
def test_what_is_no_name_finds_nobody_and_breaks_nothing(klein: Identity, text: str) -> None:
    assert identities_like(text, keys=[], most=10) == []


def test_each_way_of_finding_is_a_walk_along_its_index(klein: Identity) -> None:
    values = {"words": "'klein':*", "starts": ["matth"], "ends": ["matth\U0010ffff"], "most": 10}
    with connection.cursor() as cursor:
        # A table as small as a test's is rather read whole; with bitmaps alone only what can be looked up is.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN {searching._FOUND}", values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    for index in ("customers_by_name", "customers_by_key"):
        assert index in plan, plan
