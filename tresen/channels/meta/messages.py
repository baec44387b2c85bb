"""From an event of a conversation to what it means. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from tresen.channels.answer_ways import EDIT
from tresen.channels.contract import (
    IdentityKind,
    Ignored,
    Inbound,
    InboundFile,
    InboundMessage,
    NoticeKind,
    OwnAnswer,
    PlatformLink,
    PlatformNotice,
    RawPayload,
    Receipt,
    ReplyBy,
    Sender,
    Stage,
    ThreadKey,
    ThreadKeyKind,
)
from tresen.channels.meta.events import STANDBY, Happened
from tresen.channels.meta.shapes import Content, Coordinates, Event, Words, moment
from tresen.channels.typed_json import read_value

TALK = "talk:"
"""What stands before a person's id in the key of the conversation with him."""
FILES = {"image": ".jpg", "video": ".mp4", "audio": ".m4a", "file": ""}
STORY_MENTION, STORY_REPLY, SHARED, PLACE = "story_mention", "story_reply", "shared_post", "place"
UNSUPPORTED, HELD_BY_OTHERS = "unsupported_there", "held_by_another_app"
FILE_OF_OURS = "tresen/file"
"""What Messenger keeps with a file that left from here beside an answer, and tells with its echo."""
LONGEST_REFERENCE = 2000


def of_event(one: Happened, payload: RawPayload) -> Iterator[Inbound]:
    """What one event means. Raises NotAsDocumented."""
    event = read_value(one.value, Event)
    if event.message is not None:
        yield _words(one, event, event.message, payload)
    elif event.message_edit is not None:
        edited = event.message_edit
        words = Words(mid=f"{edited.mid}{EDIT}{edited.num_edit}", text=edited.text)
        ours = _is_ours(one, event)
        yield Ignored(reason="own_message_edited") if ours else _words(one, event, words, payload)
    elif event.postback is not None:
        pressed = event.postback
        said = Words(mid=pressed.mid or "", text=pressed.title)
        yield _words(one, event, said, payload) if pressed.title else Ignored(reason="button_without_words")
    elif event.read is not None or event.delivery is not None:
        yield from _receipts(one, event, payload)
    elif event.enforced is not None:
        yield PlatformNotice(
            external_id=None,
            kind=NoticeKind.POLICY_WARNING,
            occurred_at=min(moment(event.timestamp, one.at), payload.recorded_at),
            subject=f"{one.of.title}: {event.enforced.action}",
            text=event.enforced.reason or event.enforced.action,
        )
    else:
        yield Ignored(reason="event_without_words")


def _receipts(one: Happened, event: Event, payload: RawPayload) -> Iterator[Inbound]:
    seen = [event.read.mid] if event.read and event.read.mid else []
    arrived = event.delivery.mids or () if event.delivery else ()
    at = min(moment(event.timestamp, one.at), payload.recorded_at)
    yield from (Receipt(external_id=mid, stage=Stage.READ, occurred_at=at) for mid in seen if mid)
    yield from (Receipt(external_id=mid, stage=Stage.DELIVERED, occurred_at=at) for mid in arrived if mid)
    if not seen and not arrived:
        yield Ignored(reason="read_up_to_a_time")


def _words(one: Happened, event: Event, words: Words, payload: RawPayload) -> Inbound:
    echo = words.is_echo or _is_ours(one, event)
    person = _person(one.account, event, echo=echo)
    if words.is_deleted:
        return Ignored(reason="taken_back_by_its_writer")
    if not person:
        return Ignored(reason="nobody_named")
    text, files, links, problems = _content(words)
    if one.kind == STANDBY:
        problems = (*problems, HELD_BY_OTHERS)
    at = min(moment(event.timestamp, one.at), payload.recorded_at)
    keys = talk_keys(person)
    if echo and words.metadata == FILE_OF_OURS:
        return Ignored(reason="file_of_ours")
    if echo:
        # What left from here is told too: it is known by its id.
        said = text or kinds(one.type for one in words.attachments or ())
        return OwnAnswer(external_id=words.mid or None, occurred_at=at, text=said, thread_keys=keys, number=words.mid)
    return InboundMessage(
        # A button pressed once more is another message, also in a version of Meta's that numbers none.
        external_id=words.mid or f"{person}:{int(at.timestamp() * 1000)}",
        sender=Sender(kind=IdentityKind.USERNAME, key=person),
        occurred_at=at,
        subject="",
        text=text,
        expects_answer=_asks(words, text, files),
        reply_by=ReplyBy.THREAD,
        thread_keys=keys,
        files=files,
        links=links,
        problems=problems,
    )


def talk_keys(person: str) -> tuple[ThreadKey, ...]:
    """The keys of the conversation with a person, known by the id that he has for this page alone."""
    return (
        ThreadKey(kind=ThreadKeyKind.THREAD, value=f"{TALK}{person}"),
        ThreadKey(kind=ThreadKeyKind.BUYER, value=person),
    )


def _is_ours(one: Happened, event: Event) -> bool:
    """Whether the page itself did it, also where nothing calls it an echo: its words are nobody else's."""
    return event.sender is not None and str(event.sender.id) == one.account


def kinds(files: Iterable[str]) -> str:
    """What stands in the place of words of ours where there are files alone: webhook and interface name them apart."""
    return " ".join(f"[{one if one in FILES else 'file'}]" for one in files)


def _person(account: str, event: Event, *, echo: bool) -> str:
    """The one who is not the page: an echo has the two the other way round."""
    sender = str(event.sender.id) if event.sender else ""
    recipient = str(event.recipient.id) if event.recipient else ""
    first, second = (recipient, sender) if echo else (sender, recipient)
    return first if first and first != account else second if second != account else ""


def _content(
    words: Words,
) -> tuple[str, tuple[InboundFile, ...], tuple[PlatformLink, ...], tuple[str, ...]]:
    """The text, the files to be fetched, what was shared, and what people should know of it.

    The text is the person's alone: the interface tells the same message once more, and it must be the same.
    """
    text = (words.text or "").strip()
    files, links, problems = list[InboundFile](), list[PlatformLink](), list[str]()
    for attached in words.attachments or ():
        content = attached.payload if isinstance(attached.payload, Content) else Content()
        address = content.url or attached.url or ""
        if content.coordinates:
            links.append(PlatformLink(kind=PLACE, url=_map_of(content.coordinates)))
        elif attached.type in FILES and address:
            files.append(InboundFile(reference=address[:LONGEST_REFERENCE], name=_name(attached.type, address)))
        else:
            kind = STORY_MENTION if attached.type == STORY_MENTION else SHARED
            problems.append(kind)
            links += [PlatformLink(kind=kind, url=address)] if _can_be_opened(address) else []
    if words.reply_to and words.reply_to.story:
        problems.append(STORY_REPLY)
        story = words.reply_to.story.url or ""
        links += [PlatformLink(kind=STORY_REPLY, url=story)] if _can_be_opened(story) else []
    if words.is_unsupported:
        problems.append(UNSUPPORTED)
    return text, tuple(files), tuple(links), tuple(dict.fromkeys(problems))


def _can_be_opened(address: str) -> bool:
    return address.startswith("https://") and len(address) <= LONGEST_REFERENCE


def _map_of(place: Coordinates) -> str:
    return f"https://www.openstreetmap.org/?mlat={place.lat}&mlon={place.long}"


def _name(kind: str, address: str) -> str:
    try:
        name = PurePosixPath(urlsplit(address).path).name
    except ValueError:
        name = ""
    return name[:100] if "." in name else f"{kind}{FILES[kind]}"


def _asks(words: Words, text: str, files: Sequence[InboundFile]) -> bool:
    """A sticker alone, or being mentioned in a story, waits for nothing; what can't be read may."""
    if words.is_unsupported or text:
        return True
    contents = [one.payload for one in words.attachments or () if isinstance(one.payload, Content)]
    return bool(files) and not all(one.sticker_id for one in contents)
