"""Who is told that something changed: the browser of an agent who may see it, as long as he is signed in."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections, transaction
from django.test import Client

from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store, a_team, an_agent
from tests.servers.web import database_url
from tresen.accounts.actors import SYSTEM
from tresen.accounts.inviting import deactivate
from tresen.accounts.models import Agent
from tresen.config import live_front
from tresen.config.live_front import LiveFront
from tresen.live.announcing import announce
from tresen.live.hub import Hub

pytestmark = pytest.mark.django_db(transaction=True)
SOON, QUIET = 10.0, 0.6


class Browser:
    """Reads the stream as a browser does, piece by piece."""

    def __init__(self, front: LiveFront, cookie: str) -> None:
        self.front = front
        self._heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._gone = asyncio.Event()
        headers = [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={cookie}".encode())] if cookie else []
        scope = {"type": "http", "path": "/live", "headers": headers}
        self._task = asyncio.ensure_future(front(scope, self._receive, self._heard.put))

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def next(self) -> dict[str, Any]:
        return await asyncio.wait_for(self._heard.get(), SOON)

    async def hears(self, words: bytes) -> None:
        while words not in (await self.next()).get("body", b""):
            pass

    async def hears_nothing(self) -> bool:
        await asyncio.sleep(QUIET)
        return self._heard.empty()

    async def ends(self) -> bool:
        while (await self.next()).get("more_body", True):
            pass
        await asyncio.wait_for(self._task, SOON)
        return True

    async def leave(self) -> None:
        self._gone.set()
        await asyncio.wait_for(self._task, SOON)


type Visit = Callable[[Browser, Any], Awaitable[None]]


def visit(cookie: str, does: Visit) -> None:
    url = database_url()

    async def run() -> None:
        hub = Hub(url)
        browser = Browser(LiveFront(hub), cookie)
        try:
            await does(browser, sync_to_async)
        finally:
            await browser.leave()
            await hub.close()
            await sync_to_async(connections.close_all)()

    # In a thread of its own, as in the server: database connections belong to the thread that opened them.
    with ThreadPoolExecutor(1) as server:
        server.submit(asyncio.run, run()).result()


def signed_in(agent: Agent) -> str:
    client = Client()
    client.force_login(agent)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def changed(*place: int) -> None:
    with transaction.atomic():
        announce([(place[0], place[1], place[2])])


@pytest.mark.parametrize("cookie", ["", "no-such-session", "a\\b;=;"])
def test_nobody_hears_anything_without_signing_in(cookie: str) -> None:
    async def does(browser: Browser, _run: object) -> None:
        assert (await browser.next())["status"] == 403
        assert await browser.ends()

    visit(cookie, does)


def test_a_message_wakes_the_browser_of_an_agent_who_may_see_it() -> None:
    store = a_store()
    cookie = signed_in(an_agent(store.default_team))

    async def does(browser: Browser, run: Any) -> None:
        assert (await browser.next())["status"] == 200
        await browser.hears(b"event: queue")  # what it may have missed before it came
        await asyncio.sleep(live_front.AT_MOST_ONE_PUSH_IN + live_front.JITTER)
        await run(filed)(store, a_message(text="Geheim"))
        heard = await browser.next()
        assert b"event: queue" in heard["body"]
        assert b"Geheim" not in heard["body"]

    visit(cookie, does)


@pytest.mark.parametrize("hidden", ["team", "store"])
def test_what_is_out_of_scope_wakes_nobody(hidden: str) -> None:
    store, other = a_store(), a_team()
    agent = an_agent(store.default_team, everything=hidden == "team")
    place = (other.pk if hidden == "team" else store.default_team_id, store.pk, store.brand_id)

    async def does(browser: Browser, run: Any) -> None:
        await browser.hears(b"event: queue")
        await asyncio.sleep(live_front.AT_MOST_ONE_PUSH_IN + live_front.JITTER)
        await run(changed)(*place)
        assert await browser.hears_nothing()

    visit(signed_in(agent), does)


def test_a_server_that_ends_lets_its_browsers_go() -> None:
    store = a_store()

    async def does(browser: Browser, _run: object) -> None:
        await browser.hears(b"event: queue")
        browser.front.dismiss()
        assert await browser.ends()

    visit(signed_in(an_agent(store.default_team)), does)


@pytest.mark.parametrize("what", ["signed out", "locked out", "moved"])
def test_the_stream_ends_when_the_agent_may_no_longer_see_what_he_saw(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_front, "CHECK_EVERY", 0.0)
    store = a_store()
    agent = an_agent(store.default_team)
    cookie = signed_in(agent)

    def happens() -> None:
        if what == "signed out":
            client = Client()
            client.cookies[settings.SESSION_COOKIE_NAME] = cookie
            client.logout()
        elif what == "locked out":
            deactivate(agent.pk, by=SYSTEM, at=agent.joined_at)
        else:
            agent.teams.clear()
        changed(store.default_team_id, store.pk, store.brand_id)

    async def does(browser: Browser, run: Any) -> None:
        await browser.hears(b"event: queue")
        await run(happens)()
        await browser.hears(b"event: over")
        assert await browser.ends()

    visit(cookie, does)
