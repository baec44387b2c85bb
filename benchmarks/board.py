"""The board: a request with ten times as much open of a hundred times as many tickets; and what the counting costs."""

import http.client
import os
from contextlib import closing
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

from benchmarks.result import Figure, Result
from benchmarks.serving import asked, cookie_of, served
from benchmarks.sizes import database_of

BOARD = "/board/"
SMALLER, LARGER = 5_000, 50_000
"""So many are open."""
TENTHS = 10 if os.environ.get("TRESEN_BENCH_WHOLE") else 1
"""There is a tenth of the tickets by default, 500,000 beside 50,000; TRESEN_BENCH_WHOLE=1 makes all 5,000,000."""
TICKETS = {SMALLER: 50_000, LARGER: 500_000 * TENTHS}
WARMING, ROUNDS, COUNTS = 20, 100, 15


def run() -> list[Result | Figure]:
    """A request, most of which are shown what was counted before; and for information the counting itself."""
    (small, made_small), (large, made_large) = _measured(SMALLER), _measured(LARGER)
    size = f"{LARGER:,} open of {TICKETS[LARGER]:,}"
    return [
        Result(
            name=f"board, {size}",
            ours=large,
            reference=small,
            ratio=large / small,
            bar=1.5,
            better="lower",
        ),
        Figure(name=f"counting for it, once in 5 s, {size}", ours=made_large, reference=made_small),
    ]


def _measured(waiting: int) -> tuple[float, float]:
    """Seconds a request, and seconds to count."""
    with database_of(TICKETS[waiting], waiting=waiting):
        return _request(), _counting()


def _request() -> float:
    from tresen.accounts.models import Agent  # noqa: PLC0415 - needs Django set up

    admin = Agent.objects.get(email="admin@shop.example").pk
    with served() as address, closing(http.client.HTTPConnection(address, timeout=60)) as browser:
        headers = cookie_of(admin)
        times = [
            asked(browser, BOARD, headers, must_hold=b'class="figure', at_least=50) for _ in range(WARMING + ROUNDS)
        ]
    return median(times[WARMING:])


def _counting() -> float:
    from tresen.board.counting import count  # noqa: PLC0415 - needs Django set up

    times = []
    for _ in range(COUNTS):
        begun = perf_counter()
        count(datetime.now(UTC))
        times.append(perf_counter() - begun)
    return median(times)
