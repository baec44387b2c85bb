"""The seller's own queue at AWS (SQS), to which Amazon's notifications go: read, kept, and only then deleted there.

Its JSON protocol: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import msgspec

from tresen.channels.amazon.interface.places import asked_of_nobody, marketplace_of
from tresen.channels.amazon.interface.signing import SigningKey, signed_headers
from tresen.channels.answered import AFTER_A_FAULT, to_reader
from tresen.channels.feeds import Brings, Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.http import Allowance, HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json
from tresen.timekeeping import wall

NOTIFICATIONS = "notifications"
# The queue is the seller's own, and AWS sets no limit that a help desk could reach.
NO_KEY = "The queue’s AWS key is missing."
QUEUE = Allowance(name="queue", per_second=5, burst=20)
MOST = 10
HIDDEN = 300
"""Seconds in which the queue gives what we have received to nobody else: time to keep it."""
_REGION = re.compile(r"(?:sqs|queue)\.([a-z]{2}(?:-[a-z]+)+-\d)\.")
_USUAL_REGIONS = {"na": "us-east-1", "eu": "eu-west-1", "fe": "us-west-2"}


class Message(msgspec.Struct, frozen=True, rename="pascal"):
    """One message; its handle deletes it."""

    receipt_handle: str
    body: str
    message_id: str = ""


class Received(msgspec.Struct, frozen=True, rename="pascal"):
    """Some of what waits; absent where nothing does."""

    messages: list[Message] | None = None


def read_queue(access: StoreAccess, window: Window, place: str) -> Step:
    """Delete what the last step brought, and take what comes next. `place`: the handles of what has been kept."""
    del window
    if not access.setting("queue").strip():
        return Page(told=())
    try:
        kept = read_json(place.encode(), list[str]) if place else []
    except NotAsDocumented:
        return Stale()
    try:
        stopped = _delete(access, kept) if kept else None
        return stopped or _receive(access)
    except LookupError:
        return Stopped(reason=NO_KEY, after=AFTER_A_FAULT, reconnect=True)


def _receive(access: StoreAccess) -> Step:
    asked = {"MaxNumberOfMessages": MOST, "WaitTimeSeconds": 0, "VisibilityTimeout": HIDDEN}
    answer = _ask(access, "ReceiveMessage", asked)
    if isinstance(answer, Stopped):
        return answer
    try:
        messages = read_json(answer.body, Received).messages or []
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong), after=AFTER_A_FAULT)
    told = tuple(Told(about=NOTIFICATIONS, body=one.body.encode()) for one in messages)
    return Page(told=told, next=json.dumps([one.receipt_handle for one in messages]) if messages else "")


def _delete(access: StoreAccess, handles: list[str]) -> Stopped | None:
    """One whose handle is too old comes again, and is known by what it says; so does what is more than AWS takes."""
    wanted = list(dict.fromkeys(handles))[:MOST]
    entries = [{"Id": str(place), "ReceiptHandle": handle} for place, handle in enumerate(wanted)]
    answer = _ask(access, "DeleteMessageBatch", {"Entries": entries})
    return answer if isinstance(answer, Stopped) else None


def _ask(access: StoreAccess, action: str, asked: Mapping[str, object]) -> HttpResponse | Stopped:
    """Raises LookupError where the key was not entered."""
    address = access.setting("queue").strip()
    found = _REGION.search(address)
    key = SigningKey(
        id=access.setting("queue_key").strip(),
        secret=access.secret("queue_secret").strip(),
        region=found[1] if found else _USUAL_REGIONS[marketplace_of(access).region],
        service="sqs",
    )
    body = json.dumps({"QueueUrl": address, **asked}).encode()
    headers = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"AmazonSQS.{action}"}
    proven = signed_headers(key, method="POST", address=address, headers=headers, body=body, at=wall.now())
    read = to_reader(access.http.send(asked_of_nobody("POST", address, QUEUE, headers=proven, body=body)))
    if isinstance(read, Stopped) and read.lacks:
        # AWS forbids, too, whom it does not know: a wrong key is entered anew.
        return replace(read, after=AFTER_A_FAULT, lacks=False, reconnect=True)
    return read


FEED = Feed(
    key=NOTIFICATIONS,
    title="Notifications of changes",
    read=read_queue,
    every=timedelta(minutes=1),
    brings=Brings.QUEUE,
)
