"""Durable filing of parsed messages, against bare inserts of the rows that it leaves behind.

Each batch is filed; then the rows that this made go, as prepared `unnest` inserts bound by the server, into the same
tables of a twin database on the same server: the same indexes and triggers, one commit, fsync on.
"""

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median

import psycopg
from django.db import connection

from benchmarks.database import copied, server_connection, using
from benchmarks.result import Result

BATCH = 200
WARMING = 6
"""Batches before the first that counts: by then both sides' statements are prepared."""
COUNTED = 24
START = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
TARGETS = ("customers_customer", "customers_identity")
"""What the rows point at and filing makes on the way; the twin gets them before its time is taken."""
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

type Rows = Mapping[str, Sequence[tuple[object, ...]]]


def run() -> list[Result]:
    """Filing at half the rate of the bare inserts or better; medians over batches taken in turns."""
    from benchmarks.shop import parsed_messages, seed_shop  # noqa: PLC0415 - needs Django set up
    from tresen.intake.filing import file  # noqa: PLC0415 - same

    ours, bare = [], []
    with using(copied(connection.settings_dict["NAME"], "filing")):
        store = seed_shop(at=START - timedelta(days=1))
        messages = parsed_messages(store, count=BATCH * (WARMING + COUNTED), at=START)
        twin = server_connection(copied("filing", "twin"))
        marks = dict.fromkeys((*TARGETS, *TABLES), 0)
        for start in range(0, len(messages), BATCH):
            batch = messages[start : start + BATCH]
            ours.append(_timed(lambda batch=batch: file(batch, at=START)))
            rows = _rows_since(marks)
            _insert(twin, {table: rows[table] for table in TARGETS})
            bare.append(_insert(twin, {table: rows[table] for table in TABLES}))
        twin.close()
    filing, inserting = (BATCH / median(took[WARMING:]) for took in (ours, bare))
    return [
        Result(
            name=f"durable filing in batches of {BATCH}",
            ours=filing,
            reference=inserting,
            ratio=filing / inserting,
            bar=0.5,
            better="higher",
            unit="messages/s",
        )
    ]


def _timed(work: object) -> float:
    begun = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - begun


def _rows_since(marks: dict[str, int]) -> Rows:
    found = {}
    with connection.cursor() as cursor:
        for table, mark in list(marks.items()):
            key = "ticket_id" if table == "routing_queueplace" else "id"
            cursor.execute(f"SELECT * FROM {table} WHERE {key} > %s ORDER BY {key}", [mark])
            found[table] = cursor.fetchall()
            column = [name for name, *_ in cursor.description].index(key)
            marks[table] = max([mark, *(row[column] for row in found[table])])
    return found


def _insert(twin: psycopg.Connection, rows: Rows) -> float:
    statements = {table: _statement(twin, table) for table in rows}
    columns = {table: [list(column) for column in zip(*rows[table], strict=True)] for table in rows if rows[table]}
    twin.commit()
    begun = time.perf_counter()
    with twin.transaction(), twin.cursor() as cursor:
        for table, arrays in columns.items():
            cursor.execute(statements[table], arrays, prepare=True)
    return time.perf_counter() - begun


def _statement(twin: psycopg.Connection, table: str) -> str:
    columns = twin.execute(
        "SELECT quote_ident(attname), format_type(atttypid, NULL) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        [table],
    ).fetchall()
    names = ", ".join(name for name, _ in columns)
    arrays = ", ".join(f"%b::{kind}[]" for _, kind in columns)
    return f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays})"
