"""One look for a page that waits: it says what it shows, and is told what is new."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tresen.chats.visiting import chat_by_key, note_alive
from tresen.outbox.in_chat import note_shown
from tresen.workspace.website.chat.opening import NotAllowed, NotHere, opened
from tresen.workspace.website.chat.showing import state_of

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """An HTTP status and what the page is told with it, None where nothing is new.

    `chat`: whose news it waits for; `next_at`: when to look again at the latest, if more may be shown then.
    """

    status: int
    told: Mapping[str, Any] | None = None
    chat: int | None = None
    next_at: datetime | None = None


def look(key: str, *, origin: str, given: Mapping[str, Any], at: datetime) -> Looked:
    """What is new for a page of this origin. `given`: key (of the browser), have (a digest), seen (ids)."""
    try:
        open_chat = opened(key, origin=origin)
    except NotHere:
        return Looked(status=404)
    except NotAllowed:
        return Looked(status=403)
    own = given.get("key")
    chat = chat_by_key(open_chat.store.pk, own, at=at) if isinstance(own, str) else None
    if chat is None:
        return Looked(status=410)
    note_alive(chat, at=at)
    if seen := _ids(given.get("seen")):
        note_shown(chat, seen, at=at)
    state = state_of(chat, at=at)
    told = None if given.get("have") == state.digest else {**state.values, "digest": state.digest}
    return Looked(status=200, told=told, chat=chat.pk, next_at=state.next_at)


def _ids(given: object) -> list[int]:
    return [one for one in given if isinstance(one, int)][:MOST_SHOWN] if isinstance(given, list) else []
