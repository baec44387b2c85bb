"""A webhook taken apart: several events of several accounts come in one.

Each is read alone, so that one that nobody understands hides no other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tresen.channels.meta.account import OF_OBJECT, Account
from tresen.channels.meta.shapes import moment
from tresen.channels.typed_json import NotAsDocumented, read_json

MESSAGING, STANDBY, CHANGES = "messaging", "standby", "changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One event as it came. `kind` is messaging, standby (another app holds the conversation) or a change's field."""

    of: Account
    account: str
    kind: str
    value: object
    at: datetime


def events_of(body: bytes, *, account: str, fallback: datetime) -> Sequence[Happened]:
    """What the body tells of this account; of all, where none is named. Raises NotAsDocumented."""
    told = read_json(body, dict[str, object])
    of = OF_OBJECT.get(str(told.get("object", "")))
    entries = told.get("entry")
    if of is None or not isinstance(entries, list):
        raise NotAsDocumented("no object of Meta’s that we know, or no entries")
    return [
        one
        for entry in entries
        if isinstance(entry, dict) and (not account or str(entry.get("id", "")) == account)
        for one in _events_in(entry, of, fallback)
    ]


def _events_in(entry: dict[str, object], of: Account, fallback: datetime) -> Iterator[Happened]:
    account = str(entry.get("id", ""))
    time = entry.get("time")
    at = moment(time if isinstance(time, int) and not isinstance(time, bool) else None, fallback)
    for kind in (MESSAGING, STANDBY):
        for value in _listed(entry.get(kind)):
            yield Happened(of=of, account=account, kind=kind, value=value, at=at)
    changes = _listed(entry.get(CHANGES))
    # Apps that sign in with Instagram itself are told the one change in the entry's own place.
    for change in changes or ([entry] if "field" in entry else []):
        field, value = (change.get("field"), change.get("value")) if isinstance(change, dict) else ("", None)
        yield Happened(of=of, account=account, kind=str(field), value=value, at=at)


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()
