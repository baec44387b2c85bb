"""Answers in a chat: shown on the visitor's page while he is there, and accepted once the page says that it shows them.

A mail leaves for what nobody has seen there, and for what has files, which no page shows: see `sending`. Whichever
takes the delivery first has it.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from tresen.channels.contract import Sent
from tresen.chats.models import Chat
from tresen.chats.presence import chat_in, is_there
from tresen.outbox.models import Delivery, DeliveryAttempt, DeliveryState
from tresen.outbox.receipts import confirm
from tresen.tickets.locking import locked
from tresen.tickets.models import Attachment, Direction, Message, MessageKind

SHOWN_IN_CHAT = "Shown in the chat."
"""The answer of a visitor's page, where a mail server's stands otherwise."""
MOST_LINES = 100
_GONE_BY_MAIL = (DeliveryState.SENDING, DeliveryState.UNCERTAIN, DeliveryState.ACCEPTED, DeliveryState.BOUNCED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message as the visitor's page shows it. `number`: his browser's own, of what he wrote; `by`: an agent's name.

    `seen`: his page has said that it shows it, or it went by mail. `files`: the names of those that went by mail.
    """

    id: int
    ours: bool
    text: str
    at: datetime
    number: str = ""
    by: str = ""
    seen: bool = True
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """What a page shows, the oldest first; `next_at`: when the next answer, still to be taken back, may be shown."""

    lines: Sequence[Line]
    next_at: datetime | None = None


def lines_of(chat: Chat, *, at: datetime) -> Lines:
    """All that this chat's page shows at `at`: nothing that was written after its customer went on by mail."""
    if chat.conversation_id is None:
        return Lines(lines=())
    theirs = Q(direction=Direction.IN, facts__has_key="chat")
    found = _before_mail(chat).filter(theirs | Q(_shown(at), direction=Direction.OUT), kind=MessageKind.MESSAGE)
    rows = list(found.annotate(state=F("delivery__state"), by=F("agent__name")).order_by("-pk")[:MOST_LINES])
    files = _files_of([row.pk for row in rows if row.direction == Direction.OUT])
    lines = [_line(row, str(row.state or ""), str(row.by or ""), files[row.pk]) for row in reversed(rows)]
    waiting = Delivery.objects.filter(message__conversation=chat.conversation_id, state=DeliveryState.QUEUED)
    next_at = waiting.filter(next_attempt_at__gt=at).aggregate(next=Min("next_attempt_at"))["next"]
    return Lines(lines=lines, next_at=next_at)


def note_shown(chat: Chat, messages: Collection[int], *, at: datetime) -> int:
    """The page shows these messages of ours: answers that wait for it are accepted. Gives how many were."""
    if chat.conversation_id is None or chat.by_mail_since is not None:
        return 0
    waiting = _before_mail(chat).filter(_shown(at), delivery__state=DeliveryState.QUEUED, pk__in=messages)
    return sum(_accept(delivery, at=at) for delivery in list(waiting.order_by("pk").values_list("delivery", flat=True)))


def may_have_been_shown(delivery: Delivery, *, at: datetime) -> bool:
    """Whether a queued answer is on a visitor's page already, though the page has not said so yet."""
    if delivery.state != DeliveryState.QUEUED or delivery.next_attempt_at is None or delivery.next_attempt_at > at:
        return False
    conversation = delivery.message.conversation_id
    chat = chat_in(conversation) if conversation is not None else None
    there = chat is not None and is_there(chat, at=at)
    return there and not Attachment.objects.filter(message=delivery.message_id).exists()


@transaction.atomic
def _accept(delivery_id: int, *, at: datetime) -> bool:
    locked(Delivery.objects.values_list("message__ticket_id", flat=True).get(pk=delivery_id))
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery_id)
    if delivery.state != DeliveryState.QUEUED:
        return False
    delivery.attempts += 1
    delivery.state = DeliveryState.SENDING
    delivery.next_attempt_at = None
    delivery.save(update_fields=["attempts", "state", "next_attempt_at"])
    DeliveryAttempt.objects.create(delivery=delivery, number=delivery.attempts, started_at=at, alive_at=at)
    shown = Sent(external_id="", at=at, answer=SHOWN_IN_CHAT)
    confirm(delivery_id, shown, attempt=delivery.attempts, at=at)
    return True


def _before_mail(chat: Chat) -> QuerySet[Message]:
    messages = Message.objects.filter(conversation=chat.conversation_id)
    return messages if chat.by_mail_since is None else messages.filter(recorded_at__lt=chat.by_mail_since)


def _shown(at: datetime) -> Q:
    waits = Q(delivery__state=DeliveryState.QUEUED, delivery__next_attempt_at__lte=at, delivery__store__shadow=False)
    bare = ~Exists(Attachment.objects.filter(message=OuterRef("pk")))
    return waits & Q(bare) | Q(delivery__state__in=_GONE_BY_MAIL)


def _files_of(messages: Collection[int]) -> defaultdict[int, tuple[str, ...]]:
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    named = Attachment.objects.filter(message__in=messages).order_by("pk").values_list("message", "name")
    for message, name in named if messages else ():
        found[message] = (*found[message], name)
    return found


def _line(row: Message, state: str, by: str, files: tuple[str, ...]) -> Line:
    ours = row.direction == Direction.OUT
    return Line(
        id=row.pk,
        ours=ours,
        text=row.text,
        at=row.occurred_at,
        number="" if ours else row.external_id.removesuffix("@chat"),
        by=by,
        seen=state != DeliveryState.QUEUED,
        files=files,
    )
