"""A due sweep: what falls due costs, not what is open. Also when thousands of alarms came and went before."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter

from django.db import connection

from benchmarks.database import server_connection
from benchmarks.result import Result
from benchmarks.sizes import APART, GROUPS, LARGE, SMALL, START, database_of

OWN_LIMIT = timedelta(hours=14)
"""Our target for Amazon: then the clocks of a group that came in together fall due together."""
GROUP = SMALL // GROUPS
MOMENT = timedelta(seconds=5)
CHURNED = 100_000
"""Alarms that came and went: as many as a thousand sweeps of a hundred leave behind them in the index."""


def run() -> list[Result]:
    """Sweeps at both sizes in turns; in the second half beside a report's snapshot, behind which nothing is cleaned."""
    watches = {SMALL: _watch(), LARGE: _watch()}
    fresh = [{size: _sweep(size, watches[size], group) for size in watches} for group in range(GROUPS // 2)]
    with _snapshot(), database_of(LARGE):
        _churn()
        old = [{size: _sweep(size, watches[size], group) for size in watches} for group in range(GROUPS // 2, GROUPS)]
    return [
        _result(f"due sweep of {GROUP}, {LARGE:,} open", fresh),
        _result(f"the same after {CHURNED // GROUP:,} sweeps, beside a snapshot", old),
    ]


def _result(name: str, taken: list[dict[int, float]]) -> Result:
    large, small = (median(times[size] for times in taken) for size in (LARGE, SMALL))
    return Result(name=name, ours=large, reference=small, ratio=large / small, bar=1.5, better="lower")


def _watch() -> object:
    from tresen.sla.watching import Watch  # noqa: PLC0415 - needs Django set up

    return Watch()


def _sweep(tickets: int, watch: object, group: int) -> float:
    """Seconds for the sweep in which this group of clocks falls due; what was due before has been attended to."""
    from tresen.sla.watching import Watch, sweep  # noqa: PLC0415 - needs Django set up

    assert isinstance(watch, Watch)
    due: datetime = START + APART * group + OWN_LIMIT
    with database_of(tickets):
        sweep(watch, due - MOMENT)
        begun = perf_counter()
        attended = sweep(watch, due + MOMENT)
        took = perf_counter() - begun
    assert attended == GROUP, f"{attended} tickets were due, not {GROUP}"
    return took


@contextmanager
def _snapshot() -> Iterator[None]:
    """A report that reads for long."""
    with database_of(LARGE), closing(server_connection(connection.settings_dict["NAME"])) as report:
        report.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        report.execute("SELECT count(*) FROM accounts_team")
        yield


def _churn() -> None:
    """Let many alarms come before all that stand, and go again: their entries lie dead at the head of the index."""
    with connection.cursor() as cursor:
        for shift in ("-", "+"):
            cursor.execute(
                f"UPDATE sla_clock SET next_alarm_at = next_alarm_at {shift} interval '2 years'"
                " WHERE id IN (SELECT id FROM sla_clock WHERE next_alarm_at > %s ORDER BY id DESC LIMIT %s)"
                " OR next_alarm_at < %s",
                [START + timedelta(days=300), CHURNED if shift == "-" else 0, START - timedelta(days=300)],
            )
