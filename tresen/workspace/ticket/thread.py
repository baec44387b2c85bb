"""A ticket's thread as it is drawn: messages, events and days, oldest first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from tresen.workspace.dates import day, day_and_time

FEWEST_FOLDED = 2
"""So many lines that say the same become one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShown:
    """An attachment's tile. `preview` is the address of a picture; `shown_here`: the browser may show it itself."""

    name: str
    size: int
    address: str
    preview: str = ""
    shown_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A button in the thread: where it is posted, and with what."""

    label: str
    address: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryShown:
    """Where our answer is; `reason` in the server's own words; `choices` when a person must decide.

    `unsent`: it never left and never will.
    """

    words: str
    icon: str
    tone: str = ""
    reason: str = ""
    choices: tuple[Choice, ...] = ()
    unsent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotArrivedShown:
    """Our answers, by their messages, that came back when their clocks had stopped for good; `choices`: sending again.

    Or our questions to partners, for which no clock asks either.

    `reason` in the server's own words, where there is one for all.
    """

    messages: tuple[int, ...]
    words: str
    reason: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileThere:
    """A file that lies at the platform still; `again` is where having it tried once more is posted, if it may be."""

    name: str
    size: int | None
    words: str
    again: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is special about a message, and no trouble."""

    words: str
    icon: str = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkShown:
    """What a message points at, at the platform."""

    words: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardShown:
    """What was sent instead of words. `address` leads to its order, where we know it; `said`: what stands on it.

    `came`: nobody sent it, it tells what the buyer looked at before the first words.
    """

    words: str
    address: str = ""
    said: str = ""
    came: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageShown:
    """`kind` is tickets.models.MessageKind; `who`: customer, agent, note, bot or machine; `cut`: there is more text.

    `whole_address` leads to the mail as it came; `quotes`: it says more than the text shown.
    """

    id: int
    kind: str
    who: str
    name: str
    kind_words: str
    text: str
    at: datetime
    card: CardShown | None = None
    language: str = ""
    cut: bool = False
    whole_address: str = ""
    quotes: bool = False
    crossed: bool = False
    marks: tuple[Mark, ...] = ()
    problems: tuple[str, ...] = ()
    links: tuple[LinkShown, ...] = ()
    files: tuple[FileShown, ...] = ()
    files_there: tuple[FileThere, ...] = ()
    delivery: DeliveryShown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventShown:
    """Something that happened besides messages: "Jana assigned this to herself"; `choice` takes it back.

    `like`: what it has in common with others, with which it becomes one line; empty where it stands for itself.
    """

    words: str
    icon: str
    at: datetime
    choice: Choice | None = None
    like: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsShown:
    """Events that say the same, as one line with the time of the last; `events`: each with its day and time."""

    words: str
    icon: str
    at: datetime
    events: Sequence[tuple[EventShown, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShown:
    """The mark where a new day begins."""

    words: str


type Item = MessageShown | EventShown | EventsShown | DayShown


def with_days(items: Sequence[MessageShown | EventShown], *, at: datetime) -> list[Item]:
    """The items in time, a mark before the first of each day of the agent's zone."""
    found: list[Item] = []
    before = ""
    for item in _folded(sorted(items, key=lambda one: one.at), at):
        words = day(item.at, at)
        if words != before:
            found.append(DayShown(words=words))
            before = words
        found.append(item)
    return found


def _folded(
    items: Sequence[MessageShown | EventShown], at: datetime
) -> Iterator[MessageShown | EventShown | EventsShown]:
    """Like events between two messages stand as one, where the last of them is."""
    for is_message, stretch in groupby(items, key=lambda one: isinstance(one, MessageShown)):
        if is_message:
            yield from stretch
            continue
        events = [one for one in stretch if isinstance(one, EventShown)]
        for place, event in enumerate(events):
            like = [one for one in events if event.like and one.like == event.like]
            if len(like) < FEWEST_FOLDED:
                yield event
            elif not any(one.like == event.like for one in events[place + 1 :]):
                told = [(one, day_and_time(one.at, at)) for one in like]
                yield EventsShown(words=event.like, icon=event.icon, at=event.at, events=told)
