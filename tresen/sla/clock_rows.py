"""The clocks' statements: each takes a batch and is one round trip."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tresen.batches import copying
from tresen.batches.cursors import batch_cursor, columns_of
from tresen.clock.clocks import Clock
from tresen.sla.applying import version_in
from tresen.sla.crediting import Credit

type ClockKey = tuple[int, str]
"""Ticket and key."""

type Row = tuple[Any, ...]
"""A `clock_row` with its ticket's store, brand and team behind it."""

type Standing = Mapping[ClockKey, Row]


def append(rows: Sequence[Row]) -> None:
    """The first clocks of tickets."""
    copying.append(_CLOCKS, rows)


def standing(tickets: Collection[int]) -> Standing:
    """All clocks that stand of these tickets, which are locked."""
    if not tickets:
        return {}
    with batch_cursor() as cursor:
        cursor.execute(_STANDING, [list(tickets)])
        return {row[:2]: row for row in cursor.fetchall()}


def store(rows: Iterable[Row], *, over: Standing, unseen_until: datetime | None) -> None:
    """Make `rows`, as `append` takes them, stand for clocks of theirs; what stands so already is not written.

    An alarm that came by `unseen_until` stays: nobody has looked at it yet. None: the caller looks now.
    """
    news = [row for row in rows if over.get(row[:2]) != row]
    if news:
        with batch_cursor() as cursor:
            cursor.execute(_STORE, [*columns_of(news), unseen_until])


def forget(keys: Collection[ClockKey]) -> None:
    """Remove these clocks: one whose turn has a new first message is another, and the old row would be a ghost."""
    if keys:
        with batch_cursor() as cursor:
            cursor.execute(_FORGET, columns_of(keys))


def clock_row(ticket: int, clock: Clock, credit: Credit, *, alarm: datetime | None) -> tuple[object, ...]:
    """What the row of this clock holds, in the order of CLOCK_COLUMNS."""
    return (
        ticket,
        clock.key,
        clock.kind.value,
        clock.metric,
        clock.conversation,
        clock.message,
        clock.started_at,
        clock.due,
        clock.outcome.value,
        clock.met_at,
        clock.breached_at,
        clock.provisional_until,
        clock.policy_version,
        version_in(clock.hours),
        clock.pack,
        alarm,
        clock.waived_at,
        credit.ended_by,
        credit.worked,
        credit.corrected_at,
    )


_CLOCK = {
    "ticket_id": "int8",
    "key": "text",
    "kind": "text",
    "metric": "text",
    "conversation_id": "int8",
    "message_id": "int8",
    "started_at": "timestamptz",
    "due": "timestamptz",
    "outcome": "text",
    "met_at": "timestamptz",
    "breached_at": "timestamptz",
    "provisional_until": "timestamptz",
    "policy_version_id": "int8",
    "hours_version_id": "int8",
    "pack": "text",
    "next_alarm_at": "timestamptz",
    "waived_at": "timestamptz",
    "ended_by_id": "int8",
    "worked": "int8",
    "corrected_at": "timestamptz",
}
CLOCK_COLUMNS = ", ".join(_CLOCK)
_CLOCKS = copying.Target("sla_clock", _CLOCK | {"store_id": "int8", "brand_id": "int8", "team_id": "int8"})

_STANDING = f"SELECT {_CLOCKS.names} FROM sla_clock WHERE ticket_id = ANY(%b::bigint[])"
_FORGET = """
    DELETE FROM sla_clock clock USING unnest(%b::bigint[], %b::text[]) AS gone (ticket, key)
    WHERE (clock.ticket_id, clock.key) = (gone.ticket, gone.key)
"""
_STORE = f"""
    INSERT INTO sla_clock AS kept ({_CLOCKS.names}) SELECT * FROM {_CLOCKS.arrays}
    ON CONFLICT (ticket_id, key) DO UPDATE SET (
        metric, conversation_id, message_id, started_at, due, outcome, met_at, breached_at, provisional_until,
        policy_version_id, hours_version_id, pack, next_alarm_at, waived_at, ended_by_id, worked, corrected_at, team_id
    ) = (
        excluded.metric, excluded.conversation_id, excluded.message_id, excluded.started_at, excluded.due,
        excluded.outcome, excluded.met_at, excluded.breached_at, excluded.provisional_until,
        excluded.policy_version_id, excluded.hours_version_id, excluded.pack,
        CASE WHEN kept.next_alarm_at <= %b::timestamptz THEN least(kept.next_alarm_at, excluded.next_alarm_at)
             ELSE excluded.next_alarm_at END,
        excluded.waived_at, excluded.ended_by_id, excluded.worked, excluded.corrected_at, excluded.team_id
    )
"""
