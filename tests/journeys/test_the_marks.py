"""The marks of a row in the queue: none is cut, however many there are and however narrow the list is."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.factories.shops import an_agent
from tests.journeys.conftest import SignIn
from tresen.accounts.models import Role
from tresen.stores.models import Store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MARKS = """() => [...document.querySelectorAll('.row .badge')].map((mark) => {
  const [box, row] = [mark, mark.closest('.row')].map((one) => one.getBoundingClientRect());
  const details = mark.closest('.row-details').getBoundingClientRect();
  const within = box.top >= row.top && box.bottom <= row.bottom && box.right <= details.right + 1;
  return { words: mark.innerText, within, fits: mark.scrollWidth <= mark.clientWidth + 1, width: box.width,
           place: [box.left, box.top, box.right, box.bottom] };
})"""
"""Of each mark in the list: whether it lies within its row and its words within it."""


def marks(page: Page, width: int) -> list[dict[str, Any]]:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/styleguide/")
    found: list[dict[str, Any]] = page.evaluate(MARKS)
    return found


def overlap(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("width", [390, 760, 1000, 1440])
def test_no_mark_is_cut(store: Store, signed_in: SignIn, width: int) -> None:
    page = signed_in(an_agent(store.default_team, role=Role.ADMIN))
    found = marks(page, width)

    assert len(found) == 18
    assert [one for one in found if not (one["within"] and one["fits"] and one["width"] > 0)] == []
    places = [one["place"] for one in found]
    assert not any(overlap(one, other) for place, one in enumerate(places) for other in places[place + 1 :])
    assert all(one["words"] for one in found), "an icon alone still says its words to who listens"
