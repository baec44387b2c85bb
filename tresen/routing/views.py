"""The ways to look at the work, and the place in a list where the next page begins."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from django.core import signing


class ViewKind(StrEnum):
    """What a view shows."""

    ALL = "all"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    LOST = "lost"
    DANGER = "danger"
    DUE = "due"
    LATE = "late"
    AGENT = "agent"
    TEAM = "team"
    CHANNEL = "channel"
    ANSWERED = "answered"
    WAITING = "waiting"
    SNOOZED = "snoozed"
    CASES = "cases"
    SOLVED = "solved"


ARGUMENTS = {
    ViewKind.CHANNEL: re.compile(r"[a-z0-9_]{1,40}"),
    ViewKind.TEAM: re.compile(r"[0-9]{1,18}"),
    ViewKind.AGENT: re.compile(r"[0-9]{1,18}"),
    ViewKind.DUE: re.compile(r"(own|platform|duty):[0-9]{0,11}-[0-9]{1,11}(:[a-z0-9_]{1,40})?"),
    ViewKind.LATE: re.compile(r"(own|platform|duty)(:[a-z0-9_]{1,40})?"),
}
"""What stands behind the colon, where something must."""

OF_A_CHANNEL = {ViewKind.UNASSIGNED, ViewKind.LOST, ViewKind.DANGER, ViewKind.CASES}
"""Where the key of a channel may stand behind the colon."""

OF_CLOCKS = {ViewKind.DUE, ViewKind.LATE}
RESTING = {ViewKind.ANSWERED, ViewKind.WAITING, ViewKind.SNOOZED, ViewKind.SOLVED}
UNDIVIDED = {*RESTING, ViewKind.LOST, ViewKind.DUE, ViewKind.CASES}
"""Views of one kind of ticket, in one order; all others go by the queue's tiers."""


class Side(StrEnum):
    """Whose clocks: our own targets, the platforms' limits, or duties: cases, promises and legal requests."""

    OWN = "own"
    PLATFORM = "platform"
    DUTY = "duty"


class UnknownView(ValueError):
    """The address names a view that there is not."""


@dataclass(frozen=True, slots=True)
class View:
    """A view; `argument` is what its kind takes: a channel's key, the id of a team or an agent, or which clocks.

    "late:own" and "late:platform:amazon" show whose target or limit is missed and still unanswered;
    "cases" every ticket with a case that is not closed, also where only the platform's decision is waited for;
    "due:own:-1764367200" what is due up to an instant (seconds since 1970), "due:platform:1764363600-1764367200:ebay"
    what is due after one and up to another, on one channel.
    """

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
        if view.kind in OF_A_CHANNEL and ":" in text:
            wanted = ARGUMENTS[ViewKind.CHANNEL]
        if (wanted is None and ":" in text) or (wanted is not None and wanted.fullmatch(argument) is None):
            raise UnknownView(f"There is no view “{text}”.")
        return view

    @classmethod
    def due(cls, side: "Side", until: datetime, *, after: datetime | None = None, channel: str = "") -> "View":
        """What runs out up to `until`, and after `after`; instants in whole seconds."""
        begins = str(int(after.timestamp())) if after else ""
        return cls(ViewKind.DUE, f"{side}:{begins}-{int(until.timestamp())}{_on(channel)}")

    @classmethod
    def late(cls, side: "Side", *, channel: str = "") -> "View":
        """Whose target, or limit, is missed and still unanswered."""
        return cls(ViewKind.LATE, f"{side}{_on(channel)}")

    @property
    def side(self) -> "Side":
        """Whose clocks a DUE or LATE view asks about."""
        return Side(self.argument.split(":")[0])

    @property
    def span(self) -> tuple[datetime | None, datetime]:
        """Of a DUE view: after which instant, and up to which."""
        begins, ends = (int(each) if each else None for each in self.argument.split(":")[1].split("-"))
        assert ends is not None  # as parsed
        return (_instant(begins) if begins is not None else None), _instant(ends)

    @property
    def channel(self) -> str:
        """The channel that the view keeps to; empty for all."""
        if self.kind is ViewKind.CHANNEL or self.kind in OF_A_CHANNEL:
            return self.argument
        parts = self.argument.split(":")
        before = {ViewKind.DUE: 2, ViewKind.LATE: 1}.get(self.kind, len(parts))
        return parts[before] if len(parts) > before else ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.argument}" if self.argument else self.kind.value


def _on(channel: str) -> str:
    return f":{channel}" if channel else ""


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


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
