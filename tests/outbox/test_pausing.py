from datetime import timedelta

from tests.factories.shops import MONDAY
from tresen.outbox.pausing import GIVE_UP_AFTER, LONGEST_PAUSE, pause_after, tried_long_enough


def test_pauses_double_up_to_a_bound() -> None:
    pauses = [pause_after(attempt, seed=7) for attempt in range(1, 40)]
    assert timedelta(seconds=22) < pauses[0] < timedelta(seconds=38)
    assert timedelta(minutes=3) < pauses[3] < timedelta(minutes=5)
    assert max(pauses) <= LONGEST_PAUSE * 1.25


def test_deliveries_that_failed_together_do_not_come_back_together() -> None:
    assert len({pause_after(3, seed=delivery) for delivery in range(20)}) == 20


def test_the_same_attempt_has_the_same_pause() -> None:
    assert pause_after(2, seed=5) == pause_after(2, seed=5)


def test_a_reply_is_tried_for_five_days() -> None:
    assert not tried_long_enough(MONDAY, at=MONDAY + GIVE_UP_AFTER - timedelta(seconds=1))
    assert tried_long_enough(MONDAY, at=MONDAY + GIVE_UP_AFTER)
