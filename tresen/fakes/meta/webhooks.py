"""What Meta tells by itself: events of several accounts in one body, escaped, and signed as it stands."""

import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from tresen.fakes.meta.platform import APP, APP_SECRET, Comment, FakeMeta
from tresen.fakes.sales import By, Letter

type Json = dict[str, Any]


class Delivery(NamedTuple):
    """One POST."""

    headers: dict[str, str]
    body: bytes


def of_letter(fake: FakeMeta, letter: Letter, *, person: str, story: str = "") -> Json:
    """A message, or the echo of one that left: then the two who talk stand the other way round.

    `story`: the address of the page's own story that it answers.
    """
    ours = letter.by is not By.BUYER
    message: Json = {"mid": letter.id, "text": letter.text}
    if ours:
        message |= {"is_echo": True, "app_id": int(APP)}
    if letter.id in fake.metadata:
        message["metadata"] = fake.metadata[letter.id]
    if letter.files:
        message["attachments"] = [
            {"type": "file", "payload": {"url": f"https://cdn.fbsbx.com/v/{number}.pdf"}}
            for number, _ in enumerate(letter.files)
        ]
    if story:
        message["reply_to"] = {"story": {"url": story, "id": "17900000000000002"}}
    event = {
        "sender": {"id": fake.account if ours else person},
        "recipient": {"id": person if ours else fake.account},
        "timestamp": milliseconds(letter.at),
        "message": message,
    }
    return {"id": fake.account, "time": milliseconds(letter.at), "messaging": [event]}


def of_arrival(fake: FakeMeta, letter: Letter, *, person: str, at: datetime) -> Json:
    """That a message of the page's has reached the person."""
    event = {
        "sender": {"id": person},
        "recipient": {"id": fake.account},
        "timestamp": milliseconds(at),
        "delivery": {"mids": [letter.id], "watermark": milliseconds(at)},
    }
    return {"id": fake.account, "time": milliseconds(at), "messaging": [event]}


def of_comment(fake: FakeMeta, comment: Comment) -> Json:
    """Words below a post, in the shape of its channel."""
    writer = {"id": comment.writer, fake.of.name: comment.name}
    if fake.of.object == "page":
        post = f"{fake.account}_901097836652708"
        value: Json = {
            "item": "comment",
            "verb": "add",
            "comment_id": comment.id,
            "post_id": post,
            "parent_id": comment.below or post,
            "from": writer,
            "created_time": int(comment.at.timestamp()),
            "message": comment.text,
        }
        field = "feed"
    else:
        value = {"id": comment.id, "text": comment.text, "from": writer, "media": {"id": "17900000000000001"}}
        field = "comments"
        if comment.below:
            value["parent_id"] = comment.below
    return {
        "id": fake.account,
        "time": int(comment.at.timestamp()),
        "changes": [{"field": field, "value": value}],
    }


def delivered(fake: FakeMeta, entries: Sequence[Json], *, secret: str = APP_SECRET) -> Delivery:
    """These entries in one POST."""
    body = json.dumps({"object": fake.of.object, "entry": [*entries]}).encode()
    signed = hmac.new(secret.encode(), body, sha256).hexdigest()
    return Delivery(headers={"X-Hub-Signature-256": f"sha256={signed}", "Content-Type": "application/json"}, body=body)


def milliseconds(at: datetime) -> int:
    """As messaging events count."""
    return round(at.timestamp() * 1000)
