"""A report over a million closed clocks, counts and times, against a bare grouped count of the same table."""

from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

from django.db import connection

from benchmarks.database import copied, using
from benchmarks.result import Figure, Result

CLOSED = 1_000_000
DAYS = 28
TICKETS = 200
ROUNDS = 5
START = datetime(2026, 10, 5, tzinfo=UTC)


def run() -> list[Result | Figure]:
    """Medians over rounds taken in turns, by agent; besides, what both take with one process of the server each."""
    with using(copied(connection.settings_dict["NAME"], "attainment")):
        _close_a_million()
        ours, bare = _medians()
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
        alone = _medians()
    name = f"attainment over {CLOSED:,} closed clocks, beside a bare count"
    return [
        Result(name=name, ours=ours, reference=bare, ratio=ours / bare, bar=5.0, better="lower"),
        Figure(name="the same, with one process each", ours=alone[0], reference=alone[1]),
    ]


def _medians() -> tuple[float, float]:
    _report()
    ours, bare = zip(*[(_report(), _bare()) for _ in range(ROUNDS)], strict=True)
    return median(ours), median(bare)


def _close_a_million() -> None:
    from benchmarks.shop import parsed_messages, seed_shop  # noqa: PLC0415 - needs Django set up
    from tresen.intake.filing import file  # noqa: PLC0415 - same

    store = seed_shop(at=START - timedelta(days=1))
    file(parsed_messages(store, count=TICKETS, at=START, joining=False), at=START)
    with connection.cursor() as cursor:
        # What the rows point at exists: to look it up a million times is most of the time.
        cursor.execute(_REFERENCES)
        for (reference,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE sla_clock DROP CONSTRAINT "{reference}"')
        cursor.execute(_CLOSED, {"closed": CLOSED, "start": START, "days": DAYS})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE sla_clock")


def _report() -> float:
    from tresen.accounts.scope import EVERYTHING  # noqa: PLC0415 - needs Django set up
    from tresen.reports.attainment import By, attainment  # noqa: PLC0415 - same
    from tresen.reports.slices import Slice  # noqa: PLC0415 - same

    wanted = Slice(since=START - timedelta(days=1), until=START + timedelta(days=DAYS + 1))
    begun = perf_counter()
    report = attainment(wanted, by=By.AGENT, scope=EVERYTHING)
    took = perf_counter() - begun
    counted = sum(figures.counts.decided for lines in report.values() for figures in lines.values())
    assert counted >= CLOSED, f"{counted} clocks were counted, not {CLOSED}"
    return took


def _bare() -> float:
    begun = perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT ended_by_id, outcome, count(*) FROM sla_clock GROUP BY 1, 2")
        cursor.fetchall()
    return perf_counter() - begun


_REFERENCES = "SELECT conname FROM pg_constraint WHERE conrelid = 'sla_clock'::regclass AND contype = 'f'"
# Fifty agents, three measures, answers from a minute to two days, one in nine of them late.
_CLOSED = """
    INSERT INTO sla_clock (
        ticket_id, key, kind, metric, store_id, brand_id, team_id, pack, started_at, due, outcome, met_at, worked,
        ended_by_id
    )
    SELECT ticket.id, 'bench:' || n, (ARRAY['own', 'own', 'platform'])[1 + n %% 3],
        (ARRAY['first_reply', 'next_reply', 'response_rate'])[1 + n %% 3],
        ticket.store_id, ticket.brand_id, ticket.team_id, '', began, began + interval '14 hours',
        CASE WHEN n %% 9 = 0 THEN 'breached' ELSE 'met' END, began + lasted, extract(epoch FROM lasted)::bigint / 3,
        n %% 50
    FROM (
        SELECT n, %(start)s::timestamptz + (random() * %(days)s) * interval '1 day' AS began,
            interval '1 minute' + random() ^ 3 * interval '2 days' AS lasted
        FROM generate_series(1, %(closed)s) AS n
    ) AS made
    JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place FROM tickets_ticket) AS ticket
        ON ticket.place = n %% (SELECT count(*) FROM tickets_ticket)
"""
