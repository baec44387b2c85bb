"""What a ticket is after each of its events. Pure."""

from datetime import timedelta

import pytest

from tests.factories.shops import MONDAY
from tresen.tickets import events as e
from tresen.tickets.events import Key
from tresen.tickets.models import Status, WaitingOn
from tresen.tickets.projection import TicketState, opened, project

OPENED = e.TicketOpened(store=1, brand=2, team=3, identity=None)
LATER = MONDAY + timedelta(hours=1)
FRIDAY = MONDAY + timedelta(days=4)
SOLVED = e.TicketSolved(resolution=Key("refunded"))
WAITS = e.WaitingStarted(on=Key("third_party"), until=FRIDAY)


def after(*happened: e.Event) -> TicketState:
    """The state after these, an hour apart, in a ticket of team 3."""
    state = opened(OPENED, at=MONDAY)
    for number, event in enumerate(happened, start=1):
        state = project(state, event, at=MONDAY + timedelta(hours=number), sequence=number + 1)
    return state


def test_a_ticket_begins_open_in_its_team() -> None:
    state = after()
    assert (state.team, state.status, state.opened_at, state.last_message_at) == (3, Status.OPEN, MONDAY, MONDAY)
    assert (state.assignee, state.risk_tier, state.last_sequence) == (None, 2, 0)


@pytest.mark.parametrize("rest", [WAITS, e.TicketSnoozed(until=FRIDAY)])
@pytest.mark.parametrize("ended", [e.WaitingEnded(), e.TicketWoken(), e.TicketReopened(cause=Key("agent"))])
def test_whatever_ends_a_rest_leaves_nothing_of_it(rest: e.Event, ended: e.Event) -> None:
    assert after(rest).snoozed_until == FRIDAY
    state = after(rest, ended)
    assert (state.status, state.waiting_on, state.snoozed_until) == (Status.OPEN, WaitingOn.NOBODY, None)


def test_a_snooze_after_a_wait_waits_for_nobody() -> None:
    state = after(WAITS, e.TicketSnoozed(until=FRIDAY))
    assert (state.status, state.waiting_on) == (Status.SNOOZED, WaitingOn.NOBODY)


def test_solving_ends_a_wait_and_says_when_and_how() -> None:
    state = after(WAITS, SOLVED)
    assert (state.status, state.waiting_on, state.snoozed_until) == (Status.SOLVED, "", None)
    assert (state.resolution, state.solved_at) == ("refunded", MONDAY + timedelta(hours=2))


def test_a_closed_ticket_keeps_how_and_when_it_was_solved() -> None:
    state = after(SOLVED, e.TicketClosed())
    assert (state.status, state.resolution, state.solved_at) == (Status.CLOSED, "refunded", LATER)


def test_a_reopened_ticket_was_never_solved() -> None:
    state = after(SOLVED, e.TicketReopened(cause=Key("customer_wrote")))
    assert (state.status, state.resolution, state.solved_at) == (Status.OPEN, "", None)


def test_the_newest_message_counts_in_whatever_order_they_are_heard_of() -> None:
    state = opened(OPENED, at=MONDAY)
    notice = e.NoticeReceived(message=1, conversation=1, notice=Key("other"))
    for sequence, at in enumerate((LATER, MONDAY - timedelta(days=1)), start=2):
        state = project(state, notice, at=at, sequence=sequence)
    assert (state.last_message_at, state.last_sequence) == (LATER, 3)


def test_assignee_team_and_risk_are_the_last_that_were_said() -> None:
    state = after(
        e.TicketAssigned(assignee=7),
        e.TicketMoved(team=4),
        e.RiskSet(tier=0, reason=Key("legal_threat")),
        e.TicketAssigned(assignee=None),
    )
    assert (state.assignee, state.team, state.risk_tier, state.risk_reason) == (None, 4, 0, "legal_threat")


def test_an_event_that_says_nothing_of_the_ticket_itself_only_moves_the_sequence() -> None:
    before = after()
    state = after(e.MarkedAtPlatform(messages=(1,)))
    assert state.last_sequence == 2
    assert [getattr(state, name) for name in state.__struct_fields__[:-1]] == [
        getattr(before, name) for name in before.__struct_fields__[:-1]
    ]
