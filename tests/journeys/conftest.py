"""A browser before a real web server on the test's database."""

import os
import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.factories.mailboxes import a_mailbox
from tests.factories.shops import a_store, a_team, an_agent
from tests.servers import browser as browsers
from tests.servers import web as webs
from tests.servers.web import Web
from tresen.accounts.models import Agent
from tresen.stores.models import Store

PASSWORD = "a password for tests"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # Playwright runs a loop in this thread; the ORM would refuse to work beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with browsers.running() as browser:
            yield browser
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def web(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """One server for all journeys; what each test leaves in the database is flushed as everywhere."""
    with webs.running(tmp_path_factory.mktemp("web")) as running:
        yield running


@pytest.fixture
def signed_in(transactional_db: None, chromium: Browser, web: Web) -> Iterator["SignIn"]:
    """Opens a page of a browser of its own, signed in as this agent."""
    sign_in = SignIn(chromium, web)
    yield sign_in
    sign_in.close()


class SignIn:
    def __init__(self, chromium: Browser, web: Web) -> None:
        self._chromium, self._web = chromium, web
        self._pages: list[Page] = []

    def already(self, agent: Agent, *, scripts: bool = True) -> Page:
        """A page of a browser in which this agent is signed in, before the queue; for many of them at once."""
        page = self._page(scripts=scripts)
        client = Client()
        client.force_login(agent)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self._web.url}])
        page.goto("/queue/all/", timeout=60_000)
        return page

    def __call__(self, agent: Agent, *, width: int = 1440, height: int = 900, touch: bool = False) -> Page:
        page = self._page(width=width, height=height, touch=touch)
        page.goto("/")
        page.fill("input[name=login]", agent.email)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/queue/**")
        return page

    def _page(self, *, width: int = 1440, height: int = 900, touch: bool = False, scripts: bool = True) -> Page:
        context = self._chromium.new_context(
            base_url=self._web.url,
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            has_touch=touch,
            is_mobile=touch,
            java_script_enabled=scripts,
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        self._pages.append(page)
        return page

    def close(self) -> None:
        for page in self._pages:
            page.context.close()
        wait_until_quiet()


def wait_until_quiet() -> None:
    """Until the server is done with what closed pages asked: it and the emptying of tables would block each other."""
    deadline, quiet = time.monotonic() + 10, 0
    while quiet < 2 and time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'"
            )
            quiet = 0 if cursor.fetchone()[0] else quiet + 1
        time.sleep(0.05)


@pytest.fixture
def store(transactional_db: None) -> Store:
    store = a_store(team=a_team("Marktplätze"))
    a_mailbox(store)
    return store


@pytest.fixture
def agent(store: Store) -> Agent:
    return an_agent(store.default_team, name="Jana Meier")


@pytest.fixture
def page(signed_in: SignIn, agent: Agent) -> Iterator[Page]:
    """The agent's queue; what the browser complains about fails the test."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page = signed_in(agent)
    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []
