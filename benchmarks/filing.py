"""Durable filing of parsed messages, against the bare inserts of the rows that it leaves behind."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from statistics import median

from django.db import connection, transaction

from benchmarks.database import truncate_all
from benchmarks.result import Result

BATCH = 200
BATCHES = 12
ROUNDS = 3
START = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
TABLES = (
    "tickets_ticket",
    "tickets_conversation",
    "tickets_ticketevent",
    "tickets_message",
    "sla_clock",
    "routing_queueplace",
)
"""Conversations are among them because messages and clocks point at them. What filing writes besides (identities,
customers, ties, arrivals, participants, order numbers) only our side pays for."""


def run() -> list[Result]:
    """Filing at half the rate of the bare inserts or better; medians over batches of several rounds."""
    ours, bare = [], []
    for _ in range(ROUNDS):
        filed, rows = _file_all()
        ours += filed
        bare += _insert_all(rows)
    filing, inserting = BATCH / median(ours), BATCH / median(bare)
    return [
        Result(
            name="durable filing in batches of 200",
            ours=filing,
            reference=inserting,
            ratio=filing / inserting,
            bar=0.5,
            better="higher",
            unit="messages/s",
        )
    ]


def _file_all() -> tuple[list[float], list[dict[str, list[tuple[object, ...]]]]]:
    from tresen.intake.filing import file  # noqa: PLC0415 - needs Django set up

    truncate_all()
    batches = _batches()
    took, rows, marks = [], [], dict.fromkeys(TABLES, 0)
    for batch in batches:
        begun = time.perf_counter()
        file(batch, at=START)
        took.append(time.perf_counter() - begun)
        rows.append(_rows_since(marks))
    return took[1:], rows


def _rows_since(marks: dict[str, int]) -> dict[str, list[tuple[object, ...]]]:
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            key = "ticket_id" if table == "routing_queueplace" else "id"
            cursor.execute(f"SELECT * FROM {table} WHERE {key} > %s ORDER BY {key}", [marks[table]])
            found[table] = cursor.fetchall()
            column = [name for name, *_ in cursor.description].index(key)
            marks[table] = max([marks[table], *(row[column] for row in found[table])])
    return found


def _insert_all(batches: Sequence[dict[str, list[tuple[object, ...]]]]) -> list[float]:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE tickets_ticket CASCADE")
        statements = {table: _statement(cursor, table) for table in TABLES}
    took = []
    for batch in batches:
        columns = {table: [list(column) for column in zip(*batch[table], strict=True)] for table in TABLES}
        begun = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(statements[table], columns[table])
        took.append(time.perf_counter() - begun)
    return took[1:]


def _statement(cursor: object, table: str) -> str:
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT quote_ident(attname), format_type(atttypid, NULL) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        [table],
    )
    columns = cursor.fetchall()  # type: ignore[attr-defined]
    names = ", ".join(name for name, _ in columns)
    arrays = ", ".join(f"%s::{kind}[]" for _, kind in columns)
    return f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays})"


def _batches() -> list[list[object]]:
    from benchmarks.shop import parsed_messages, seed_shop  # noqa: PLC0415 - needs Django set up

    store = seed_shop(at=START - timedelta(days=1))
    messages = parsed_messages(store, count=BATCH * BATCHES, at=START)
    return [messages[start : start + BATCH] for start in range(0, len(messages), BATCH)]
