"""Who chats on the demo shop's website: those who have gone, and those who come while somebody takes chats."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tresen.chats.models import Chat, ChatDesk
from tresen.chats.visiting import Visitor, begin, leave, note_alive
from tresen.intake.chats import receive_chat_message
from tresen.intake.parsing import parse_kept
from tresen.local.demo.founding import Shop
from tresen.local.demo.tale.data import data_file

STORE = "website"
BETWEEN = timedelta(minutes=1)
STAYS = timedelta(minutes=4)
"""So long a visitor waits for somebody."""


def chat_and_go(shop: Shop, *, now: datetime) -> None:
    """Nobody took chats then: what they wrote waits in the queue, and what is answered goes by mail."""
    for number, told in enumerate(data_file("small_stores.yaml")["chats"]):
        at = now - timedelta(hours=told["hours"])
        chat = begin(shop.stores[STORE], f"{number:032}", _visitor(told), at=at)
        for text in told["says"]:
            at += BETWEEN
            _say(chat, text, at=at)
            note_alive(chat, at=at)
            parse_kept(at)
        leave(chat, at=at + BETWEEN)


@dataclass(slots=True)
class Website:
    """The website while the demo runs: one visitor at a time, and none where nobody takes chats."""

    store: int
    here: Chat | None = None
    empty_since: datetime | None = None

    def go_on(self, dice: Random, *, at: datetime) -> None:
        """Somebody comes, stays a while, or goes."""
        if self.here is None:
            self._let_come(dice, at=at)
        elif at - self.here.begun_at < STAYS:
            note_alive(self.here, at=at)
        else:
            leave(self.here, at=at)
            self.here, self.empty_since = None, at

    def _let_come(self, dice: Random, *, at: datetime) -> None:
        rests = self.empty_since is not None and at - self.empty_since < STAYS
        if rests or not ChatDesk.objects.filter(available=True).exists():
            return
        told = dice.choice(data_file("small_stores.yaml")["visitors"])
        self.here = begin(self.store, dice.randbytes(20).hex(), _visitor(told), at=at)
        _say(self.here, told["says"], at=at)


def _visitor(told: Mapping[str, Any]) -> Visitor:
    return Visitor(email=told["email"], name=told["name"], language="de")


def _say(chat: Chat, text: str, *, at: datetime) -> None:
    number = f"{chat.pk:08}-{at:%H%M%S}"
    receive_chat_message(chat, number=number, fields={"message": text, "page": "/leuchten"}, at=at)
