"""The one door through which anything happens to a ticket: record facts, project them, let the consequences follow.

`record_all` takes a batch and costs a fixed number of statements; an agent's action is a batch of one. Everything runs
in the caller's transaction. What follows from an event stands in the table that `install` was given at start.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import cast

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.tickets import ledger_rows
from tresen.tickets.events import Event
from tresen.tickets.ledger_rows import NewTicket
from tresen.tickets.ledger_run import Consequences as Consequences
from tresen.tickets.ledger_run import Run
from tresen.tickets.ledger_run import Step as Step
from tresen.tickets.projection import TicketNow
from tresen.tickets.recorded import NewEvent, RecordedEvent

_installed = Consequences((), {})
_running: ContextVar[Run | None] = ContextVar("running", default=None)


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
    running = _running.get()
    if running is not None:
        recorded = running.record(entries, at=at, opening=opening or {})
        if before_consequences is not None:
            before_consequences()
        if not running.following:
            running.write_tickets()
        return recorded
    run = Run(_installed)
    token = _running.set(run)
    try:
        with transaction.atomic():
            recorded = run.record(entries, at=at, opening=opening or {})
            if before_consequences is not None:
                before_consequences()
            run.let_follow(at)
            run.write_tickets()
        return recorded
    finally:
        _running.reset(token)


@contextmanager
def together(*, at: datetime) -> Iterator[None]:
    """Let what follows from several operations follow once, at the end, in one transaction.

    For a past that is told at once, as an import does. Until the end the operations see clocks and queue as they stood
    before, so a ticket must not get a message and an answer to it in one go.
    """
    run = Run(_installed)
    token = _running.set(run)
    try:
        with transaction.atomic():
            yield
            run.let_follow(at)
            run.write_tickets()
    finally:
        _running.reset(token)


def history_of(ticket_ids: Iterable[int]) -> dict[int, list[RecordedEvent]]:
    """All events of these tickets, in order. Within one run each is read at most once, and new ones never."""
    running = _running.get()
    known = running.histories if running else {}
    wanted = list(ticket_ids)
    missing = [ticket for ticket in wanted if ticket not in known]
    known |= ledger_rows.read(missing)
    return {ticket: known[ticket] for ticket in wanted}


def tickets_of(ticket_ids: Iterable[int]) -> dict[int, TicketNow]:
    """Where these tickets belong and how they stand; within a run with all that it has recorded so far."""
    running = _running.get()
    known = running.tickets if running else {}
    wanted = list(ticket_ids)
    missing = [ticket for ticket in wanted if ticket not in known]
    known = known | ledger_rows.read_tickets(missing) if missing else known
    return {ticket: known[ticket] for ticket in wanted}


def locked(tickets: Mapping[int, TicketNow]) -> None:
    """Tell the run that its transaction has locked these tickets, which stand so: they need not be read again."""
    running = _running.get()
    if running is not None:
        running.hold(tickets)


def newcomers(what: str, tickets: Iterable[int]) -> set[int]:
    """Those of these tickets that began in this run, each once for every `what`: they have no rows of that yet."""
    running = _running.get()
    if running is None:
        return set()
    told = memo(f"newcomers:{what}", set[int])
    new = running.begun.intersection(tickets) - told
    told |= new
    return new


def memo[T](name: str, make: Callable[[], T]) -> T:
    """A value that the steps of one run share; outside of a run it is made anew."""
    running = _running.get()
    if running is None:
        return make()
    if name not in running.memo:
        running.memo[name] = make()
    return cast("T", running.memo[name])
