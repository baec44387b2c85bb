"""One call, letter or visit as an agent logs it: one payload, written by a form of ours and read by `parsing`."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from tresen.channels.files import InboundAttachment
from tresen.channels.senders import IdentityKind

OWN_KEY = "by-hand/"
"""Begins the key of one of whom there is a name only."""
LONGEST = 20_000
"""Characters of what was said."""
MAX_LINE = 300


class Kind(StrEnum):
    """How it reached us, or how we answered."""

    PHONE = "phone"
    LETTER = "letter"
    WALK_IN = "walk_in"


class Ended(StrEnum):
    """What is owed after it."""

    OPEN = "open"
    """An answer, as after any message."""
    ANSWERED = "answered"
    """Nothing: it was answered while it was said."""
    PROMISED = "promised"
    """What was promised by a date; the words themselves were answered."""
    GIVEN = "given"
    """We called, wrote or were there: it is itself the answer to what was said before."""


class LoggedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A scan or a recording; `content` in base64."""

    name: str = ""
    content_type: str = ""
    content: str = ""


class Log(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was logged. `id` is ours, `agent` who logged it, `at` when it was said, `promise_due` with its `promise`.

    `who_key` is empty for one of whom there is a name only; `who_channel` and `who_realm` stand beside it for one whom
    the agent chose among those who are known. `number`: a telephone number that is none, as it was typed.
    `thread` ties it to a ticket. Several `orders` are named by commas.
    """

    id: str
    agent: int
    kind: Kind
    ended: Ended
    at: datetime
    text: str
    who_kind: IdentityKind = IdentityKind.USERNAME
    who_key: str = ""
    who_channel: str = ""
    who_realm: str = ""
    who_name: str = ""
    number: str = ""
    order_number: str = ""
    thread: str = ""
    promise_due: datetime | None = None
    promise: str = ""
    files: tuple[LoggedFile, ...] = ()


def log_payload(log: Log, *, attachments: Sequence[InboundAttachment] = ()) -> bytes:
    """The body of a `RawPayload` for what was logged, with its files."""
    files = tuple(
        LoggedFile(name=one.name, content_type=one.content_type, content=base64.b64encode(one.content).decode("ascii"))
        for one in attachments
    )
    return msgspec.json.encode(msgspec.structs.replace(log, files=files))


def read_log(body: bytes) -> tuple[Log, tuple[InboundAttachment, ...]] | None:
    """What was logged, with its files; None for anything else."""
    try:
        log = msgspec.json.decode(body, type=Log)
        files = tuple(_file(one) for one in log.files)
    except (ValueError, RecursionError, binascii.Error):
        return None
    if log.at.tzinfo is None or (log.promise_due is not None and log.promise_due.tzinfo is None):
        return None
    return log, files


def logged_by(facts: Mapping[str, str]) -> int | None:
    """Who logged the message that has these facts; None for one that was not logged by hand."""
    return int(facts["logged_by"]) if "logged_by" in facts else None


def promised(facts: Mapping[str, str]) -> tuple[datetime, str] | None:
    """Until when what was promised with the message that has these facts; None where nothing was."""
    named = json.loads(facts["promise"]) if "promise" in facts else None
    return (datetime.fromisoformat(named["due"]), named["what"]) if named else None


def facts_of(log: Log) -> dict[str, str]:
    """What a message keeps besides its words."""
    facts = {"by_hand": log.kind.value, "logged_by": str(log.agent), "number_as_typed": log.number[:MAX_LINE]}
    return {name: value for name, value in facts.items() if value}


def promise_facts(log: Log) -> dict[str, str]:
    """What the answer keeps of what it promised."""
    if log.ended is not Ended.PROMISED or log.promise_due is None:
        return {}
    return {"promise": json.dumps({"due": log.promise_due.isoformat(), "what": log.promise[:200]}, ensure_ascii=False)}


def _file(file: LoggedFile) -> InboundAttachment:
    content = base64.b64decode(file.content, validate=True)
    return InboundAttachment(name=file.name[:MAX_LINE], content_type=file.content_type[:MAX_LINE], content=content)
