"""The ways to look at the work, and the place in a list where the next page begins."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core import signing


class ViewKind(StrEnum):
    """What a view shows."""

    ALL = "all"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    MISSED = "missed"
    TEAM = "team"
    CHANNEL = "channel"
    ANSWERED = "answered"
    WAITING = "waiting"
    SNOOZED = "snoozed"
    SOLVED = "solved"


ARGUMENTS = {ViewKind.CHANNEL: re.compile(r"[a-z0-9_]{1,40}"), ViewKind.TEAM: re.compile(r"[0-9]{1,18}")}
"""What stands behind the colon, where something does."""

RESTING = {ViewKind.ANSWERED, ViewKind.WAITING, ViewKind.SNOOZED, ViewKind.SOLVED}


class UnknownView(ValueError):
    """The address names a view that there is not."""


@dataclass(frozen=True, slots=True)
class View:
    """A view; `argument` is the channel's key or the team's id where the kind takes one."""

    kind: ViewKind
    argument: str = ""

    @classmethod
    def parse(cls, text: str) -> "View":
        """The view written as "mine", "channel:amazon" or "team:3". Raises UnknownView."""
        kind, _, argument = text.partition(":")
        try:
            view = cls(ViewKind(kind), argument)
        except ValueError:
            raise UnknownView(f"There is no view “{text}”.") from None
        wanted = ARGUMENTS.get(view.kind)
        if (wanted is None and ":" in text) or (wanted is not None and wanted.fullmatch(argument) is None):
            raise UnknownView(f"There is no view “{text}”.")
        return view

    def __str__(self) -> str:
        return f"{self.kind}:{self.argument}" if self.argument else self.kind.value


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of a page: the next one begins behind it. Opaque outside."""

    tier: int
    at: datetime
    ticket: int

    def token(self) -> str:
        """What a link carries."""
        return signing.dumps([self.tier, self.at.isoformat(), self.ticket], salt="queue", compress=True)

    @classmethod
    def read(cls, token: str) -> "Cursor | None":
        """The cursor in a link; None when it was tampered with: the list then begins at its top."""
        try:
            tier, at, ticket = signing.loads(token, salt="queue")
        except signing.BadSignature:
            return None
        return cls(tier, datetime.fromisoformat(at), ticket)
