"""A visitor's page waits without cost and hears of its own chat alone, at once."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from tests.factories.chats import WEBSITE, a_key, a_website, says
from tests.factories.replies import answered
from tests.servers.web import database_url
from tresen.chats.models import Chat
from tresen.chats.visiting import Visitor, begin
from tresen.config import chat_front
from tresen.config.chat_front import MOST_OF_ONE_ADDRESS, ChatFront
from tresen.live.hub import Hub
from tresen.stores.publishing import form_of
from tresen.workspace.website.chat.waiting import look

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 10.0


class Page:
    """Asks as a browser does; `answer` is the status and what it is told."""

    def __init__(self, front: ChatFront, path: str, origin: str = WEBSITE, **given: object) -> None:
        self._gone = asyncio.Event()
        self._body: bytes | None = json.dumps(given).encode()
        self._sent: list[dict[str, Any]] = []
        headers = [(b"origin", origin.encode())] if origin else []
        scope = {"type": "http", "method": "POST", "path": path, "headers": headers, "client": ("192.0.2.1", 1)}
        self.task = asyncio.ensure_future(front(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        self._sent.append(message)

    async def answer(self) -> tuple[int, dict[str, Any], bool]:
        await asyncio.wait_for(self.task, SOON)
        start, body = self._sent
        open_to = dict(start["headers"]).get(b"access-control-allow-origin") in {WEBSITE.encode(), b"*"}
        return start["status"], json.loads(body["body"]), open_to

    async def leave(self) -> None:
        self._gone.set()
        await asyncio.wait_for(self.task, SOON)


def visit(does: Callable[[ChatFront], Awaitable[None]]) -> None:
    url = database_url()

    async def run() -> None:
        hub = Hub(url)
        front = ChatFront(hub)
        try:
            await does(front)
        finally:
            await hub.close()
            all_of_them = Barrier(chat_front.LOOKING_THREADS)
            for _thread in range(chat_front.LOOKING_THREADS):
                front._threads.submit(lambda: (all_of_them.wait(SOON), connections.close_all()))
            front._threads.shutdown(wait=True)
            await sync_to_async(connections.close_all)()

    asyncio.run(run())


@pytest.fixture
def chat() -> tuple[Chat, str, str]:
    """A chat in which something was said, its browser's key, and where its page waits."""
    store, key = a_website(), a_key()
    begun = begin(store.pk, key, Visitor(email="ida@mail.example"), at=datetime.now(UTC))
    return says(begun, "Is it in stock?", at=datetime.now(UTC)), key, f"/chat/{form_of(store).key}/wait"


def test_a_page_is_told_what_stands_in_its_chat_and_then_waits_for_an_answer(chat):
    chat, key, path = chat

    async def does(front: ChatFront) -> None:
        status, told, readable = await Page(front, path, key=key, have="", wait=True).answer()
        assert (status, readable) == (200, True)
        assert [line["text"] for line in told["messages"]] == ["Is it in stock?"]
        waiting = Page(front, path, key=key, have=told["digest"], wait=True)
        await asyncio.sleep(0.3)
        assert not waiting.task.done()
        sometime = datetime.now(UTC) - timedelta(seconds=1)
        await sync_to_async(answered)(chat.conversation.ticket, text="Yes.", at=sometime)
        _status, told, _readable = await waiting.answer()
        assert [line["text"] for line in told["messages"]] == ["Is it in stock?", "Yes."]

    visit(does)


def test_news_of_another_chat_do_not_make_it_look(chat, monkeypatch):
    chat, key, path = chat
    looks = []
    monkeypatch.setattr(chat_front, "look", lambda *given, **more: looks.append(1) or look(*given, **more))

    async def does(front: ChatFront) -> None:
        _status, told, _readable = await Page(front, path, key=key, wait=True).answer()
        waiting = Page(front, path, key=key, have=told["digest"], wait=True)
        await asyncio.sleep(0.6)
        before = len(looks)
        other = await sync_to_async(begin)(
            chat.store_id, a_key(), Visitor(email="kai@mail.example"), at=datetime.now(UTC)
        )
        await sync_to_async(says)(other, "Hello?", at=datetime.now(UTC))
        await asyncio.sleep(0.6)
        assert len(looks) == before, "waiting costs nothing"
        await waiting.leave()

    visit(does)


def test_who_has_no_key_or_stands_on_another_website_is_told_nothing(chat):
    _chat, key, path = chat

    async def does(front: ChatFront) -> None:
        assert await Page(front, path, key=a_key(), wait=True).answer() == (410, {"same": False}, True)
        assert await Page(front, path, origin="https://evil.example", key=key).answer() == (403, {"same": False}, True)
        assert await Page(front, path, origin="", key=key).answer() == (403, {"same": False}, True)
        assert await Page(front, "/chat/nobodys/wait", key=key).answer() == (404, {"same": False}, True)
        assert await Page(front, path, key="k" * 10_001).answer() == (400, {"same": False}, False)

    visit(does)


def test_one_network_address_cannot_hold_all_connections(chat):
    _chat, key, path = chat

    async def does(front: ChatFront) -> None:
        front._waiting["192.0.2.1"] = MOST_OF_ONE_ADDRESS
        assert (await Page(front, path, key=key, wait=True).answer())[0] == 429
        front._waiting["192.0.2.1"] = 0
        assert (await Page(front, path, key=key, wait=True).answer())[0] == 200
        assert front._waiting["192.0.2.1"] == 0

    visit(does)
