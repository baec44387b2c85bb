"""What a connector gave, in the shape that is filed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories.messages import a_message, understood
from tests.factories.shops import MONDAY, a_store
from tresen.intake.items import item_from

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "problems"),
    [(timedelta(days=7), ()), (timedelta(days=7, seconds=1), ("stamped_long_before",))],
)
def test_a_message_that_counts_from_more_than_a_week_before_it_came_says_so(
    before: timedelta, problems: tuple[str, ...]
) -> None:
    meaning = understood(a_store(), a_message(at=MONDAY - before))
    assert item_from(replace(meaning, received_at=MONDAY)).problems == problems
