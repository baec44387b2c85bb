"""Takes in what a visitor writes: who, how much and how often is checked first, so that nobody fills the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tresen.channels.website.chat import LONGEST, MAX_LINE
from tresen.channels.website.parsing import is_address
from tresen.chats.models import Chat
from tresen.chats.visiting import Visitor, begin, chat_by_key, is_key, note_written
from tresen.intake.chats import receive_chat_message
from tresen.intake.limiting import Limit, count_attempt
from tresen.workspace.website.chat.opening import OpenChat
from tresen.workspace.website.forms import why_suspect
from tresen.workspace.website.taking import HOUR, QUARTER, TooMany, network_of

MOST_BYTES = 20_000
LONGEST_NUMBER = 64
LONGEST_ADDRESS = 254
SHORT = timedelta(minutes=5)
PER_CHAT, PER_ADDRESS = 30, 90
"""Messages of one chat in five minutes, of one network address in a quarter of an hour."""
NEW_PER_ADDRESS, NEW_PER_SENDER, NEW_PER_STORE = 6, 6, 300
"""Chats begun from one network address in a quarter of an hour, under one e-mail address and in a store in an hour."""


@dataclass(frozen=True, slots=True)
class Kept:
    """It is kept and will be answered, also where it had been sent before."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Some fields can't be meant: "email", "message", "consent", "key", "number"."""

    fields: Sequence[str]


@dataclass(frozen=True, slots=True)
class GoesByMail:
    """Its customer went on by mail: a page begins another chat."""


type Outcome = Kept | Wrong | GoesByMail | TooMany


def take(open_chat: OpenChat, given: Mapping[str, Any], *, client: str, at: datetime) -> Outcome:
    """Keep one message. `given`: key, number, message, and with the first one email, name, order_number, consent.

    `client` is the network address it comes from; it is counted, not kept.
    """
    said = {name: value for name, value in given.items() if isinstance(value, str)}
    key, number, text = said.get("key", ""), said.get("number", ""), said.get("message", "").strip()
    wrong = [
        name
        for name, right in (("key", is_key(key)), ("number", _is_number(number)), ("message", _is_text(text)))
        if not right
    ]
    if wrong:
        return Wrong(wrong)
    store = open_chat.store.pk
    chat = chat_by_key(store, key, at=at)
    if chat is None and (wrong := _lacking(open_chat, given, said)):
        return Wrong(wrong)
    if chat is not None and chat.by_mail_since is not None:
        return GoesByMail()
    wait = count_attempt(_limits(store, chat, said.get("email", ""), client), at=at)
    if wait is not None:
        return TooMany(after=wait)
    chat = chat or begin(store, key, _visitor(said), at=at)
    fields = {name: said.get(name, "")[:MAX_LINE] for name in ("order_number", "page")}
    consent = open_chat.public.consent if given.get("consent") else ""
    more = {"message": text, "consent": consent, "suspect": why_suspect(text, hidden=said.get("homepage", ""))}
    receive_chat_message(chat, number=number, fields={**fields, **more}, at=at)
    note_written(chat, at=at)
    return Kept()


def _is_number(number: str) -> bool:
    return 8 <= len(number) <= LONGEST_NUMBER and number.isascii() and number.replace("-", "").isalnum()  # noqa: PLR2004


def _is_text(text: str) -> bool:
    return bool(text) and len(text) <= LONGEST


def _lacking(open_chat: OpenChat, given: Mapping[str, Any], said: Mapping[str, str]) -> list[str]:
    """What a first message must bring: an address to which answers go that do not find the visitor on his page."""
    email = said.get("email", "").strip()
    wrong = [] if is_address(email) and len(email) <= LONGEST_ADDRESS else ["email"]
    return wrong + (["consent"] if open_chat.public.consent and given.get("consent") is not True else [])


def _visitor(said: Mapping[str, str]) -> Visitor:
    return Visitor(
        email=said["email"].strip(),
        name=" ".join(said.get("name", "").split())[:120],
        language=said.get("language", "")[:5],
    )


def _limits(store: int, chat: Chat | None, email: str, client: str) -> list[Limit]:
    network = network_of(client)
    if chat is not None:
        return [
            Limit(who=f"chat:{chat.pk}", most=PER_CHAT, span=SHORT),
            Limit(who=f"chat-address:{store}:{network}", most=PER_ADDRESS, span=QUARTER),
        ]
    return [
        Limit(who=f"chat-new:{store}:{network}", most=NEW_PER_ADDRESS, span=QUARTER),
        Limit(who=f"chat-sender:{store}:{email.strip().lower()}", most=NEW_PER_SENDER, span=HOUR),
        Limit(who=f"chat-store:{store}", most=NEW_PER_STORE, span=HOUR),
    ]
