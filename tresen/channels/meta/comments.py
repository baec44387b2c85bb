"""From what happens below posts, and from reviews, to what it means. Pure.

A comment and all answers to it are one thread, whoever writes there. It can be answered for all to read, or once to its
writer alone.
"""

from collections.abc import Iterator
from datetime import datetime

from msgspec import structs

from tresen.channels.answer_ways import EDIT, AnswerWay
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
    ReplyBy,
    Sender,
    Surface,
    ThreadKey,
    ThreadKeyKind,
)
from tresen.channels.meta.events import Happened
from tresen.channels.meta.shapes import Change, moment
from tresen.channels.typed_json import read_value

COMMENT = "comment:"
"""What stands before the first comment's id in the key of a thread below a post."""
PUBLIC, PRIVATE = "public", "private"
WAYS = (
    AnswerWay(key=PUBLIC, title="Below the comment, for all to read", public=True),
    AnswerWay(
        key=PRIVATE,
        title="To its writer alone",
        help_text="Once for each comment, as a message; it goes on as a conversation with him.",
        once="Meta takes one message to a comment’s writer alone, and this comment has had it.",
    ),
)
AT_INSTAGRAM = frozenset({"comments", "live_comments"})
POSTS = frozenset({"post", "status", "photo", "video", "share"})
_ADDED = frozenset({"add", "edited"})
FAIR = 4
"""Of five stars: fewer are bad feedback."""


def of_change(one: Happened, payload: RawPayload) -> Iterator[Inbound]:
    """What one change means. Raises NotAsDocumented."""
    match one.kind:
        case "feed":
            change = read_value(one.value, Change)
            yield _written(one, change, payload)
        case field if field in AT_INSTAGRAM:
            yield _comment(one, read_value(one.value, Change), payload)
        case "ratings":
            yield _review(one, read_value(one.value, Change), payload)
        case "mention":
            yield _mention(one, read_value(one.value, Change), payload)
        case "mentions":
            yield Ignored(reason="mention_without_words")
        case _:
            yield Ignored(reason="change_of_another_kind")


def _written(one: Happened, change: Change, payload: RawPayload) -> Inbound:
    """A comment, or what a visitor posts on the page: that is the beginning of a thread, too."""
    if change.item == "comment":
        return _comment(one, change, payload)
    visitor = _writer(change)[0] not in {"", one.account}
    if change.item in POSTS and change.verb == "add" and visitor and change.message:
        return _comment(one, structs.replace(change, comment_id=change.post_id, parent_id=None), payload)
    return Ignored(reason="not_a_comment")


def _comment(one: Happened, change: Change, payload: RawPayload) -> Inbound:
    number = _text(change.comment_id or change.id)
    text = (change.message or change.text or "").strip()
    if not number:
        return Ignored(reason="not_a_comment")
    if change.verb not in {None, *_ADDED}:
        return Ignored(reason=f"comment_{change.verb}"[:60])
    parent, post = _text(change.parent_id), _text(change.post_id)
    answers = parent if parent and parent != post else ""
    keys = (ThreadKey(kind=ThreadKeyKind.THREAD, value=f"{COMMENT}{answers or number}"),)
    at = min(moment(change.created_time, one.at), payload.recorded_at)
    writer, name = _writer(change)
    if writer == one.account:
        return _ours(number, answers, text, keys, change, at=at)
    edited = f"{number}{EDIT}{int(at.timestamp())}" if change.verb == "edited" else number
    buyer = (ThreadKey(kind=ThreadKeyKind.BUYER, value=writer),) if writer else ()
    return InboundMessage(
        external_id=edited,
        sender=Sender(kind=IdentityKind.USERNAME, key=writer or f"{COMMENT}{number}", name=name),
        occurred_at=at,
        subject="",
        text=text,
        reply_by=ReplyBy.THREAD,
        surface=Surface.COMMENT,
        thread_keys=(*keys, *buyer),
        files=_files(change),
        links=_links(change),
    )


def _ours(
    number: str, answers: str, text: str, keys: tuple[ThreadKey, ...], change: Change, *, at: datetime
) -> Inbound:
    """The page's own words: an answer where they stand below a comment of somebody's, else nothing asked for."""
    if not answers or change.verb == "edited":
        return Ignored(reason="own_comment")
    return OwnAnswer(
        external_id=number,
        occurred_at=at,
        text=text,
        thread_keys=keys,
        number=number,
        surface=Surface.COMMENT,
    )


def _review(one: Happened, change: Change, payload: RawPayload) -> Inbound:
    """Bad feedback stands for all to read; what is good, or was only commented on, is nothing to act on."""
    text = (change.review_text or "").strip()
    bad = (change.rating is not None and change.rating < FAIR) or change.recommendation_type == "NEGATIVE"
    if change.item != "rating" or change.verb not in _ADDED or not bad:
        return Ignored(reason="review_not_bad")
    stars = f"{change.rating}/5" if change.rating is not None else "–"
    return PlatformNotice(
        external_id=f"review:{_text(change.open_graph_story_id) or _text(change.reviewer_id)}",
        kind=NoticeKind.NEGATIVE_FEEDBACK,
        occurred_at=min(moment(change.created_time, one.at), payload.recorded_at),
        subject=f"{one.of.title}: {stars}",
        text=text or stars,
        buyer_name=change.reviewer_name or "",
    )


def _mention(one: Happened, change: Change, payload: RawPayload) -> Inbound:
    text = (change.message or "").strip()
    if not text or change.verb not in _ADDED:
        return Ignored(reason="mention_without_words")
    return PlatformNotice(
        external_id=f"mention:{_text(change.comment_id) or _text(change.post_id)}",
        kind=NoticeKind.OTHER,
        occurred_at=min(moment(change.created_time, one.at), payload.recorded_at),
        subject=one.of.title,
        text=text,
        links=_links(change),
    )


def _writer(change: Change) -> tuple[str, str]:
    if change.by is not None:
        return _text(change.by.id), change.by.name or change.by.username or ""
    return _text(change.sender_id), change.sender_name or ""


def _files(change: Change) -> tuple[InboundFile, ...]:
    told = (("photo.jpg", change.photo), ("video.mp4", change.video))
    return tuple(InboundFile(reference=address[:2000], name=name) for name, address in told if address)


def _links(change: Change) -> tuple[PlatformLink, ...]:
    address = change.post.permalink_url or "" if change.post else ""
    return (PlatformLink(kind="post", url=address),) if address.startswith("https://") else ()


def _text(number: str | int | None) -> str:
    return "" if number is None else str(number)
