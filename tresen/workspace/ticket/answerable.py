"""A conversation as the composer offers it, and those who read there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tresen.workspace.ticket.windows import Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderShown:
    """One of those who read a thread; `chosen`: the answer is for them as long as nobody says otherwise."""

    role: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WayShown:
    """A way in which it can be answered, to be chosen on purpose. `answers`: nothing is owed after it.

    `spent`: why it can't be chosen this time.
    """

    key: str
    title: str
    help_text: str
    public: bool
    usual: bool
    answers: bool
    spent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerable:
    """A conversation to answer in. `to` is the customer's own address, empty where the channel hides it.

    `hindrance` says why not, `link` leads to where it can be; `longest` 0: no limit.
    """

    id: int
    name: str
    to: str
    channel: str
    language: str
    language_words: str
    longest: int
    counts: bool
    counts_words: str
    nobody_waits: bool
    """We have begun it, and nobody has answered: more words stop no clock."""
    watches: bool
    """The store sends nothing: that is as it should be, and no fault of the answer."""
    hindrance: str
    link: str
    draft: str
    drafted_at: datetime | None
    draft_of: str
    """Who is away and had typed the draft; empty where it is the agent's own."""
    role: str
    readers: Sequence[ReaderShown] = ()
    """Those that an answer can be for; none where nobody chooses."""
    ways: Sequence[WayShown] = ()
    phases: Sequence[Phase] = ()
    waits: str = ""
    """When it would leave, where it is night at its recipient's place."""
    takes_files: bool = True
    templates: bool = False
    """Approved templates may leave when free words may not."""
    forbidden: str = ""
    """Why the platform does not take the draft as it stands."""
    link_words: str = ""
    """What the link says, where it leads to a page of ours."""
