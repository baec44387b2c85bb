from datetime import UTC, datetime, timedelta
from random import Random

from tresen.local.demo.tale.stores import STORES
from tresen.local.scenes.matters import AMAZON, Matters, spread

DICE = Random(1)  # noqa: S311 (invented data)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_every_matter_has_a_buyer_and_an_order_of_its_own():
    told = Matters(DICE).messages(STORES, [MONDAY] * 40)
    assert len({one.thread.key for one in told}) == 40
    assert len({one.thread.order.number for one in told}) == 40


def test_a_claim_is_the_platforms_notice_about_an_order():
    claim = Matters(DICE).claim(AMAZON[0], MONDAY, waits=MONDAY + HOUR)
    assert claim.notice
    assert claim.thread.order.case == claim.notice
    assert claim.waits == MONDAY + HOUR


def test_moments_lie_in_order_within_their_bounds():
    moments = spread(DICE, MONDAY, MONDAY + HOUR, 50)
    assert moments == sorted(moments)
    assert all(MONDAY <= at < MONDAY + HOUR for at in moments)
