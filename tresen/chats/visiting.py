"""The visitor's side of a chat: begun by the key that his browser keeps, alive as long as his page says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from tresen.chats.models import Chat

SHORTEST_KEY, LONGEST_KEY = 32, 100
KEPT_FOR = timedelta(days=30)
"""So long after its last sign of life a browser's key opens its chat."""
NOTED_EVERY = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """What somebody says of himself before he first writes. `email` is where answers go that do not find him here."""

    email: str
    name: str = ""
    language: str = ""


def is_key(key: str) -> bool:
    """Whether a browser made it: long enough that nobody guesses it."""
    return SHORTEST_KEY <= len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()


def chat_by_key(store_id: int, key: str, *, at: datetime) -> Chat | None:
    """The chat of this browser; None where it has none, or was away for too long."""
    if not is_key(key):
        return None
    return Chat.objects.filter(key=_hash(store_id, key), seen_at__gt=at - KEPT_FOR).first()


def begin(store_id: int, key: str, visitor: Visitor, *, at: datetime) -> Chat:
    """The chat of this browser, begun now unless it was before: what is sent twice begins once."""
    hashed = _hash(store_id, key)
    # One that its browser left for so long opens no more, also where nobody has emptied it yet.
    Chat.objects.filter(key=hashed, seen_at__lte=at - KEPT_FOR).update(key=None)
    chat, _new = Chat.objects.get_or_create(
        key=hashed,
        defaults={
            "store_id": store_id,
            "email": visitor.email,
            "name": visitor.name,
            "language": visitor.language,
            "begun_at": at,
            "seen_at": at,
        },
    )
    return chat


def note_alive(chat: Chat, *, at: datetime) -> None:
    """The visitor's page gave a sign of life. Kept every ten seconds at most; who has ended his chat stays gone.

    A request that was under way when he ended it is looked after once more.
    """
    Chat.objects.filter(pk=chat.pk, left_at=None, seen_at__lt=at - NOTED_EVERY).update(seen_at=at)


def note_written(chat: Chat, *, at: datetime) -> None:
    """The visitor writes: he is there, also if he had ended it."""
    Chat.objects.filter(pk=chat.pk).update(seen_at=at, left_at=None)


def leave(chat: Chat, *, at: datetime) -> None:
    """The visitor ends it: what is not shown by now goes by mail."""
    Chat.objects.filter(pk=chat.pk).update(left_at=at)


def _hash(store_id: int, key: str) -> bytes:
    return salted_hmac("tresen.chats.visiting", f"{store_id}/{key}", algorithm="sha256").digest()
