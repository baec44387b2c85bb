"""Events as rows: how a fact is written to the ledger and read back."""

import re
from datetime import datetime
from functools import cache

import msgspec

from tresen.accounts.actors import Actor
from tresen.tickets import events
from tresen.tickets.facts import KEY, Event


class NewEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A fact about to be recorded. `source_key` names its cause: the same cause records it once."""

    ticket: int
    event: Event
    by: Actor
    occurred_at: datetime
    source_key: str


class RecordedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A fact in the ledger."""

    ticket: int
    sequence: int
    event: Event
    by: Actor
    occurred_at: datetime
    recorded_at: datetime
    source_key: str


class UnknownEvent(LookupError):
    """The ledger holds a kind or version that this code does not know: it is older than the data."""


@cache
def event_types() -> dict[str, type[Event]]:
    """Every kind of event by the word that stands in the rows."""
    return {kind.kind: kind for kind in vars(events).values() if _is_event(kind)}


def facts_of(event: Event) -> str:
    """The event's facts as JSON text."""
    return _encoder.encode(event).decode()


def event_from(kind: str, version: int, facts: str) -> Event:
    """The event that a row holds; `facts` is its JSON text. Raises UnknownEvent."""
    found = event_types().get(kind)
    if found is None or version > found.version:
        raise UnknownEvent(
            f"The ledger holds a {kind!r} of version {version}; this version of Tresen is too old for it."
        )
    return _decoder(found).decode(facts)


@cache
def _decoder(kind: type[Event]) -> msgspec.json.Decoder[Event]:
    return msgspec.json.Decoder(kind)


def is_key(value: str) -> bool:
    """Whether a text may stand in facts: a short word of ours, not a person's."""
    return re.fullmatch(KEY, value) is not None


def _is_event(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, Event) and thing is not Event


_encoder = msgspec.json.Encoder()
