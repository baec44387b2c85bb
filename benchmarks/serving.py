"""The product's front in a process of its own, on the database in use, and requests to it."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from time import perf_counter, sleep
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client


@contextmanager
def served() -> Iterator[str]:
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
    with subprocess.Popen([*command, "--no-access-log", "--port", str(port)], env=environ) as server:  # noqa: S603 - our own
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


def cookie_of(agent: int) -> dict[str, str]:
    """The headers of an agent who has signed in."""
    from tresen.accounts.models import Agent  # noqa: PLC0415 - needs Django set up

    client = Client()
    client.force_login(Agent.objects.get(pk=agent))
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}


def asked(
    browser: http.client.HTTPConnection, path: str, headers: dict[str, str], *, must_hold: bytes, at_least: int
) -> float:
    """Seconds a request takes; its answer must hold these bytes so many times."""
    begun = perf_counter()
    browser.request("GET", path, headers=headers)
    response = browser.getresponse()
    body = response.read()
    took = perf_counter() - begun
    assert response.status == HTTPStatus.OK, f"{path}: {response.status}"
    assert body.count(must_hold) >= at_least, f"{path}: not whole"
    return took
