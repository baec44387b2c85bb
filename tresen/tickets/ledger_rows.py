"""The ledger's statements: each takes a batch and is one round trip."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from uuid import UUID

import msgspec
from msgspec.structs import replace

from tresen.accounts.actors import Actor, ActorKind
from tresen.batches import copying
from tresen.batches.cursors import batch_cursor, columns_of
from tresen.tickets.projection import TicketNow, TicketState
from tresen.tickets.recorded import NewEvent, RecordedEvent, event_from, facts_of


class NewTicket(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a new ticket's row that no event holds."""

    public_id: UUID
    store: int
    brand: int
    identity: int | None
    subject: str
    language: str


def lock(ticket_ids: Collection[int]) -> dict[int, TicketNow]:
    """The tickets, locked for this transaction in id order, so that two batches never wait in a circle."""
    return _tickets(f"{_TICKETS} ORDER BY id FOR UPDATE", ticket_ids)


def read_tickets(ticket_ids: Collection[int]) -> dict[int, TicketNow]:
    """The tickets as their rows say, not locked."""
    return _tickets(_TICKETS, ticket_ids)


def _tickets(statement: str, ticket_ids: Collection[int]) -> dict[int, TicketNow]:
    with batch_cursor() as cursor:
        cursor.execute(statement, [list(ticket_ids)])
        return {
            ticket: TicketNow(store=store, brand=brand, language=language, state=_state(state))
            for ticket, store, brand, language, *state in cursor.fetchall()
        }


def known(entries: Iterable[NewEvent]) -> set[tuple[int, str, str]]:
    """Which of these causes (ticket, kind, source key) the ledger already holds."""
    causes = [(entry.ticket, entry.event.kind, entry.source_key) for entry in entries]
    if not causes:
        return set()
    with batch_cursor() as cursor:
        cursor.execute(_KNOWN, columns_of(causes))
        return set(cursor.fetchall())


def open_tickets(tickets: Mapping[int, tuple[NewTicket, TicketState]]) -> None:
    """Insert new tickets as their first events leave them."""
    rows = [
        (ticket, new.public_id, new.store, new.brand, new.identity, new.subject, new.language, *_row(state))
        for ticket, (new, state) in tickets.items()
    ]
    copying.append(_OPENED, rows)


def append(recorded: Sequence[RecordedEvent]) -> None:
    """Append facts to the ledger."""
    rows = [
        (
            entry.ticket,
            entry.sequence,
            entry.event.kind,
            entry.event.version,
            copying.json_text(facts_of(entry.event)),
            entry.by.kind.value,
            entry.by.id,
            entry.occurred_at,
            entry.recorded_at,
            entry.source_key,
        )
        for entry in recorded
    ]
    copying.append(_EVENTS, rows)


def update_tickets(states: Mapping[int, TicketState], *, before: Mapping[int, TicketState]) -> None:
    """Write the projected part of existing tickets, of which `before` says how their rows stand.

    Most events change nothing about a ticket but that they are its last.
    """
    counted = {
        ticket: state
        for ticket, state in states.items()
        if state == replace(before[ticket], last_sequence=state.last_sequence)
    }
    with batch_cursor() as cursor:
        if counted:
            sequences = [state.last_sequence for state in counted.values()]
            cursor.execute(_COUNT_ON, [list(counted), sequences])
        if changed := [(ticket, *_row(state)) for ticket, state in states.items() if ticket not in counted]:
            cursor.execute(_UPDATE, columns_of(changed))


def read(ticket_ids: Sequence[int]) -> dict[int, list[RecordedEvent]]:
    """All events of these tickets, in order."""
    found: dict[int, list[RecordedEvent]] = {ticket: [] for ticket in ticket_ids}
    if not ticket_ids:
        return found
    with batch_cursor() as cursor:
        cursor.execute(_READ, [list(ticket_ids)])
        rows = cursor.fetchall()
    # Not one by one from the cursor: half the time of reading goes into asking it for the next.
    for ticket, sequence, kind, version, facts, actor_kind, actor_id, occurred_at, recorded_at, key in rows:
        found[ticket].append(
            RecordedEvent(
                ticket=ticket,
                sequence=sequence,
                event=event_from(kind, version, facts),
                by=_actor(actor_kind, actor_id),
                occurred_at=occurred_at,
                recorded_at=recorded_at,
                source_key=key,
            )
        )
    return found


@lru_cache(1000)
def _actor(kind: str, number: int | None) -> Actor:
    return Actor(ActorKind(kind), number)


def _row(state: TicketState) -> tuple[object, ...]:
    return (
        state.team,
        state.opened_at,
        state.last_message_at,
        state.status,
        state.waiting_on,
        state.snoozed_until,
        state.assignee,
        state.risk_tier,
        state.risk_reason,
        state.resolution,
        state.solved_at,
        state.last_sequence,
    )


def _state(row: Sequence[object]) -> TicketState:
    return TicketState(**dict(zip(_STATE_FIELDS, row, strict=True)))  # type: ignore[arg-type]


_STATE_FIELDS = (
    "team",
    "opened_at",
    "last_message_at",
    "status",
    "waiting_on",
    "snoozed_until",
    "assignee",
    "risk_tier",
    "risk_reason",
    "resolution",
    "solved_at",
    "last_sequence",
)
_STATE = {
    "team_id": "int8",
    "opened_at": "timestamptz",
    "last_message_at": "timestamptz",
    "status": "text",
    "waiting_on": "text",
    "snoozed_until": "timestamptz",
    "assignee_id": "int8",
    "risk_tier": "int2",
    "risk_reason": "text",
    "resolution": "text",
    "solved_at": "timestamptz",
    "last_sequence": "int4",
}
_STATE_COLUMNS = ", ".join(_STATE)
_TICKETS = f"SELECT id, store_id, brand_id, language, {_STATE_COLUMNS} FROM tickets_ticket WHERE id = ANY(%b::bigint[])"
_KNOWN = """
    SELECT event.ticket_id, event.kind, event.source_key
    FROM unnest(%b::bigint[], %b::text[], %b::text[]) AS given (ticket, kind, source_key)
    JOIN tickets_ticketevent event
        ON (event.ticket_id, event.kind, event.source_key) = (given.ticket, given.kind, given.source_key)
"""
_OPENED = copying.Target(
    "tickets_ticket",
    {
        "id": "int8",
        "public_id": "uuid",
        "store_id": "int8",
        "brand_id": "int8",
        "identity_id": "int8",
        "subject": "text",
        "language": "text",
        **_STATE,
    },
)
_EVENTS = copying.Target(
    "tickets_ticketevent",
    {
        "ticket_id": "int8",
        "sequence": "int4",
        "kind": "text",
        "version": "int2",
        "facts": "jsonb",
        "actor_kind": "text",
        "actor_id": "int8",
        "occurred_at": "timestamptz",
        "recorded_at": "timestamptz",
        "source_key": "text",
    },
)
_UPDATE = f"""
    UPDATE tickets_ticket ticket
    SET ({_STATE_COLUMNS}) = ({", ".join(f"given.{name}" for name in _STATE)})
    FROM unnest(%b::bigint[], {", ".join(f"%b::{kind}[]" for kind in _STATE.values())}) AS given (id, {_STATE_COLUMNS})
    WHERE ticket.id = given.id
"""
_COUNT_ON = """
    UPDATE tickets_ticket ticket SET last_sequence = given.sequence
    FROM unnest(%b::bigint[], %b::int4[]) AS given (id, sequence) WHERE ticket.id = given.id
"""
_READ = """
    SELECT ticket_id, sequence, kind, version, facts::text, actor_kind, actor_id, occurred_at, recorded_at, source_key
    FROM tickets_ticketevent WHERE ticket_id = ANY(%b::bigint[]) ORDER BY ticket_id, sequence
"""
