"""What a visitor's page is told: how the chat looks, and what stands in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from tresen.chats.desks import is_anybody_free
from tresen.chats.models import Chat, Standing
from tresen.outbox.in_chat import Line, lines_of
from tresen.staffing.queries import coverage_of, hours_of
from tresen.stores.hours import own_versions
from tresen.stores.leaving import lacks_mailbox
from tresen.stores.models import Store
from tresen.workspace.website.chat.opening import OpenChat


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What stands in a chat, as JSON's values; `digest` tells it from another. `next_at`: when more may stand there."""

    values: Mapping[str, Any]
    digest: str
    next_at: datetime | None


def look_of(open_chat: OpenChat, *, at: datetime) -> dict[str, Any]:
    """How the chat looks to anybody, and whether somebody is there; else when somebody works again.

    `mails`: who leaves can be answered by mail.
    """
    public, settings, store = open_chat.public, open_chat.settings, open_chat.store
    free = is_anybody_free(team=store.default_team_id, store=store.pk, brand=store.brand_id, at=at)
    opens = None if free else _opens(store, at=at)
    return {
        "open": free,
        "opens": opens.isoformat() if opens else None,
        "title": settings.title or public.title,
        "greeting": settings.greeting,
        "colour": settings.colour,
        "language": "" if public.follows_visitor else public.language,
        "consent": public.consent,
        "mails": not lacks_mailbox(store),
    }


def state_of(chat: Chat, *, at: datetime) -> State:
    """What the chat's own page shows now."""
    lines = lines_of(chat, at=at)
    agent = chat.agent if chat.standing == Standing.TAKEN else None
    values = {
        "messages": [_line(line) for line in lines.lines],
        "agent": _first_name(agent.name) if agent else "",
        "by_mail": chat.by_mail_since is not None,
        "email": chat.email,
    }
    digest = sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
    return State(values=values, digest=digest, next_at=lines.next_at)


def _opens(store: Store, *, at: datetime) -> datetime | None:
    """When the store's hours, else its team's, begin again; None while they last, and where nobody ever works."""
    own = own_versions([store.pk]).get(store.pk)
    hours = hours_of([own])[own] if own else coverage_of([store.default_team_id]).get(store.default_team_id)
    opens = hours.next_open(at) if hours else None
    return opens if opens is not None and opens > at else None


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "number": line.number,
        "ours": line.ours,
        "text": line.text,
        "at": line.at.isoformat(),
        "by": _first_name(line.by),
        "seen": line.seen,
        "files": list(line.files),
    }


def _first_name(name: str) -> str:
    return next(iter(name.split()), "")
