"""Telling open browsers that something changed: one NOTIFY a transaction, and never what it was.

The payload names the teams, stores and brands concerned, so that each browser is told only of what its agent may see.
Visitors of a website are told of their own chat alone, by its number.
"""

from collections.abc import Iterable

import msgspec
from django.db import connection

CHANNEL = "tresen_live"
CHATS_CHANNEL = "tresen_chats"
MOST_NAMED = 100
"""PostgreSQL takes 8,000 bytes; beyond this many places a change is announced to all."""


class Change(msgspec.Struct, frozen=True):
    """Where something changed: (team, store, brand) each; empty stands for anywhere."""

    places: tuple[tuple[int, int, int], ...]


class ChatNews(msgspec.Struct, frozen=True):
    """In which chats something is new; empty stands for any."""

    chats: tuple[int, ...]


def announce(places: Iterable[tuple[int, int, int]]) -> None:
    """Announce, when this transaction commits, a change in these (team, store, brand)."""
    named = sorted(set(places))
    if named:
        _notify(CHANNEL, Change(tuple(named) if len(named) <= MOST_NAMED else ()))


def announce_in_chats(chats: Iterable[int]) -> None:
    """Tell the visitors of these chats, when this transaction commits, that something is new."""
    named = sorted(set(chats))
    if named:
        _notify(CHATS_CHANNEL, ChatNews(tuple(named) if len(named) <= MOST_NAMED else ()))


def news_from(channel: str, payload: str) -> Change | ChatNews:
    """What a notification tells of."""
    if channel == CHATS_CHANNEL:
        return msgspec.json.decode(payload, type=ChatNews)
    return msgspec.json.decode(payload, type=Change)


def _notify(channel: str, news: Change | ChatNews) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel, msgspec.json.encode(news).decode()])
