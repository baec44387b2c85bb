"""What a ticket is, folded from its events. Pure: a replay arrives at the same rows."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec.structs import replace

from tresen.tickets import events as e
from tresen.tickets.models import Status, WaitingOn


class TicketState(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a ticket's row that events decide."""

    team: int
    opened_at: datetime
    last_message_at: datetime
    status: str = Status.OPEN
    waiting_on: str = WaitingOn.NOBODY
    snoozed_until: datetime | None = None
    assignee: int | None = None
    risk_tier: int = 2
    risk_reason: str = ""
    resolution: str = ""
    solved_at: datetime | None = None
    last_sequence: int = 0


class TicketNow(msgspec.Struct, kw_only=True):
    """A ticket while something happens to it: where it belongs, which no event changes, and how it stands."""

    store: int
    brand: int
    language: str
    state: TicketState


def opened(event: e.TicketOpened, *, at: datetime) -> TicketState:
    """A ticket as its first event leaves it."""
    return TicketState(team=event.team, opened_at=at, last_message_at=at)


def project(state: TicketState, event: e.Event, *, at: datetime, sequence: int) -> TicketState:
    """The state after the event, which happened `at`."""
    step = _STEPS.get(type(event))
    after = step(state, event, at) if step else state
    return replace(after, last_sequence=sequence)


def _message(state: TicketState, event: e.Event, at: datetime) -> TicketState:
    del event
    return replace(state, last_message_at=at) if at > state.last_message_at else state


def _waiting(state: TicketState, event: e.WaitingStarted, at: datetime) -> TicketState:
    del at
    return replace(state, status=Status.WAITING, waiting_on=event.on, snoozed_until=event.until)


def _open(state: TicketState, event: e.Event, at: datetime) -> TicketState:
    del event, at
    return replace(
        state, status=Status.OPEN, waiting_on=WaitingOn.NOBODY, snoozed_until=None, solved_at=None, resolution=""
    )


def _snoozed(state: TicketState, event: e.TicketSnoozed, at: datetime) -> TicketState:
    del at
    return replace(state, status=Status.SNOOZED, waiting_on=WaitingOn.NOBODY, snoozed_until=event.until)


def _solved(state: TicketState, event: e.TicketSolved, at: datetime) -> TicketState:
    return replace(
        state,
        status=Status.SOLVED,
        waiting_on=WaitingOn.NOBODY,
        snoozed_until=None,
        resolution=event.resolution,
        solved_at=at,
    )


def _closed(state: TicketState, event: e.TicketClosed, at: datetime) -> TicketState:
    del event, at
    return replace(state, status=Status.CLOSED)


def _assigned(state: TicketState, event: e.TicketAssigned, at: datetime) -> TicketState:
    del at
    return replace(state, assignee=event.assignee)


def _moved(state: TicketState, event: e.TicketMoved, at: datetime) -> TicketState:
    del at
    return replace(state, team=event.team)


def _risk(state: TicketState, event: e.RiskSet, at: datetime) -> TicketState:
    del at
    return replace(state, risk_tier=event.tier, risk_reason=event.reason)


_STEPS: dict[type[e.Event], Callable[..., TicketState]] = {
    e.MessageReceived: _message,
    e.NoticeReceived: _message,
    e.AnsweredElsewhere: _message,
    e.ReplyQueued: _message,
    e.WaitingStarted: _waiting,
    e.WaitingEnded: _open,
    e.TicketSnoozed: _snoozed,
    e.TicketWoken: _open,
    e.TicketSolved: _solved,
    e.TicketReopened: _open,
    e.TicketClosed: _closed,
    e.TicketAssigned: _assigned,
    e.TicketMoved: _moved,
    e.RiskSet: _risk,
}
