"""What is in danger, reckoned over 50,000 open tickets of one team, beside reading the same rows in their order."""

from collections.abc import Callable
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter

from django.db import connection

from benchmarks.result import Figure, Result
from benchmarks.sizes import database_of

OPEN = 50_000
ROUNDS = 12
PEOPLE = 100
"""So many answer 50,000 tickets in 48 hours with a third to spare: each minute some of them turn to be in danger."""
HORIZON = timedelta(hours=48)
MINUTE = timedelta(minutes=1)
NOW = datetime.fromisoformat("2026-11-16T09:00:00+00:00")


def run() -> list[Result | Figure]:
    """Passes a minute apart, and reading what they look at, in turns; then a pass in which every place changes."""
    from tresen.routing.promoting import promote_team  # noqa: PLC0415 - needs Django set up

    with database_of(OPEN):
        team = _in_one_team()
        _timed(lambda: promote_team(team, at=NOW))
        ours, reading, changed = [], [], []
        for number in range(1, ROUNDS + 1):
            at = NOW + number * MINUTE
            ours.append(_timed(lambda at=at: changed.append(promote_team(team, at=at))))
            reading.append(_timed(lambda at=at: _read(team, at)))
        _calm()
        first = _timed(lambda: changed.append(promote_team(team, at=NOW + HORIZON - MINUTE)))
    took, read = median(ours), median(reading)
    return [
        Result(
            name=f"danger, {OPEN:,} open, {round(median(changed[:-1]))} change",
            ours=took,
            reference=read,
            ratio=took / read,
            bar=3.0,
            better="lower",
        ),
        Figure(name=f"the same where {changed[-1]:,} change", ours=first, reference=read),
    ]


def _in_one_team() -> int:
    """All of them in one team of PEOPLE who just about keep up, due one after the other within the next 48 hours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM accounts_team")
        team = int(cursor.fetchone()[0])
        cursor.execute(_SPREAD, {"team": team, "now": NOW, "apart": HORIZON / OPEN})
        cursor.execute(_AGENTS, {"people": PEOPLE, "now": NOW})
        cursor.execute(_MEMBERS, {"team": team})
        cursor.execute("VACUUM (ANALYZE) routing_queueplace")
    return team


def _calm() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE routing_queueplace SET in_danger = false, queue_tier = calm_tier, sort_at = calm_sort_at"
        )
        cursor.execute("VACUUM (ANALYZE) routing_queueplace")


def _read(team: int, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_IN_ORDER, [team, at + HORIZON])
        cursor.fetchall()


def _timed(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


_SPREAD = """
    UPDATE routing_queueplace place
    SET team_id = %(team)s, queue_tier = 2, calm_tier = 2, in_danger = false, on_its_way = false,
        limit_due = %(now)s + numbered.number * %(apart)s,
        platform_due = %(now)s + numbered.number * %(apart)s, act_by = %(now)s + numbered.number * %(apart)s,
        sort_at = %(now)s + numbered.number * %(apart)s, calm_sort_at = %(now)s + numbered.number * %(apart)s
    FROM (SELECT ticket_id, row_number() OVER (ORDER BY ticket_id) AS number FROM routing_queueplace) AS numbered
    WHERE numbered.ticket_id = place.ticket_id
"""
_AGENTS = """
    INSERT INTO accounts_agent (email, name, role, everything, is_active, language, zone, theme, joined_at, password,
                                is_superuser)
    SELECT 'danger' || number || '@shop.example', 'Agent ' || number, 'agent', true, true, 'en', 'UTC', 'system',
           %(now)s, '', false
    FROM generate_series(1, %(people)s) AS number
"""
_MEMBERS = """
    INSERT INTO accounts_teammembership (team_id, agent_id, leads)
    SELECT %(team)s, id, false FROM accounts_agent WHERE email LIKE 'danger%%'
"""
_AS_BEFORE = "UPDATE routing_queueplace SET in_danger = false, queue_tier = calm_tier, sort_at = calm_sort_at"
_IN_ORDER = """
    SELECT ticket_id, store_id, platform_due, act_by, in_danger FROM routing_queueplace
    WHERE team_id = %s AND platform_due <= %s AND NOT on_its_way ORDER BY platform_due, ticket_id
"""
