from datetime import UTC, datetime, timedelta

import pytest

from tresen.workspace.clocks import ClockState, face

NOW = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_clock_turns_amber_when_a_fifth_of_its_time_is_left():
    started = NOW - 8 * HOUR

    assert face(due=NOW + 3 * HOUR, started_at=started, at=NOW).state is ClockState.RUNNING
    assert face(due=NOW + 2 * HOUR, started_at=started, at=NOW).state is ClockState.SOON


def test_amber_lasts_at_least_a_quarter_of_an_hour_and_at_most_two():
    short = face(due=NOW + HOUR, started_at=NOW, at=NOW)
    long = face(due=NOW + 240 * HOUR, started_at=NOW, at=NOW)

    assert short.soon_at == NOW + timedelta(minutes=45)
    assert long.soon_at == NOW + 238 * HOUR


def test_a_clock_is_breached_from_the_very_instant_it_was_due():
    assert face(due=NOW, started_at=NOW - HOUR, at=NOW).state is ClockState.BREACHED


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("met", ClockState.MET),
        ("met_provisional", ClockState.PROVISIONAL),
        ("paused", ClockState.PAUSED),
        ("waived", ClockState.WAIVED),
        ("void", ClockState.VOID),
    ],
)
def test_what_has_ended_does_not_run_on(outcome, state):
    assert face(due=NOW - HOUR, started_at=NOW - 2 * HOUR, at=NOW, outcome=outcome).state is state


def test_what_is_lost_says_so_whatever_its_due_time():
    assert face(due=NOW + HOUR, started_at=NOW, at=NOW, lost=True).state is ClockState.LOST


def test_the_ring_shows_the_used_share_and_stays_within_itself():
    assert face(due=NOW + HOUR, started_at=NOW - 3 * HOUR, at=NOW).spent == 75
    assert face(due=NOW - HOUR, started_at=NOW - 2 * HOUR, at=NOW).spent == 100
    assert face(due=NOW + 2 * HOUR, started_at=NOW + HOUR, at=NOW).spent == 0


def test_what_was_answered_late_is_as_late_as_it_was_then_and_ticks_no_more():
    due = NOW - 48 * HOUR
    shown = face(due=due, started_at=due - HOUR, at=NOW, outcome="breached", ended_at=due + timedelta(minutes=9))

    assert (shown.state, shown.left) == (ClockState.BREACHED, "9 min late")
    assert not shown.ticks
    assert "data-due" not in shown.attributes
    assert face(due=due, started_at=due - HOUR, at=NOW, outcome="breached").ticks
