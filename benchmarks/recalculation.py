"""A recalculation of open clocks after an edit, beside the bare statements that write the same rows.

What is written: each ticket's event, its row, its own clock and its place in the queue. The reference is given the
final rows and writes them by prepared statements over `unnest`, as many in a transaction as the product. It reads no
history and reckons nothing. Its indexes are the product's.
"""

import os
from dataclasses import replace
from datetime import timedelta
from time import perf_counter
from typing import TYPE_CHECKING

from django.db import connection, transaction

from benchmarks.database import copied, using
from benchmarks.result import Figure, Result
from benchmarks.sizes import START
from tresen.batches.cursors import batch_cursor, columns_of

if TYPE_CHECKING:
    from tresen.sla.models import PolicyVersion

TICKETS = int(os.environ.get("BENCH_RECALCULATED", "30000"))
"""100000 is the whole promise, and takes some minutes to file. Of much fewer than these all rows stay in the caches."""
BATCH = 500
EDITED = START + timedelta(minutes=5)


def run() -> list[Result | Figure]:
    """The same edit of every ticket's targets, done by the product and by hand."""
    name = copied(connection.settings_dict["NAME"], "to_recalculate")
    with using(name):
        file_tickets()
    by_hand, at_once = copied(name, "to_update"), copied(name, "to_update_at_once")
    with using(name):
        ours = _recalculated()
        rows = [_rows(statement) for statement in _WRITTEN]
    with using(by_hand):
        bare = _written_again(rows)
    with using(at_once):
        clocks = _seconds(_CLOCKS)
    return [
        Result(
            name=f"recalculation of {TICKETS:,} tickets",
            ours=TICKETS / ours,
            reference=TICKETS / bare,
            ratio=bare / ours,
            bar=0.3,
            better="higher",
            unit="tickets/s",
        ),
        Figure(
            name="the same, beside one UPDATE of all its clocks",
            ours=TICKETS / ours,
            reference=TICKETS / clocks,
            unit="tickets/s",
        ),
    ]


def file_tickets() -> None:
    """An Amazon store and the standard policies, with so many tickets that came in within the last hours."""
    from benchmarks.shop import parsed_messages, seed_shop  # noqa: PLC0415 - needs Django set up
    from tresen.intake.filing import file  # noqa: PLC0415

    store = seed_shop(at=START - timedelta(days=1))
    messages = parsed_messages(store, count=TICKETS, at=START, joining=False)
    # Not a second apart, or the first of a hundred thousand would be late before they are edited.
    came_in = [START - timedelta(hours=1) + timedelta(milliseconds=number) for number in range(TICKETS)]
    told = [
        replace(one, inbound=replace(one.inbound, occurred_at=at)) for one, at in zip(messages, came_in, strict=True)
    ]
    for first in range(0, TICKETS, 200):
        file(told[first : first + 200], at=START)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _recalculated() -> float:
    """Seconds from the edit until nothing is left to do."""
    from tresen.accounts.actors import SYSTEM  # noqa: PLC0415 - needs Django set up
    from tresen.sla.models import Mode, Recalculation  # noqa: PLC0415
    from tresen.sla.recalculating import recalculate  # noqa: PLC0415
    from tresen.sla.recalculations import begin, targets_changed  # noqa: PLC0415

    begun = perf_counter()
    edit = targets_changed(*_edited())
    assert edit is not None
    begin(edit, mode=Mode.FROM_START, by=SYSTEM, at=EDITED)
    while recalculate(EDITED + timedelta(minutes=1)):
        pass
    took = perf_counter() - begun
    done = Recalculation.objects.get()
    assert (done.total, done.earlier) == (TICKETS, TICKETS), f"{done.earlier} of {done.total} clocks moved"
    return took


def _edited() -> "tuple[PolicyVersion, PolicyVersion]":
    """The version before and the one that promises two hours less."""
    from tresen.accounts.actors import SYSTEM  # noqa: PLC0415 - needs Django set up
    from tresen.sla.editing import change_policy  # noqa: PLC0415
    from tresen.sla.models import PolicyVersion  # noqa: PLC0415

    before = PolicyVersion.objects.get(conditions={"channels": ["amazon"]})
    targets = {**before.targets, "first_reply": {"minutes": 12 * 60, "hours": "always"}}
    return before, change_policy(before.policy_id, conditions=before.conditions, targets=targets, by=SYSTEM, at=EDITED)


def _rows(statement: str) -> list[tuple[object, ...]]:
    """What the product wrote, by ticket."""
    with batch_cursor() as cursor:
        cursor.execute(statement)
        rows = cursor.fetchall()
    assert len(rows) == TICKETS, f"{len(rows)} rows were written"
    return rows


def _written_again(rows: list[list[tuple[object, ...]]]) -> float:
    """Seconds to write these rows in batches, when somebody knows them beforehand."""
    _edited()  # the rows name its version
    begun = perf_counter()
    for first in range(0, TICKETS, BATCH):
        with transaction.atomic(), batch_cursor() as cursor:
            for statement, written in zip(_WRITING, rows, strict=True):
                cursor.execute(statement, columns_of(written[first : first + BATCH]))
    return perf_counter() - begun


def _seconds(statement: str) -> float:
    """For a statement that writes a row for every ticket."""
    with connection.cursor() as cursor:
        begun = perf_counter()
        cursor.execute(statement)
        took = perf_counter() - begun
        assert cursor.rowcount == TICKETS, f"{cursor.rowcount} rows were written"
        return took


_WRITTEN = (
    """
    SELECT ticket_id, sequence, kind, version, facts::text, actor_kind, actor_id, occurred_at, recorded_at, source_key
    FROM tickets_ticketevent WHERE source_key LIKE 'recalculation:%' ORDER BY ticket_id
    """,
    "SELECT id, last_sequence FROM tickets_ticket ORDER BY id",
    """
    SELECT ticket_id, key, due, next_alarm_at, policy_version_id FROM sla_clock
    WHERE kind = 'own' AND outcome = 'running' ORDER BY ticket_id
    """,
    "SELECT ticket_id, act_by, sort_at FROM routing_queueplace ORDER BY ticket_id",
)
_WRITING = (
    """
    INSERT INTO tickets_ticketevent
        (ticket_id, sequence, kind, version, facts, actor_kind, actor_id, occurred_at, recorded_at, source_key)
    SELECT ticket, sequence, kind, version, facts::jsonb, actor, actor_id, occurred_at, recorded_at, source_key
    FROM unnest(%b::int8[], %b::int4[], %b::text[], %b::int2[], %b::text[], %b::text[], %b::int8[], %b::timestamptz[],
                %b::timestamptz[], %b::text[])
        AS given (ticket, sequence, kind, version, facts, actor, actor_id, occurred_at, recorded_at, source_key)
    """,
    """
    UPDATE tickets_ticket ticket SET last_sequence = given.sequence
    FROM unnest(%b::int8[], %b::int4[]) AS given (id, sequence) WHERE ticket.id = given.id
    """,
    """
    UPDATE sla_clock clock
    SET (due, next_alarm_at, policy_version_id) = (given.due, given.alarm, given.version)
    FROM unnest(%b::int8[], %b::text[], %b::timestamptz[], %b::timestamptz[], %b::int8[])
        AS given (ticket, key, due, alarm, version)
    WHERE (clock.ticket_id, clock.key) = (given.ticket, given.key)
    """,
    """
    UPDATE routing_queueplace place SET (act_by, sort_at) = (given.act_by, given.sort_at)
    FROM unnest(%b::int8[], %b::timestamptz[], %b::timestamptz[]) AS given (ticket, act_by, sort_at)
    WHERE place.ticket_id = given.ticket
    """,
)
_CLOCKS = """
    UPDATE sla_clock SET due = due - interval '2 hours', next_alarm_at = next_alarm_at - interval '2 hours'
    WHERE kind = 'own' AND outcome = 'running'
"""
