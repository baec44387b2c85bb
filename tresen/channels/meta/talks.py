"""Conversations as the interface gives them: what a webhook did not bring, and names, which none ever tells. Pure."""

from collections.abc import Iterator, Sequence

import msgspec

from tresen.channels.contract import (
    IdentityKind,
    Inbound,
    InboundFile,
    InboundMessage,
    OwnAnswer,
    RawPayload,
    ReplyBy,
    Sender,
)
from tresen.channels.meta.messages import kinds, talk_keys
from tresen.channels.meta.shapes import written_at
from tresen.channels.typed_json import read_json

TALKS = "talks"
"""What was asked for."""


class Person(msgspec.Struct, frozen=True):
    """Somebody who takes part."""

    id: str | int = ""
    name: str | None = None
    username: str | None = None


class People(msgspec.Struct, frozen=True):
    """Those who take part."""

    data: Sequence[Person] = ()


class Picture(msgspec.Struct, frozen=True):
    """Where a picture or film lies."""

    url: str | None = None


class Kept(msgspec.Struct, frozen=True):
    """A file beside a message."""

    name: str | None = None
    mime_type: str | None = None
    size: int | None = None
    image_data: Picture | None = None
    video_data: Picture | None = None
    file_url: str | None = None


class Files(msgspec.Struct, frozen=True):
    """The files beside a message."""

    data: Sequence[Kept] = ()


class Said(msgspec.Struct, frozen=True):
    """One message."""

    id: str
    created_time: str
    by: Person | None = msgspec.field(default=None, name="from")
    to: People | None = None
    message: str | None = None
    attachments: Files | None = None


class SaidPage(msgspec.Struct, frozen=True):
    """The newest messages."""

    data: Sequence[Said] = ()


class Talk(msgspec.Struct, frozen=True):
    """A conversation."""

    id: str
    updated_time: str | None = None
    participants: People | None = None
    messages: SaidPage | None = None


class Cursors(msgspec.Struct, frozen=True):
    """Where the next page begins."""

    after: str | None = None


class Paging(msgspec.Struct, frozen=True):
    """Whether there is a next page."""

    cursors: Cursors | None = None
    next: str | None = None


class Talks(msgspec.Struct, frozen=True):
    """A page of conversations, the one changed last first."""

    data: Sequence[Talk] = ()
    paging: Paging | None = None


def of_talks(payload: RawPayload, *, account: str) -> Sequence[Inbound]:
    """All messages on the page. Raises NotAsDocumented."""
    page = read_json(payload.body, Talks)
    return [one for talk in page.data for one in _messages(talk, payload, account=account)]


def _messages(talk: Talk, payload: RawPayload, *, account: str) -> Iterator[Inbound]:
    others = [one for one in (talk.participants.data if talk.participants else ()) if str(one.id) != account]
    for said in reversed(talk.messages.data if talk.messages else ()):
        at = min(written_at(said.created_time), payload.recorded_at)
        writer = str(said.by.id) if said.by else ""
        person = str(others[0].id) if len(others) == 1 else writer
        files = _files(said)
        if not person or not writer:
            continue
        if writer == account:
            text = (said.message or "").strip() or kinds(_kind(one) for one in _attached(said))
            yield OwnAnswer(
                external_id=said.id, occurred_at=at, text=text, thread_keys=talk_keys(person), number=said.id
            )
            continue
        name = (said.by.name or said.by.username or "") if said.by else ""
        yield InboundMessage(
            external_id=said.id,
            sender=Sender(kind=IdentityKind.USERNAME, key=writer, name=name),
            occurred_at=at,
            subject="",
            text=(said.message or "").strip(),
            reply_by=ReplyBy.THREAD,
            thread_keys=talk_keys(person),
            files=files,
        )


def _attached(said: Said) -> Sequence[Kept]:
    return said.attachments.data if said.attachments else ()


def _kind(kept: Kept) -> str:
    """In a webhook's words."""
    told = "image" if kept.image_data else "video" if kept.video_data else ""
    return told or (kept.mime_type or "").partition("/")[0]


def _files(said: Said) -> tuple[InboundFile, ...]:
    found = []
    for kept in _attached(said):
        address = next(
            (
                one
                for one in (
                    kept.image_data.url if kept.image_data else None,
                    kept.video_data.url if kept.video_data else None,
                    kept.file_url,
                )
                if one
            ),
            "",
        )
        if address:
            name = (kept.name or "file")[:100]
            found.append(
                InboundFile(reference=address[:2000], name=name, content_type=kept.mime_type or "", size=kept.size)
            )
    return tuple(found)
