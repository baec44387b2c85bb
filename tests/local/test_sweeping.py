import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from tresen.local.sweep import Sweep
from tresen.local.sweeping import LONGEST_PAUSE, Sweeper, SweepThread

# A run looks after this thread's connection.
pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def thread_of(run, *, every=MINUTE):
    return SweepThread(Sweep(name="it", run=run, every=every), threading.Event(), now=lambda: NOON)


def wait_until(holds, *, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.01)


@pytest.fixture
def swept():
    sweepers = []

    def start(*sweeps):
        sweepers.append(Sweeper(sweeps, now=lambda: NOON))
        sweepers[-1].start()
        return sweepers[-1]

    yield start
    for sweeper in sweepers:
        assert sweeper.stop(patience=timedelta(seconds=5))


def test_a_sweep_is_told_the_time_and_asked_again_at_once_while_it_finds_work():
    given = []

    def run(now):
        given.append(now)
        return 3 - len(given)

    thread = thread_of(run)
    assert [thread.run_once() for _ in range(3)] == [timedelta(0), timedelta(0), MINUTE]
    assert given == [NOON] * 3


def test_the_pause_grows_with_each_failure_and_ends_with_the_first_success():
    outcomes = iter([OSError("down")] * 4 + [0])

    def run(now):
        outcome = next(outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    thread = thread_of(run, every=timedelta(seconds=30))
    pauses = [thread.run_once() for _ in range(4)]
    assert pauses == [MINUTE, 2 * MINUTE, 4 * MINUTE, LONGEST_PAUSE]
    assert (thread.failures, thread.problem, thread.last_success) == (4, "OSError: down", None)
    assert thread.run_once() == timedelta(seconds=30)
    assert (thread.failures, thread.problem, thread.last_success) == (0, "", NOON)


def test_only_the_sweeps_that_wait_for_a_channel_are_woken_by_it(swept):
    mail, clocks = [], []
    sweeper = swept(
        Sweep(name="mail", run=lambda now: mail.append(now) or 0, every=MINUTE, wakes_on=frozenset({"mail"})),
        Sweep(name="clocks", run=lambda now: clocks.append(now) or 0, every=MINUTE, wakes_on=frozenset({"clocks"})),
    )
    wait_until(lambda: (len(mail), len(clocks)) == (1, 1))
    sweeper.wake("mail")
    wait_until(lambda: len(mail) == 2)
    assert len(clocks) == 1
    assert sweeper.channels() == {"mail", "clocks"}


def test_a_notification_during_a_run_leads_to_another_run(swept):
    runs, may_end = [], threading.Event()

    def run(now):
        runs.append(now)
        may_end.wait(5)
        return 0

    sweeper = swept(Sweep(name="slow", run=run, every=MINUTE, wakes_on=frozenset({"work"})))
    wait_until(lambda: len(runs) == 1)
    sweeper.wake("work")
    may_end.set()
    wait_until(lambda: len(runs) == 2)


def test_a_failing_sweep_does_not_hold_up_another(swept):
    done = []

    def broken(now):
        raise ValueError("no")

    sweeper = swept(
        Sweep(name="broken", run=broken, every=MINUTE),
        Sweep(name="sound", run=lambda now: done.append(now) or 0, every=MINUTE),
    )
    wait_until(lambda: done and sweeper.threads[0].failures == 1)
    assert all(thread.is_alive() for thread in sweeper.threads)


def test_a_stop_lets_the_running_batch_finish():
    started, finished = threading.Event(), threading.Event()

    def run(now):
        started.set()
        time.sleep(0.2)
        finished.set()
        return 1

    sweeper = Sweeper([Sweep(name="it", run=run, every=MINUTE)])
    sweeper.start()
    started.wait(5)
    assert sweeper.stop(patience=timedelta(seconds=5))
    assert finished.is_set()
