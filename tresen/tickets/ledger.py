"""The one door through which anything happens to a ticket: record facts, project them, let the consequences follow.

`record_all` takes a batch and costs a fixed number of statements; an agent's action is a batch of one. Everything runs
in the caller's transaction. What follows from an event stands in the table that `install` was given at start.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.tickets import ledger_rows
from tresen.tickets.events import Event, TicketOpened
from tresen.tickets.ledger_rows import NewTicket
from tresen.tickets.projection import TicketState, opened, project
from tresen.tickets.recorded import NewEvent, RecordedEvent

type Step = Callable[[Sequence[RecordedEvent], datetime], None]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows from which event. `order` says which step runs first when several wait."""

    order: Sequence[Step]
    table: Mapping[type[Event], Sequence[Step]]


_installed = Consequences((), {})


def install(consequences: Consequences) -> None:
    """Set what follows from events; called once, when the process starts."""
    global _installed  # noqa: PLW0603 - the one hand-over from config to the ledger
    _installed = consequences


def record(
    ticket_id: int, event: Event, *, by: Actor, at: datetime, source_key: str, recorded_at: datetime | None = None
) -> list[RecordedEvent]:
    """Record one fact that happened `at`. Empty when this cause recorded it before."""
    entry = NewEvent(ticket=ticket_id, event=event, by=by, occurred_at=at, source_key=source_key)
    return record_all([entry], at=recorded_at or at)


def record_all(
    entries: Sequence[NewEvent],
    *,
    at: datetime,
    opening: Mapping[int, NewTicket] | None = None,
    before_consequences: Callable[[], None] | None = None,
) -> list[RecordedEvent]:
    """Record facts in the given order; those that their source key shows as known are left out.

    `at` is when we record. `opening` holds the tickets that begin with this batch, by id: the first event of each
    must be its TicketOpened. `before_consequences` writes the rows that point at these tickets.
    """
    if not entries:
        return []
    with transaction.atomic():
        running = _running.get()
        recorded = _write(entries, at=at, opening=opening or {})
        if before_consequences is not None:
            before_consequences()
        if running is not None:
            running.add(recorded)
        else:
            _let_follow(recorded, at=at)
    return recorded


@dataclass(slots=True)
class _Run:
    """The consequences still to come in this transaction, and what is known of its tickets."""

    consequences: Consequences
    pending: dict[Step, list[RecordedEvent]] = field(default_factory=lambda: defaultdict(list))
    histories: dict[int, list[RecordedEvent]] = field(default_factory=dict)
    memo: dict[str, object] = field(default_factory=dict)

    def add(self, recorded: Iterable[RecordedEvent]) -> None:
        for entry in recorded:
            if isinstance(entry.event, TicketOpened):
                self.histories[entry.ticket] = []
            if entry.ticket in self.histories:
                self.histories[entry.ticket].append(entry)
            for step in self.consequences.table.get(type(entry.event), ()):
                self.pending[step].append(entry)

    def next(self) -> tuple[Step, list[RecordedEvent]] | None:
        for step in self.consequences.order:
            if self.pending.get(step):
                return step, self.pending.pop(step)
        return None


_running: ContextVar[_Run | None] = ContextVar("running", default=None)
MOST_STEPS = 50


def history_of(ticket_ids: Iterable[int]) -> dict[int, list[RecordedEvent]]:
    """All events of these tickets, in order. Within one run each is read at most once, and new ones never."""
    running = _running.get()
    known = running.histories if running else {}
    wanted = list(ticket_ids)
    missing = [ticket for ticket in wanted if ticket not in known]
    known |= ledger_rows.read(missing)
    return {ticket: known[ticket] for ticket in wanted}


def memo[T](name: str, make: Callable[[], T]) -> T:
    """A value that the steps of one run share; outside of a run it is made anew."""
    running = _running.get()
    if running is None:
        return make()
    if name not in running.memo:
        running.memo[name] = make()
    return cast("T", running.memo[name])


def _let_follow(recorded: Sequence[RecordedEvent], *, at: datetime) -> None:
    run = _Run(_installed)
    run.add(recorded)
    token = _running.set(run)
    try:
        for _ in range(MOST_STEPS):
            step = run.next()
            if step is None:
                return
            follow, waiting = step
            follow(waiting, at)
        raise RuntimeError(f"Consequences do not end: still waiting are {sorted(str(key) for key in run.pending)}")
    finally:
        _running.reset(token)


def _write(entries: Sequence[NewEvent], *, at: datetime, opening: Mapping[int, NewTicket]) -> list[RecordedEvent]:
    existing = sorted({entry.ticket for entry in entries} - opening.keys())
    states: dict[int, TicketState] = ledger_rows.lock(existing) if existing else {}
    known = ledger_rows.known([entry for entry in entries if entry.ticket not in opening]) if existing else set()
    recorded: list[RecordedEvent] = []
    for entry in entries:
        cause = (entry.ticket, entry.event.kind, entry.source_key)
        if cause in known:
            continue
        known.add(cause)
        states[entry.ticket], row = _fold(states.get(entry.ticket), entry, at)
        recorded.append(row)
    touched = {row.ticket for row in recorded}
    ledger_rows.open_tickets({ticket: (opening[ticket], states[ticket]) for ticket in opening})
    ledger_rows.append(recorded)
    ledger_rows.update_tickets({ticket: states[ticket] for ticket in touched - opening.keys()})
    return recorded


def _fold(state: TicketState | None, entry: NewEvent, at: datetime) -> tuple[TicketState, RecordedEvent]:
    if state is None:
        if not isinstance(entry.event, TicketOpened):
            raise LookupError(f"Ticket {entry.ticket} does not exist.")
        state = opened(entry.event, at=entry.occurred_at)
    sequence = state.last_sequence + 1
    row = RecordedEvent(
        ticket=entry.ticket,
        sequence=sequence,
        event=entry.event,
        by=entry.by,
        occurred_at=entry.occurred_at,
        recorded_at=at,
        source_key=entry.source_key,
    )
    return project(state, entry.event, by=entry.by, at=entry.occurred_at, sequence=sequence), row
