"""Named points at which a test may kill this process, to prove that what was committed before it is enough.

`TRESEN_CRASH_POINT=<name>` kills the process, by SIGKILL, the first time it gets there. Without it nothing happens.
"""

import os
import signal
from collections.abc import Callable
from enum import StrEnum


class Point(StrEnum):
    """Where a process may die: between two things that must not depend on each other."""

    RAW_COMMITTED = "raw_committed"
    PAGE_READ = "page_read"
    PARSED_NOT_FILED = "parsed_not_filed"
    INSIDE_FILING = "inside_filing"
    LEDGER_NOT_NOTIFIED = "ledger_not_notified"
    ATTEMPT_COMMITTED = "attempt_committed"
    ACCEPTED_NOT_KEPT = "accepted_not_kept"
    INSIDE_DUE_SWEEP = "inside_due_sweep"
    INSIDE_RECALCULATION = "inside_recalculation"
    INSIDE_FOLLOWING = "inside_following"
    INSIDE_RELIEVING = "inside_relieving"
    INSIDE_ESCALATION = "inside_escalation"
    POSTING_COMMITTED = "posting_committed"
    POSTED_NOT_KEPT = "posted_not_kept"
    RENEWED_NOT_KEPT = "renewed_not_kept"


def _pass(point: Point) -> None:
    """Nothing was asked for."""
    del point


def _stop_at(wanted: Point) -> Callable[[Point], None]:
    def stop(point: Point) -> None:
        if point is wanted:
            os.kill(os.getpid(), signal.SIGKILL)

    return stop


def chosen(name: str | None) -> Callable[[Point], None]:
    """What happens at the points. Raises ValueError for a name that is none of them."""
    return _stop_at(Point(name)) if name else _pass


reached = chosen(os.environ.get("TRESEN_CRASH_POINT"))
"""Called where a process may die. A due sweep, a filing, a sending: each calls it at its own point."""
