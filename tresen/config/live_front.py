"""`/live`: tells a signed-in browser that something it may see has changed, so that it asks again.

Answered here and not by Django's views: a page that stays open must not hold one of the few threads. What changed is
never sent, only that something did; a browser that was away asks for everything when it comes back.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from itertools import count
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest

from tresen.accounts.models import Agent
from tresen.accounts.scope import Scope
from tresen.live.hub import Hub, Watcher
from tresen.stores.granting import scope_of

CHECK_EVERY = 60.0
AT_MOST_ONE_PUSH_IN = 1.0
JITTER = 0.5
KEEP_ALIVE_EVERY = 15.0

_numbers = count(1)


class LiveFront:
    """The ASGI answer to `/live`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def dismiss(self) -> None:
        """The server ends: let all browsers go, who will ask the next one. May be called by a signal's handler."""
        self._hub.dismiss()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Hold the connection open and push, until the browser leaves or may no longer see what it saw."""
        key = _session_key(scope)
        visible = await _scope_of_session(key)
        if visible is None:
            await _refuse(send)
            return
        watcher = Watcher(lambda team, store, brand: visible.shows(team=team, store=store, brand=brand))
        self._hub.join(watcher)
        gone = asyncio.ensure_future(_until_gone(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            async for piece in self._pieces(watcher, gone, key, visible):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()
            self._hub.leave(watcher)

    async def _pieces(
        self, watcher: Watcher, gone: "asyncio.Future[None]", key: str, visible: Scope
    ) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        checked = loop.time()
        yield b"retry: 3000\n\n"
        while not gone.done():
            changed = asyncio.ensure_future(watcher.changed.wait())
            waited: set[asyncio.Future[Any]] = {changed, gone}
            await asyncio.wait(waited, timeout=KEEP_ALIVE_EVERY, return_when=asyncio.FIRST_COMPLETED)
            changed.cancel()
            if gone.done() or self._hub.ending:
                return
            if loop.time() - checked >= CHECK_EVERY:
                checked = loop.time()
                if await _scope_of_session(key) != visible:
                    yield b"event: over\ndata: {}\n\n"
                    return
            if watcher.changed.is_set():
                watcher.changed.clear()
                yield f'event: queue\ndata: {{"cursor": {next(_numbers)}}}\n\n'.encode()
                # Spreads what one change makes all browsers ask, and bounds how often each does.
                await asyncio.sleep(AT_MOST_ONE_PUSH_IN + random.random() * JITTER)  # noqa: S311 - spreads load
            else:
                yield b": still here\n\n"


HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


async def _until_gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Any) -> None:
    await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"Sign in first.", "more_body": False})


def _session_key(scope: Any) -> str:
    cookies = SimpleCookie()
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                cookies.load(value.decode("latin-1"))
            except CookieError:
                return ""
    found = cookies.get(settings.SESSION_COOKIE_NAME)
    return found.value if found else ""


@sync_to_async
def _scope_of_session(key: str) -> Scope | None:
    """What the session's agent may see now; None for nobody."""
    close_old_connections()
    if not key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(request)
    return scope_of(user) if isinstance(user, Agent) and user.is_active else None
