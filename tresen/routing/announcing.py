"""Announces tickets to open browsers, agents' and visitors', after everything else about them is stored."""

from collections.abc import Sequence
from datetime import datetime

from tresen.chats.announcing import announce_to_visitors
from tresen.crashing.points import Point, reached
from tresen.live.announcing import announce
from tresen.tickets import ledger
from tresen.tickets.recorded import RecordedEvent


def announce_tickets(events: Sequence[RecordedEvent], at: datetime) -> None:
    """One announcement for the whole batch."""
    reached(Point.LEDGER_NOT_NOTIFIED)
    tickets = ledger.tickets_of({entry.ticket for entry in events})
    announce((now.state.team, now.store, now.brand) for now in tickets.values())
    announce_to_visitors(tickets.keys(), at=at)
