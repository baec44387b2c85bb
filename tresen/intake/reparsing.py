"""Reading again what was kept, after the reader has learned: texts are brought up to date, nothing is received twice.

What was not filed before (ignored, set aside) is filed now. What was filed keeps its place and its history; where the
new reading says otherwise whether an answer is expected, that is recorded as a second reading. A platform's notice that
is understood only now makes its case now.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction

from tresen.accounts.actors import SYSTEM
from tresen.channels.contract import Role
from tresen.duties.telling import open_cases_after_all
from tresen.intake.filing import file
from tresen.intake.items import Item, item_from
from tresen.intake.models import PayloadState
from tresen.intake.parsing import without_own
from tresen.intake.partners_answering import as_filed
from tresen.intake.payload_rows import kept_payloads, mark
from tresen.intake.reread_rows import update_texts
from tresen.intake.understanding import Surroundings, understand
from tresen.tickets import ledger
from tresen.tickets.events import MessageReceived, MessageReinterpreted
from tresen.tickets.models import Direction, Message
from tresen.tickets.recorded import NewEvent, RecordedEvent

log = structlog.get_logger()

BATCH = 100


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading again did: payloads read, messages newly filed, messages with another text, readings that differ.

    `failed` payloads stay as they were.
    """

    read: int = 0
    filed: int = 0
    changed: int = 0
    reinterpreted: int = 0
    failed: int = 0

    def __add__(self, other: "Reread") -> "Reread":
        return Reread(
            self.read + other.read,
            self.filed + other.filed,
            self.changed + other.changed,
            self.reinterpreted + other.reinterpreted,
            self.failed + other.failed,
        )


def reparse(*, at: datetime, since: datetime | None = None, numbers: Sequence[int] = ()) -> Reread:
    """Read again what came since then, or the payloads of these numbers, or all that is still kept."""
    done = Reread()
    for batch in _batches(since=since, numbers=numbers):
        done += _all_that_can(batch, at=at)
    return done


def _all_that_can(numbers: Sequence[int], *, at: datetime) -> Reread:
    """A batch, halved down to the culprit where it fails."""
    try:
        return _again(numbers, at=at)
    except (OperationalError, InterfaceError):
        raise  # the database's trouble is no payload's fault
    except Exception:
        if len(numbers) == 1:
            log.exception("payload_not_reread", payload=numbers[0])
            return Reread(failed=1)
        middle = len(numbers) // 2
        return _all_that_can(numbers[:middle], at=at) + _all_that_can(numbers[middle:], at=at)


def _batches(*, since: datetime | None, numbers: Sequence[int]) -> Iterator[list[int]]:
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_NEXT, {"last": last, "since": since, "numbers": list(numbers) or None, "most": BATCH})
            batch = [row[0] for row in cursor.fetchall()]
        if not batch:
            return
        yield batch
        last = batch[-1]


@transaction.atomic
def _again(numbers: Sequence[int], *, at: datetime) -> Reread:
    kept = kept_payloads(numbers, states=[PayloadState.FILED, PayloadState.IGNORED, PayloadState.QUARANTINED])
    around = Surroundings(kept)
    meanings = without_own([understand(one, around) for one in kept])
    found = [one for meaning in meanings for one in meaning.fileable]
    messages = _filed_before(numbers)
    before = {(one.payload, one.position): one for one in found if (one.payload, one.position) in messages}
    filed = file([one for one in found if (one.payload, one.position) not in before], at=at)
    items = {messages[place][0]: item_from(one) for place, one in before.items()}
    partners = _of_partners(items)
    items = {message: as_filed(item) if message in partners else item for message, item in items.items()}
    changed = update_texts(items)
    open_cases_after_all(items, at=at)
    reinterpreted = _reinterpret(items, dict(messages.values()), at=at)
    mark(meanings, {})
    return Reread(len(kept), len(filed), changed, reinterpreted)


def _filed_before(numbers: Sequence[int]) -> dict[tuple[int, int], tuple[int, int]]:
    """Message and ticket by payload and position."""
    with connection.cursor() as cursor:
        cursor.execute(_FILED, [list(numbers)])
        return {(payload, position): (message, ticket) for payload, position, message, ticket in cursor}


def _of_partners(messages: Collection[int]) -> set[int]:
    """Those of these messages that stand in a thread with a partner."""
    theirs = Message.objects.filter(pk__in=list(messages), conversation__role=Role.THIRD_PARTY)
    return set(theirs.exclude(direction=Direction.OUT).values_list("pk", flat=True))


def _reinterpret(items: dict[int, Item], tickets: dict[int, int], *, at: datetime) -> int:
    histories = ledger.history_of(sorted({tickets[message] for message in items}))
    entries = [
        NewEvent(
            ticket=tickets[message],
            event=MessageReinterpreted(message=message, expects_answer=item.expects_answer),
            by=SYSTEM,
            occurred_at=at,
            source_key=f"message:{message}:read:{at.isoformat()}",
        )
        for message, item in items.items()
        if _expected(histories[tickets[message]], message) is not item.expects_answer
    ]
    return len(ledger.record_all(entries, at=at))


def _expected(history: Sequence[RecordedEvent], message: int) -> bool:
    """What the ledger says so far: whether this message expects an answer."""
    expects = False
    for entry in history:
        match entry.event:
            case (
                MessageReceived(message=told, expects_answer=said)
                | MessageReinterpreted(message=told, expects_answer=said)
            ) if told == message:
                expects = said
            case _:
                continue
    return expects


_NEXT = """
    SELECT number FROM intake_storedpayload
    WHERE number > %(last)s AND state <> 'kept'
      AND (%(since)s::timestamptz IS NULL OR recorded_at >= %(since)s)
      AND (%(numbers)s::bigint[] IS NULL OR number = ANY(%(numbers)s))
    ORDER BY number LIMIT %(most)s
"""
_FILED = """
    SELECT arrival.payload_number, arrival.position, message.id, message.ticket_id
    FROM tickets_messagearrival arrival JOIN tickets_message message ON message.id = arrival.message_id
    WHERE arrival.payload_number = ANY(%s)
"""
