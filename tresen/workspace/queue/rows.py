"""A row of the queue as it is drawn: every word ready, so that the template only places them."""

import msgspec

from tresen.channels.contract import Look
from tresen.workspace.clocks import Face


class Timing(msgspec.Struct, frozen=True, kw_only=True):
    """A clock with the words before it ("act by") and its due time in words ("tomorrow 09:05")."""

    face: Face
    prefix: str
    when: str


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that matters about a ticket, e.g. "third contact"; `tone` as of a badge.

    `why` says more where one points at it, `address` leads to what it is reckoned by.
    """

    words: str
    tone: str = ""
    icon: str = ""
    why: str = ""
    address: str = ""


class RowShown(msgspec.Struct, frozen=True, kw_only=True):
    """`details` are order and value, as far as they are known; `label` is what a screen reader says.

    `message` is the newest that it shows; `queue_tier` tells the part of the queue that it stands in; `rested` since
    when it rests, where no clock runs.
    """

    number: int
    message: int
    queue_tier: int
    address: str
    label: str
    tier: int
    tier_name: str
    look: Look
    channel: str
    place: str
    subject: str
    excerpt: str
    customer: str
    details: str
    facts: tuple[Fact, ...]
    timing: Timing | None
    rested: str = ""
    platform: Timing | None
    assignee: str

    @property
    def marks(self) -> str:
        """What its marks say, also those for which there is only room for an icon."""
        return " · ".join(fact.why or fact.words for fact in self.facts)
