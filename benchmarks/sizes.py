"""Two databases that are alike but for their size: a thousand open tickets, and a million.

The thousand are filed as mail is. The million are these, copied by SQL into the tables that are measured, each copy a
little later than the one before and due in a year.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from django.db import connection
from django.db.backends.utils import CursorWrapper

from benchmarks.database import copied, using

SMALL, LARGE = 1_000, 1_000_000
TEAMS = 40
GROUPS = 10
"""Each group of tickets came in at one instant: so a hundred clocks fall due together."""
APART = timedelta(minutes=7)
START = (datetime.now(UTC) - timedelta(hours=3)).replace(minute=23, second=17, microsecond=0)
"""When the first group came in: its clocks run while the benchmarks do, and end at no full hour."""
STEP = 10_000
"""Between the ids of a row and its copies."""

type Expressions = Mapping[str, str]
"""What stands in a copy instead of the row's own value, by column; `waits`: whether the copy's ticket needs us."""

COPIED: Mapping[str, Expressions] = {
    "customers_customer": {"id": "{id}"},
    "customers_identity": {"id": "{id}", "key": "row.key || '/' || copy", "customer_id": "{customer_id}"},
    "orders_order": {"id": "{id}", "number": "row.number || '/' || copy", "identity_id": "{identity_id}"},
    "orders_fulfilment": {"id": "{id}", "order_id": "{order_id}"},
    "tickets_ticket": {
        "id": "{id}",
        "public_id": "gen_random_uuid()",
        "identity_id": "{identity_id}",
        "status": "CASE WHEN {waits} THEN row.status ELSE 'closed' END",
    },
    "tickets_message": {
        "id": "{id}",
        "ticket_id": "{ticket_id}",
        "conversation_id": "NULL",
        "identity_id": "{identity_id}",
        "dedupe_key": "NULL",
    },
    "tickets_ticketorder": {
        "id": "{id}",
        "ticket_id": "{ticket_id}",
        "number": "row.number || '/' || copy",
        "order_id": "{order_id}",
    },
    "sla_clock": {
        "id": "{id}",
        "ticket_id": "{ticket_id}",
        "conversation_id": "NULL",
        "message_id": "NULL",
        "due": "row.due + interval '1 year'",
        "outcome": "CASE WHEN {waits} OR row.kind = 'resolution' THEN row.outcome ELSE 'met' END",
        "met_at": "CASE WHEN {waits} OR row.kind = 'resolution' THEN row.met_at ELSE row.started_at END",
        "next_alarm_at": "CASE WHEN {waits} OR row.kind = 'resolution'"
        " THEN row.next_alarm_at + interval '1 year' + copy * interval '1 second' END",
    },
    "routing_queueplace": {
        "ticket_id": "{ticket_id}",
        "act_by": "row.act_by + copy * interval '37 seconds'",
        "sort_at": "row.sort_at + copy * interval '37 seconds'",
        "calm_sort_at": "row.calm_sort_at + copy * interval '37 seconds'",
    },
}


@contextmanager
def database_of(tickets: int, *, waiting: int | None = None) -> Iterator[None]:
    """Ask the database with so many tickets while this lasts; all of them are open, or only so many as are waiting."""
    with using(_built(tickets, tickets if waiting is None else waiting)):
        yield


def agent_of_three_teams() -> int:
    """The id of an agent who sees three of the teams."""
    from tresen.accounts.models import Agent  # noqa: PLC0415 - needs Django set up

    return Agent.objects.get(email="three@shop.example").pk


@cache
def _built(tickets: int, waiting: int) -> str:
    name = copied(_thousand(), f"tickets_{waiting}_of_{tickets}")
    with using(name):
        if tickets > SMALL:
            _multiply(tickets // SMALL, waiting // SMALL)
        _settle()
    return name


@cache
def _thousand() -> str:
    """What both sizes begin with. Nobody works on it."""
    name = copied(connection.settings_dict["NAME"], "tickets_filed")
    with using(name):
        _file_a_thousand()
    return name


def _file_a_thousand() -> None:
    from benchmarks.shop import parsed_messages, seed_shop  # noqa: PLC0415 - needs Django set up
    from tresen.accounts.models import Agent, Role, Team, TeamMembership  # noqa: PLC0415
    from tresen.intake.filing import file  # noqa: PLC0415

    stores = [seed_shop(at=START + timedelta(microseconds=number)) for number in range(TEAMS)]
    agent = Agent.objects.create(email="three@shop.example", name="Three Teams", everything=True, joined_at=START)
    Agent.objects.create(email="admin@shop.example", name="Admin", role=Role.ADMIN, joined_at=START)
    for team in Team.objects.order_by("pk")[:3]:
        TeamMembership.objects.create(team=team, agent=agent)
    messages = [
        replace(one, store=stores[number % TEAMS], inbound=replace(one.inbound, occurred_at=_came_in(number)))
        for number, one in enumerate(parsed_messages(stores[0], count=SMALL, at=START, joining=False))
    ]
    with connection.cursor() as cursor:
        for one in messages:
            cursor.execute(_ORDER, [one.store.id, one.store.brand, one.inbound.order_ids[0], START, START])
        cursor.execute(_FULFILMENTS, [START])
    for first in range(0, SMALL, 200):
        file(messages[first : first + 200], at=START + GROUPS * APART)


def _came_in(number: int) -> datetime:
    return START + APART * (number * GROUPS // SMALL)


def _multiply(times: int, waiting: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off; SET maintenance_work_mem = '256MB'")
        for table, expressions in COPIED.items():
            again = _without(cursor, table)
            many = waiting if table == "routing_queueplace" else times
            cursor.execute(_copying(cursor, table, expressions, waiting), [many - 1])
            for statement in again:
                cursor.execute(statement)
        cursor.execute("RESET ALL")


def _without(cursor: CursorWrapper, table: str) -> list[str]:
    """Drop what is checked and indexed row by row; gives the statements that make it again, all rows at once.

    A copy points at the copy of what its row points at: that need not be checked.
    """
    cursor.execute(_FOREIGN_KEYS, [table])
    found = cursor.fetchall()
    cursor.execute(_INDEXES, [table])
    found += cursor.fetchall()
    for drop, _ in found:
        cursor.execute(drop)
    return [again for _, again in found]


def _copying(cursor: CursorWrapper, table: str, expressions: Expressions, waiting: int) -> str:
    """The statement that makes so many copies of the table's rows; the first ones wait for us, the rest for nobody."""
    cursor.execute(f"SELECT * FROM {table} LIMIT 0")
    names = [f'"{column.name}"' for column in cursor.description]
    shifted = {name: f"row.{name} + copy * {STEP}" for name in ("id", *(n for n in expressions if n.endswith("_id")))}
    known = {**shifted, "waits": f"copy < {waiting}"}
    values = [expressions.get(name.strip('"'), f"row.{name}").format(**known) for name in names]
    return (
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)}"
        f" FROM generate_series(1, %s) AS copy, {table} AS row"
    )


def _settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


_FOREIGN_KEYS = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s NOT VALID', conrelid::regclass, conname,
                  pg_get_constraintdef(oid))
    FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'
"""
_INDEXES = """
    SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index WHERE indrelid = %s::regclass AND NOT indisunique
"""
_ORDER = """
    INSERT INTO orders_order
        (store_id, brand_id, number, state, fulfilled_by, currency, total, ordered_at, ship_to, changed_at)
    VALUES (%s, %s, %s, 'shipped', 'us', 'EUR', 4990, %s, '', %s)
"""
_FULFILMENTS = """
    INSERT INTO orders_fulfilment (order_id, external_id, carrier, tracking, state, shipped_at, last_scan)
    SELECT id, 'T' || id, 'Carrier', 'T' || id, 'in_transit', %s, '' FROM orders_order
"""
