"""Visitors of websites write in the chat: each browser from a network address of its own, over HTTP of the web server.

Pages go on looking until the end, for an answer is accepted once a page says that it shows it.
"""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import uuid4

import httpx

from tests.factories.shops import a_store
from tresen.accounts.actors import SYSTEM
from tresen.outbox.in_chat import SHOWN_IN_CHAT
from tresen.outbox.models import Delivery, DeliveryState
from tresen.stores.chatting import ChatSettings, set_chat
from tresen.stores.models import Store
from tresen.stores.publishing import publish_form
from tresen.tickets.models import Direction, Message
from tresen.timekeeping import wall

ORIGIN = "https://shop.example"
TAKEN, TOO_MANY, BY_MAIL = 201, 429, 409
MOST_PAGES = 5
"""At each website at once."""
LOOKS_EVERY = 2.0
"""Seconds; a page is gone after minutes of silence."""
TOLD_TWICE = 0.05


@dataclass(slots=True)
class Page:
    """One browser's chat. `written`: what was taken of it, by the browser's own number; `shown`: our words, by id."""

    store: Store
    path: str
    http: httpx.Client
    own: str = field(default_factory=lambda: uuid4().hex + uuid4().hex)
    digest: str = ""
    written: dict[str, str] = field(default_factory=dict)
    shown: dict[int, str] = field(default_factory=dict)
    doubled: list[str] = field(default_factory=list)
    gone: bool = False

    def write(self, text: str, number: str) -> bool:
        """Whether it was taken; the same number may be sent again."""
        first = {"email": f"{self.own[:8]}@mail.example", "name": "Ida", "language": "de"}
        answer = self._post("messages", {"key": self.own, "number": number, "message": text, **first})
        if answer is not None and answer.status_code == TAKEN:
            self.written[number] = text
        self.gone = self.gone or (answer is not None and answer.status_code == BY_MAIL)
        return answer is not None and answer.status_code == TAKEN

    def look(self) -> None:
        """Take what is new, and say at the next time that it is shown."""
        given = {"key": self.own, "have": self.digest, "seen": list(self.shown)[-100:]}
        answer = self._post("wait", given)
        told: dict[str, Any] = answer.json() if answer is not None and answer.is_success else {}
        if "digest" not in told:  # nothing is new
            return
        self.digest = told["digest"]
        lines = [one for one in told["messages"] if one["ours"]]
        self.shown |= {one["id"]: one["text"] for one in lines}
        numbers = Counter(one["number"] for one in told["messages"] if not one["ours"])
        self.doubled += [number for number, times in numbers.items() if times > 1]

    def end(self) -> None:
        """The visitor goes: what he has not seen goes by mail."""
        self.gone = self._post("end", {"key": self.own}) is not None

    def _post(self, what: str, given: dict[str, object]) -> httpx.Response | None:
        try:
            return self.http.post(f"{self.path}{what}", json=given, headers={"Origin": ORIGIN})
        except httpx.HTTPError:
            return None


class Visitors(threading.Thread):
    """All visitors of so many websites. `happened` counts what they did."""

    def __init__(self, web: str, *, websites: int, every: float, seed: int = 1) -> None:
        super().__init__(name="visitors", daemon=True)
        self.keys = dict(_a_website() for _place in range(websites))
        self.stores = list(self.keys)
        self.pages: list[Page] = []
        self.happened: Counter[str] = Counter()
        self._web, self._every = web, every
        self._chance = Random(seed)  # noqa: S311 - the same visitors in every run
        self._rest, self._stop = threading.Event(), threading.Event()

    def run(self) -> None:
        writes_at = looks_at = 0.0
        while not self._stop.wait(0.2):
            writes_at, looks_at = writes_at + 0.2, looks_at + 0.2
            if writes_at >= self._every and not self._rest.is_set():
                writes_at = 0.0
                self._one()
            if looks_at >= LOOKS_EVERY:
                looks_at = 0.0
                for page in self.pages:
                    page.look()

    @property
    def letters(self) -> int:
        """How many words were taken."""
        return sum(len(page.written) for page in self.pages)

    def rest(self) -> None:
        """Nobody writes any more; the pages stay open."""
        self._rest.set()

    def stop(self) -> None:
        """All pages are closed."""
        self._stop.set()
        if self.is_alive():
            self.join()
        for page in self.pages:
            page.http.close()

    def _one(self) -> None:
        """One of them writes, comes or goes."""
        store = self._chance.choice(self.stores)
        here = [page for page in self.pages if page.store.pk == store.pk and not page.gone]
        if (len(here) < MOST_PAGES and self._chance.random() < 0.3) or not here:
            page = self._come(store)
        elif self._chance.random() < 0.1:
            self._chance.choice(here).end()
            self.happened["visitors who went"] += 1
            return
        else:
            page = self._chance.choice(here)
        text, number = f"Chatfrage {len(page.written) + 1} von {page.own[:8]}", uuid4().hex
        for _time in range(2 if self._chance.random() < TOLD_TWICE else 1):
            if page.write(text, number):
                self.happened["words in a chat"] += 1

    def _come(self, store: Store) -> Page:
        """A browser from an address that nobody else has."""
        place = len(self.pages) + 1
        transport = httpx.HTTPTransport(local_address=f"127.1.{place // 250}.{place % 250 + 1}")
        http = httpx.Client(base_url=self._web, transport=transport, timeout=10, trust_env=False)
        page = Page(store, f"/chat/{self.keys[store]}/", http)
        self.pages.append(page)
        return page

    def differences(self) -> Iterator[str]:
        """Each word is here once, and each answer that counts as shown stands on its page."""
        for page in self.pages:
            yield from _of_words(page)
        for store in self.stores:
            yield from _of_answers(store, [page for page in self.pages if page.store.pk == store.pk])


def _a_website() -> tuple[Store, str]:
    """A store whose chat is on, and its public name."""
    store, at = a_store("website", "", language="de"), wall.now()
    public = publish_form(store.pk, origins=[ORIGIN], consent="", by=SYSTEM, at=at)
    set_chat(store.pk, ChatSettings(on=True), by=SYSTEM, at=at)
    return store, public.key


def _of_words(page: Page) -> Iterator[str]:
    here = Message.objects.filter(conversation__store=page.store, direction=Direction.IN)
    for number, text in page.written.items():
        found = list(here.filter(external_id=f"{number}@chat").values_list("text", flat=True))
        if found != [text]:
            yield f"“{text}” in a chat is {found}"
    yield from (f"{number} stands twice on a page" for number in page.doubled)


def _of_answers(store: Store, pages: Sequence[Page]) -> Iterator[str]:
    shown = {number: text for page in pages for number, text in page.shown.items()}
    accepted = Delivery.objects.filter(store=store, state=DeliveryState.ACCEPTED, answer=SHOWN_IN_CHAT)
    for number, text in accepted.values_list("message", "message__text"):
        if shown.get(number) != text:
            yield f"answer {number} counts as shown, and its page has “{shown.get(number)}”"
