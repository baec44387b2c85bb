"""The queue's first page: what it reads of a million open tickets, and what the screen costs beside a bare list."""

import http.client
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http import HTTPStatus
from statistics import median
from time import perf_counter, sleep
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client

from benchmarks.result import Result
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
    """Seconds a request for the queue's page and for the bare list, asked for in turns."""
    with database_of(SMALL), _server() as address, closing(http.client.HTTPConnection(address, timeout=60)) as browser:
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={_session()}"}
        taken: dict[str, list[float]] = {PAGE: [], BARE: []}
        for _ in range(WARMING + ROUNDS):
            for path, times in taken.items():
                times.append(_asked(browser, path, headers))
    return median(taken[PAGE][WARMING:]), median(taken[BARE][WARMING:])


def _asked(browser: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> float:
    begun = perf_counter()
    browser.request("GET", path, headers=headers)
    response = browser.getresponse()
    body = response.read()
    took = perf_counter() - begun
    assert response.status == HTTPStatus.OK, f"{path}: {response.status}"
    assert body.count(b"<li") >= ROWS, f"{path}: not a full page"
    return took


def _session() -> str:
    from tresen.accounts.models import Agent  # noqa: PLC0415 - needs Django set up

    client = Client()
    client.force_login(Agent.objects.get(pk=agent_of_three_teams()))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def _server() -> Iterator[str]:
    """The product's front with one address more, on the database in use; gives where it listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = urlsplit(os.environ["DATABASE_URL"])
    environ = {
        **os.environ,
        "DATABASE_URL": address._replace(path=f"/{connection.settings_dict['NAME']}").geturl(),
        "DJANGO_SETTINGS_MODULE": "benchmarks.bare_settings",
    }
    command = [sys.executable, "-m", "uvicorn", "tresen.config.asgi:application", "--log-level", "warning"]
    with subprocess.Popen([*command, "--no-access-log", "--port", str(port)], env=environ) as server:  # noqa: S603
        try:
            _wait_for(port)
            yield f"127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(300):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        sleep(0.1)
    raise TimeoutError("The server did not start.")
