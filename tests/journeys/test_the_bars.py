"""What lies above the page pushes it down by as much: the strip of a demo, an offered chat, no connection."""

import time
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import SignIn
from tresen.accounts.models import Agent
from tresen.stores.models import Store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STRIP = "document.body.insertAdjacentHTML('afterbegin', '<p class=\"demo-mark\"><span>Demo</span></p>')"
OFFER = """document.body.insertAdjacentHTML('beforeend',
  '<div class="chats"><section class="chat-offer"><p>Ida</p></section></div>')"""
NO_LINE = "document.querySelector('.offline').hidden = false"
PATIENCE = 10
"""Seconds: the heights of bars are measured by the page, a moment after they are there."""
EDGES = """() => ['.demo-mark', '.chat-offer', '.offline:not([hidden])', '.frame']
  .flatMap((one) => [...document.querySelectorAll(one)])
  .map((one) => one.getBoundingClientRect()).map((box) => [Math.round(box.top), Math.round(box.bottom)])"""
"""From where to where each of the bars goes, and the page below them."""


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(
    "bars", [(STRIP,), (OFFER,), (STRIP, OFFER), (STRIP, NO_LINE), (STRIP, OFFER, NO_LINE)], ids=len
)
def test_bars_cover_nothing_and_leave_no_gap(
    store: Store, agent: Agent, signed_in: SignIn, width: int, bars: tuple[str, ...]
) -> None:
    page = signed_in(agent, width=width, height=844, touch=width < 700)
    for bar in bars:
        page.evaluate(bar)

    deadline = time.monotonic() + PATIENCE
    while not lie_below_each_other(edges := sorted(edges_of(page))) and time.monotonic() < deadline:
        page.wait_for_timeout(100)

    assert len(edges) == len(bars) + 1
    assert lie_below_each_other(edges), edges


def lie_below_each_other(edges: list[list[int]]) -> bool:
    return edges[0][0] == 0 and all(abs(below[0] - above[1]) <= 1 for above, below in pairwise(edges))


def edges_of(page: Page) -> list[list[int]]:
    found: list[list[int]] = page.evaluate(EDGES)
    return found
