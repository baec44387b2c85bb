"""Understanding what was kept: claimed in order, read in the sandbox, filed in one batch with the mark that it was.

One bad payload never blocks the others: a batch that fails is halved down to the culprit, which is set aside where
people see it. One that takes the whole process with it is known by its attempts, and then read alone.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction

from tresen.channels.contract import Unreadable
from tresen.crashing.points import Point, reached
from tresen.intake.filing import file
from tresen.intake.items import Understood
from tresen.intake.models import PayloadState
from tresen.intake.payload_rows import kept_payloads, mark
from tresen.intake.understanding import MACHINES, Kept, Meaning, Surroundings, understand, understood
from tresen.mail.thread_keys import is_own_message_id
from tresen.outbox.settling import settle_seen

log = structlog.get_logger()

MOST_BYTES = 60_000_000
"""Of one batch together: all of it is held in memory while it is read and filed."""
MOST_MILLISECONDS = 15_000
"""Of reading one batch: what is read by then is filed first, so that nobody waits for many that are slow to read."""
ALONE_FROM = 3
SET_ASIDE_FROM = 6
"""After so many attempts a payload is no longer read: each of them ended the whole process."""
SET_ASIDE = "set_aside"
OWN_ANSWER = "own_answer"


def parse_kept(at: datetime, *, most: int = 200) -> int:
    """Read and file what is kept, oldest first; gives how many payloads were done with."""
    numbers = _attempt(most)
    try:
        return _parse(numbers, at=at) if numbers else 0
    except (OperationalError, InterfaceError):
        _take_back_attempt(numbers)
        raise


@transaction.atomic(durable=True)
def _attempt(most: int) -> list[int]:
    """The next payloads, their attempt counted and committed before anything can go wrong."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [most])
        rows = cursor.fetchall()
        if not rows:
            return []
        numbers = [rows[0][0]] if rows[0][1] >= ALONE_FROM else _fitting(rows)
        cursor.execute("UPDATE intake_storedpayload SET attempts = attempts + 1 WHERE number = ANY(%s)", [numbers])
    return numbers


def _take_back_attempt(numbers: Sequence[int]) -> None:
    """A full disk or a lost connection says nothing against a payload, however often it comes about."""
    with suppress(OperationalError, InterfaceError), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE intake_storedpayload SET attempts = attempts - 1 WHERE number = ANY(%s)", [list(numbers)]
        )


def _fitting(rows: Sequence[tuple[int, int, int]]) -> list[int]:
    numbers: list[int] = []
    total = 0
    for number, attempts, size in rows:
        total += size
        if attempts >= ALONE_FROM or (numbers and total > MOST_BYTES):
            break
        numbers.append(number)
    return numbers


@transaction.atomic
def _parse(numbers: Sequence[int], *, at: datetime) -> int:
    claimed = kept_payloads(numbers, states=[PayloadState.KEPT])
    kept = [one for one in claimed if one.attempts <= SET_ASIDE_FROM]
    aside = [one for one in claimed if one.attempts > SET_ASIDE_FROM]
    around = Surroundings(claimed)
    read = _read(kept, around)
    kept, later = kept[: len(read)], kept[len(read) :]
    meanings = without_own(read)
    reached(Point.PARSED_NOT_FILED)
    settle_seen(_copies(meanings, kept), at=at)
    problems = _file([one for meaning in meanings for one in meaning.fileable], around, kept, at=at)
    for one in aside:
        problems[one.number] = f"Reading it ended the program {SET_ASIDE_FROM} times."
        _show(one, around, at=at)
    mark([*meanings, *(Meaning(number=one.number) for one in aside)], problems)
    if later:
        _take_back_attempt([one.number for one in later])
    return len(claimed) - len(later)


def _read(kept: Sequence[Kept], around: Surroundings) -> list[Meaning]:
    """What the first of these mean; the rest is left for later when that took long."""
    read: list[Meaning] = []
    spent = 0
    for one in kept:
        read.append(understand(one, around))
        spent += read[-1].read_in_ms
        if spent > MOST_MILLISECONDS:
            break
    return read


def without_own(meanings: Sequence[Meaning]) -> list[Meaning]:
    """A mail from us that carries the id of one of our own answers is that answer, come back as a copy.

    From anybody else it is a mail of his: some programs answer under the id of what they answer.
    """
    ids = [meaning.message_id for meaning in meanings if is_own_message_id(meaning.message_id)]
    if not ids:
        return list(meanings)
    with connection.cursor() as cursor:
        cursor.execute(_OWN, [ids])
        own = set(cursor.fetchall())
    return [
        replace(meaning, fileable=(), ignored=OWN_ANSWER) if (meaning.message_id, meaning.sender) in own else meaning
        for meaning in meanings
    ]


def _copies(meanings: Sequence[Meaning], kept: Sequence[Kept]) -> dict[str, datetime]:
    """The copies of our own answers among these: their ids, and when they came in."""
    received = {one.number: one.received_at for one in kept}
    return {each.message_id: received[each.number] for each in meanings if each.ignored == OWN_ANSWER}


def _file(batch: Sequence[Understood], around: Surroundings, kept: Sequence[Kept], *, at: datetime) -> dict[int, str]:
    """File all that can be; gives the problems of those that can't, by payload."""
    if not batch:
        return {}
    try:
        with transaction.atomic():
            file(batch, at=at)
    except (OperationalError, InterfaceError):
        raise  # the database's trouble is nobody's fault in the batch: all of it is tried again
    except Exception as error:
        numbers = sorted({one.payload for one in batch})
        if len(numbers) == 1:
            log.exception("payload_not_filed", payload=numbers[0])
            culprit = next(one for one in kept if one.number == numbers[0])
            _show(culprit, around, at=at)
            return {numbers[0]: f"{type(error).__name__}: {error}"[:2000]}
        middle = numbers[len(numbers) // 2]
        first = _file([one for one in batch if one.payload < middle], around, kept, at=at)
        return first | _file([one for one in batch if one.payload >= middle], around, kept, at=at)
    return {}


def _show(kept: Kept, around: Surroundings, *, at: datetime) -> None:
    """A payload that can't be filed as it is becomes an entry that people see; a machine's stays aside."""
    if kept.source in MACHINES:
        return
    store = around.facts[around.of(kept).stores[0].id]
    try:
        with transaction.atomic():
            file([understood(kept, store, Unreadable(reason=SET_ASIDE), 0)], at=at)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("payload_not_shown", payload=kept.number)


# A mailbox that serves no store yet keeps its mail until it does.
_NEXT = """
    SELECT payload.number, payload.attempts, payload.size FROM intake_storedpayload payload
    WHERE payload.state = 'kept' AND (payload.store_id IS NOT NULL OR EXISTS (
        SELECT FROM stores_mailbox_stores serves WHERE serves.mailbox_id = payload.mailbox_id
    ))
    ORDER BY payload.number LIMIT %s FOR UPDATE OF payload SKIP LOCKED
"""
# Our answers of these ids, each with the addresses it can have left from.
_OWN = """
    SELECT message.external_id, lower(ours.address)
    FROM tickets_message message
    JOIN tickets_conversation conversation ON conversation.id = message.conversation_id
    JOIN stores_store store ON store.id = conversation.store_id
    LEFT JOIN stores_mailbox_stores serves ON serves.store_id = store.id
    LEFT JOIN stores_mailbox mailbox ON mailbox.id = serves.mailbox_id
    CROSS JOIN LATERAL unnest(store.addresses || ARRAY[mailbox.address, mailbox.username]::text[]) AS ours (address)
    WHERE message.external_id = ANY(%s) AND message.direction = 'out' AND ours.address IS NOT NULL
"""
