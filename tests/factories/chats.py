"""Chats of a website, begun by their own operations."""

from datetime import datetime
from itertools import count

from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Team
from tresen.chats.models import Chat
from tresen.chats.visiting import Visitor, begin
from tresen.intake.chats import receive_chat_message
from tresen.intake.parsing import parse_kept
from tresen.stores.chatting import ChatSettings, set_chat
from tresen.stores.models import Store
from tresen.stores.publishing import publish_form

WEBSITE = "https://shop.example"
_numbers = count(1)


def a_website(*, team: Team | None = None, **settings: object) -> Store:
    """A store whose chat is on."""
    store = a_store("website", "", team=team, language="en")
    publish_form(store.pk, origins=[WEBSITE], consent="", by=SYSTEM, at=MONDAY)
    set_chat(store.pk, ChatSettings(on=True, **settings), by=SYSTEM, at=MONDAY)
    store.refresh_from_db()
    return store


def a_key() -> str:
    """What a browser makes."""
    return f"{next(_numbers):040d}"


def a_chat(
    store: Store, text: str = "Is the stool in stock?", *, email: str = "ida@mail.example", at: datetime
) -> Chat:
    """A chat whose first message is filed."""
    chat = begin(store.pk, a_key(), Visitor(email=email, name="Ida", language="en"), at=at)
    return says(chat, text, at=at)


def says(chat: Chat, text: str, *, at: datetime, number: str = "") -> Chat:
    """The visitor writes, and the worker reads it."""
    receive_chat_message(chat, number=number or f"n{next(_numbers):08d}", fields={"message": text}, at=at)
    while parse_kept(at):
        pass
    return Chat.objects.select_related("store", "conversation__ticket").get(pk=chat.pk)
