"""The soak of `python -m tests.soak`, small: platforms fail, workers die, and all is right in the end."""

from pathlib import Path

import pytest

from tests.servers.web import database_url
from tests.soak.soaking import Size, soak

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(600)]

# Amazon tells of a change two minutes late, which a short soak has no time for.
SMALL = Size(
    lasts=30,
    platforms=("ebay", "mirakl", "shopify"),
    stores=3,
    sales=6,
    kill_every=8,  # a slow machine takes some seconds to start a worker, which must come to do something
    answers=2,
    a_second=3,
    told_after=2,
    recovers=True,
    patience=400,
)


def test_all_is_as_the_platforms_know_it_in_the_end(home: Path) -> None:
    said: list[str] = []

    outcome = soak(SMALL, home, database=database_url(), say=said.append)

    assert outcome.wrong == [], said
    assert outcome.took < SMALL.patience, said
    assert outcome.refused == 0
    assert min(outcome.happened["orders"], outcome.happened["questions"], outcome.webhooks) > 0
    assert sum(outcome.deaths.values()) >= 1
    assert outcome.came_to["answers"].get("accepted")
