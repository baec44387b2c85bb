"""The queue's first page: what it reads of a million open tickets, and what the screen costs beside a bare list."""

import http.client
import json
from contextlib import closing
from statistics import median

from benchmarks.result import Result
from benchmarks.serving import asked, cookie_of, served
from benchmarks.sizes import LARGE, SMALL, agent_of_three_teams, database_of
from tresen.batches.cursors import batch_cursor

PAGE, BARE = "/queue/all/", "/bare/"
ROWS = 50
WARMING, ROUNDS = 40, 100
TEAMS = 3
A_TEAM = 50
"""Buffers that each visible team may cost more in the large database: its branch of the index is deeper."""


def run() -> list[Result]:
    """Buffers of the page's statement at both sizes, and the page beside a bare list in the same server and session."""
    small, large = _buffers(SMALL), _buffers(LARGE)
    page, bare = _times()
    return [
        Result(
            name=f"queue's first page, {LARGE:,} open: less {A_TEAM} a team",
            ours=large - A_TEAM * TEAMS,
            reference=small,
            ratio=(large - A_TEAM * TEAMS) / small,
            bar=1.5,
            better="lower",
            unit="buffers",
        ),
        Result(
            name="queue's page, signed in, beside a bare list",
            ours=page,
            reference=bare,
            ratio=page / bare,
            bar=2.0,
            better="lower",
        ),
    ]


def _buffers(tickets: int) -> int:
    from tresen.accounts.models import Agent  # noqa: PLC0415 - needs Django set up
    from tresen.routing.queues import page_statement  # noqa: PLC0415
    from tresen.routing.views import View, ViewKind  # noqa: PLC0415
    from tresen.stores.granting import scope_of  # noqa: PLC0415

    with database_of(tickets), batch_cursor() as cursor:
        agent = agent_of_three_teams()
        scope = scope_of(Agent.objects.get(pk=agent))
        statement, params = page_statement(View(ViewKind.ALL), scope=scope, agent_id=agent)
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", params)
        found = cursor.fetchone()[0]
        plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
        assert plan["Actual Rows"] > ROWS, "not a full page"
        return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


def _times() -> tuple[float, float]:
    """Seconds a request for the queue's page and for the bare list, asked for in turns.

    As a desk asks for it again and again: rows that read as before are not drawn again, but once in every minute all.
    """
    with database_of(SMALL), served() as address, closing(http.client.HTTPConnection(address, timeout=60)) as browser:
        headers = cookie_of(agent_of_three_teams())
        taken: dict[str, list[float]] = {PAGE: [], BARE: []}
        for _ in range(WARMING + ROUNDS):
            for path, times in taken.items():
                times.append(asked(browser, path, headers, must_hold=b"<li", at_least=ROWS))
    return median(taken[PAGE][WARMING:]), median(taken[BARE][WARMING:])
