"""One run of the ledger: facts recorded in one go, what follows from them, and the tickets as they stand meanwhile.

The tickets' rows are written once, when nothing follows any more. Until then the run knows how its tickets stand, and
the table does not: a step asks `ledger.tickets_of`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tresen.tickets import ledger_rows
from tresen.tickets.events import Event, TicketOpened
from tresen.tickets.ledger_rows import NewTicket
from tresen.tickets.projection import TicketNow, TicketState, opened, project
from tresen.tickets.recorded import NewEvent, RecordedEvent

type Step = Callable[[Sequence[RecordedEvent], datetime], None]
type Cause = tuple[int, str, str]

MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows from which event. `order` says which step runs first when several wait.

    The tickets' rows are written before any of `telling` runs: these steps record nothing.
    """

    order: Sequence[Step]
    table: Mapping[type[Event], Sequence[Step]]
    telling: Collection[Step] = ()


@dataclass(slots=True)
class Run:
    """What is known within one transaction. `tickets` are locked by it, or have `begun` in it.

    `opening` are those of them that have no row yet.
    """

    consequences: Consequences
    tickets: dict[int, TicketNow] = field(default_factory=dict)
    written: dict[int, TicketState] = field(default_factory=dict)
    """How the tickets stand in their rows."""
    opening: dict[int, NewTicket] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    causes: set[Cause] = field(default_factory=set)
    pending: dict[Step, list[RecordedEvent]] = field(default_factory=lambda: defaultdict(list))
    histories: dict[int, list[RecordedEvent]] = field(default_factory=dict)
    memo: dict[str, object] = field(default_factory=dict)
    following: bool = False
    """The steps are running: nobody but they asks how tickets stand."""

    def hold(self, tickets: Mapping[int, TicketNow]) -> None:
        """Know these tickets, which this transaction has locked and whose rows say so."""
        self.tickets |= tickets
        self.written |= {ticket: now.state for ticket, now in tickets.items()}

    def record(
        self, entries: Sequence[NewEvent], *, at: datetime, opening: Mapping[int, NewTicket]
    ) -> list[RecordedEvent]:
        """Append what is not known yet, each on its ticket as the one before left it."""
        self._open(opening)
        older = {entry.ticket for entry in entries} - self.opening.keys()
        self._hold(older)
        known = self.causes | ledger_rows.known([entry for entry in entries if entry.ticket in older])
        recorded = []
        for entry in entries:
            cause = (entry.ticket, entry.event.kind, entry.source_key)
            if cause not in known:
                known.add(cause)
                recorded.append(self._apply(entry, at))
        ledger_rows.append(recorded)
        self._remember(recorded)
        return recorded

    def let_follow(self, at: datetime) -> None:
        """Run the steps until none waits."""
        self.following = True
        for _ in range(MOST_STEPS):
            step = next((step for step in self.consequences.order if self.pending.get(step)), None)
            if step is None:
                return
            if step in self.consequences.telling:
                self.write_tickets()
            step(self.pending.pop(step), at)
        raise RuntimeError(f"Consequences do not end: still waiting are {sorted(str(key) for key in self.pending)}")

    def write_tickets(self) -> None:
        """Make the tickets' rows say how they stand now."""
        if not self.changed:
            return
        states = {ticket: self.tickets[ticket].state for ticket in self.changed}
        ledger_rows.open_tickets({ticket: (new, states[ticket]) for ticket, new in self.opening.items()})
        older = {ticket: state for ticket, state in states.items() if ticket not in self.opening}
        ledger_rows.update_tickets(older, before=self.written)
        self.written |= states
        self.changed.clear()
        self.opening.clear()

    def _open(self, opening: Mapping[int, NewTicket]) -> None:
        self.opening.update(opening)
        self.begun.update(opening)
        for ticket in opening:
            self.histories[ticket] = []

    def _hold(self, tickets: Collection[int]) -> None:
        missing = sorted(ticket for ticket in tickets if ticket not in self.tickets)
        if missing:
            self.hold(ledger_rows.lock(missing))

    def _apply(self, entry: NewEvent, at: datetime) -> RecordedEvent:
        ticket = self.tickets.get(entry.ticket) or self._begin(entry)
        row = RecordedEvent(
            ticket=entry.ticket,
            sequence=ticket.state.last_sequence + 1,
            event=entry.event,
            by=entry.by,
            occurred_at=entry.occurred_at,
            recorded_at=at,
            source_key=entry.source_key,
        )
        ticket.state = project(ticket.state, entry.event, at=entry.occurred_at, sequence=row.sequence)
        return row

    def _begin(self, entry: NewEvent) -> TicketNow:
        new = self.opening.get(entry.ticket)
        if new is None or not isinstance(entry.event, TicketOpened):
            raise LookupError(f"Ticket {entry.ticket} does not exist.")
        state = opened(entry.event, at=entry.occurred_at)
        ticket = TicketNow(store=new.store, brand=new.brand, language=new.language, state=state)
        self.tickets[entry.ticket] = ticket
        return ticket

    def _remember(self, recorded: Iterable[RecordedEvent]) -> None:
        for entry in recorded:
            self.changed.add(entry.ticket)
            self.causes.add((entry.ticket, entry.event.kind, entry.source_key))
            if entry.ticket in self.histories:
                self.histories[entry.ticket].append(entry)
            for step in self.consequences.table.get(type(entry.event), ()):
                self.pending[step].append(entry)
