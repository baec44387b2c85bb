"""`/chat/<name>/wait`: a visitor's page asks what is new in its chat, and is answered as soon as something is.

Answered here and not by Django's views: a page that waits must not hold one of the few threads. It costs a short look
into the database when it asks and when something has happened, in two threads of their own.
"""

import asyncio
import json
import re
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import structlog
from asgiref.sync import sync_to_async
from django.db import Error, close_old_connections

from tresen.live.hub import Hub, Visitor
from tresen.timekeeping import wall
from tresen.workspace.website.chat.waiting import Looked, look
from tresen.workspace.website.taking import network_of

log = structlog.get_logger()

PATH = re.compile(r"/chat/([\w-]{1,60})/wait")
WAITS_AT_MOST = 25.0
"""Seconds: proxies and browsers give up on what stays silent for longer."""
AT_MOST_ONE_LOOK_IN = 0.3
MOST_BYTES = 10_000
MOST_OF_ONE_ADDRESS = 40
"""Pages that wait at once from one network address: an office or a household is one."""
LOOKING_THREADS = 2
ANYBODY = "*"


class ChatFront:
    """The ASGI answer to pages that wait."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._waiting = Counter[str]()
        self._threads = ThreadPoolExecutor(max_workers=LOOKING_THREADS, thread_name_prefix="chats")
        self._look = sync_to_async(_look, thread_sensitive=False, executor=self._threads)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Wait with the page until something is new, it leaves, or it has waited for long enough."""
        origin = _header(scope, b"origin")
        found = PATH.fullmatch(scope["path"])
        given = await _given(receive) if found and scope["method"] == "POST" else None
        if found is None or given is None:
            await _answer(send, Looked(status=400 if found else 404), origin="")
            return
        who = network_of(scope["client"][0] if scope.get("client") else "")
        if self._waiting[who] >= MOST_OF_ONE_ADDRESS:
            await _answer(send, Looked(status=429), origin=ANYBODY)
            return
        self._waiting[who] += 1
        gone = asyncio.ensure_future(_until_gone(receive))
        try:
            looked = await self._wait(found[1], origin, given, gone)
            if not gone.done():
                # A page of a website that is not the store's is told that, and nothing else.
                await _answer(send, looked, origin=ANYBODY if looked.status in {403, 404} else origin)
        finally:
            gone.cancel()
            self._waiting[who] -= 1
            if not self._waiting[who]:
                del self._waiting[who]

    async def _wait(self, key: str, origin: str, given: Mapping[str, Any], gone: "asyncio.Future[None]") -> Looked:
        looked = await self._look(key, origin, given)
        if looked.chat is None or looked.told is not None or given.get("wait") is not True:
            return looked
        visitor = Visitor(looked.chat)
        self._hub.join(visitor)
        try:
            # Once more: something may have happened before the hub knew of this page.
            looked = await self._look(key, origin, given)
            until = asyncio.get_running_loop().time() + WAITS_AT_MOST
            while looked.told is None and looked.chat is not None and not gone.done() and not self._hub.ending:
                left = until - asyncio.get_running_loop().time()
                if left <= 0:
                    break
                await _until_changed(visitor, gone, within=min(left, _seconds_until(looked.next_at)))
                looked = await self._look(key, origin, given)
                await asyncio.sleep(0 if looked.told is not None else AT_MOST_ONE_LOOK_IN)
        finally:
            self._hub.leave(visitor)
        return looked


async def _until_changed(visitor: Visitor, gone: "asyncio.Future[None]", *, within: float) -> None:
    changed = asyncio.ensure_future(visitor.changed.wait())
    waited: set[asyncio.Future[Any]] = {changed, gone}
    await asyncio.wait(waited, timeout=within, return_when=asyncio.FIRST_COMPLETED)
    changed.cancel()
    visitor.changed.clear()


def _look(key: str, origin: str, given: Mapping[str, Any]) -> Looked:
    close_old_connections()
    try:
        return look(key, origin=origin, given=given, at=wall.now())
    except Error as trouble:
        log.warning("chat_not_looked_at", trouble=str(trouble))
        return Looked(status=503)


def _seconds_until(moment: datetime | None) -> float:
    return WAITS_AT_MOST if moment is None else max(0.05, (moment - wall.now()).total_seconds())


def _header(scope: Any, name: bytes) -> str:
    return next((value.decode("latin-1") for found, value in scope["headers"] if found == name), "")


async def _given(receive: Any) -> Mapping[str, Any] | None:
    """What the page says, as JSON; None where it is too much or none."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] != "http.request" or len(body) > MOST_BYTES:
            return None
        if not message.get("more_body", False):
            break
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) else None


async def _until_gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer(send: Any, looked: Looked, *, origin: str) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store"), (b"vary", b"origin")]
    if origin:
        headers.append((b"access-control-allow-origin", origin.encode("latin-1")))
    body = json.dumps(looked.told if looked.told is not None else {"same": looked.status == 200}).encode()  # noqa: PLR2004
    await send({"type": "http.response.start", "status": looked.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
