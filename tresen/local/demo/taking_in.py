"""The story's mails on their way in: the recent ones as the worker would take them, the older ones read at once.

Bytes of mail are kept for thirty days and then expire; those of the story's past count as expired already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from tresen.channels.contract import Ignored, Source
from tresen.intake.filing import file
from tresen.intake.items import Understood
from tresen.intake.keeping import Arrived, keep_raw
from tresen.intake.models import StoredPayload
from tresen.intake.parsing import parse_kept
from tresen.intake.reading import Circumstances, Reading, read
from tresen.intake.understanding import Kept, understood
from tresen.local.demo.founding import Shop
from tresen.local.demo.tale.stores import EVERY_STORE, StorePlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One payload that comes in. `key` is unique in the story; `about` and `headers` as the platform was asked."""

    key: str
    store: StorePlan
    body: bytes
    received_at: datetime
    source: Source = Source.MAIL
    about: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def by_mail(self) -> bool:
        """Whether it lies in a mailbox, which may serve several stores; else it is known whose it is."""
        return self.source is Source.MAIL


@dataclass(frozen=True, slots=True)
class Place:
    """Where a payload's message was filed."""

    message: int
    ticket: int
    conversation: int


def take_in(coming: Sequence[Coming], shop: Shop, *, at: datetime) -> dict[str, Place]:
    """Read and file a batch at once; gives each payload's place by its key."""
    numbers = dict(zip((one.key for one in coming), _numbers(len(coming)), strict=True))
    batch = [one for each in coming for one in _read(each, numbers[each.key], shop, at=at)]
    file(batch, at=at)
    return _places(numbers)


def take_in_raw(coming: Sequence[Coming], shop: Shop, *, at: datetime) -> dict[str, Place]:
    """The same by the worker's own way: kept raw, claimed, read in the sandbox, filed."""
    keep_coming(coming, shop, at=at)
    while parse_kept(at):
        pass
    keys = {f"demo/{one.key}": one.key for one in coming}
    rows = StoredPayload.objects.filter(external_key__in=keys).values_list("external_key", "number")
    return _places({keys[external]: number for external, number in rows})


def keep_coming(coming: Sequence[Coming], shop: Shop, *, at: datetime) -> None:
    """Keep the payloads raw, for the worker to find."""
    keep_raw(
        [
            Arrived(
                source=one.source,
                external_key=f"demo/{one.key}",
                body=one.body,
                size=len(one.body),
                received_at=one.received_at,
                mailbox=shop.mailboxes[one.store.mailbox] if one.by_mail else None,
                store=None if one.by_mail else shop.stores[one.store.key],
                about=one.about,
                headers=one.headers,
            )
            for one in coming
        ],
        at=at,
    )


def _read(coming: Coming, number: int, shop: Shop, *, at: datetime) -> list[Understood]:
    served = (
        [plan for plan in EVERY_STORE if plan.mailbox == coming.store.mailbox] if coming.by_mail else [coming.store]
    )
    kept = Kept(
        number=number,
        source=coming.source,
        mailbox=shop.mailboxes[coming.store.mailbox] if coming.by_mail else None,
        store=None if coming.by_mail else shop.stores[coming.store.key],
        body=coming.body,
        size=len(coming.body),
        received_at=coming.received_at,
        recorded_at=at,
    )
    about = Circumstances(
        number=number,
        source=coming.source,
        received_at=coming.received_at,
        recorded_at=at,
        about=coming.about,
        headers=coming.headers,
        stores=tuple(shop.views[shop.stores[plan.key]] for plan in served),
    )
    reading, *meanings = read(coming.body, about)
    assert isinstance(reading, Reading)  # `read` gives it first
    facts = shop.facts[reading.store]
    return [
        understood(kept, facts, meaning, position)
        for position, meaning in enumerate(meanings)
        if not isinstance(meaning, Reading | Ignored)
    ]


def _numbers(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('intake_storedpayload', 'number')) FROM generate_series(1, %s)",
            [count],
        )
        return [row[0] for row in cursor]


def _places(numbers: Mapping[str, int]) -> dict[str, Place]:
    keys = {number: key for key, number in numbers.items()}
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [list(keys)])
        return {keys[number]: Place(message, ticket, conversation) for number, message, ticket, conversation in cursor}


_PLACES = """
    SELECT arrival.payload_number, message.id, message.ticket_id, message.conversation_id
    FROM tickets_messagearrival arrival JOIN tickets_message message ON message.id = arrival.message_id
    WHERE arrival.payload_number = ANY(%s) AND arrival.position = 0
"""
