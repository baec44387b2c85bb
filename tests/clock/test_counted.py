"""What platforms count, told as stories and as what holds for all of them."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clock.ledgers import moments, stories
from tests.clock.platforms import (
    AMERICAN,
    KAUFLAND_CHAT,
    META_CHAT,
    MIRAKL_CHAT,
    PLATFORMS,
    THAI_CHAT,
    TIKTOK_CHAT,
    WALMART_CHAT,
)
from tests.clock.telling import AMAZON, HOUR, OFFICE, answers, asks, at, clocks_of, marks, numbered, risks, state_of
from tests.clock.telling import waives as waived
from tresen.clock.alarms import next_alarm, notices
from tresen.clock.clocks import ClockKind, Outcome
from tresen.clock.explaining import explain
from tresen.clock.fold import fold
from tresen.clock.rules import Cliff, Pack, PackSince, Rules, WeekHour

many = settings(max_examples=60, deadline=None)

STORIES = [
    # -- TikTok Shop: a conversation from its first message
    (
        "a conversation is counted from its first message and no more after its answer",
        [
            asks(1, "Mon 10:00", TIKTOK_CHAT),
            asks(2, "Mon 11:00", TIKTOK_CHAT),
            answers(9, "Mon 12:00", 2, TIKTOK_CHAT),
            asks(3, "Mon 13:00", TIKTOK_CHAT),
        ],
        "Tue 12:00",
        {"platform:1:rate": "met, due Tue 10:00, met Mon 12:00"},
    ),
    (
        "after a week of silence the conversation is a new one",
        [
            asks(1, "Mon 10:00", TIKTOK_CHAT),
            answers(9, "Mon 12:00", 1, TIKTOK_CHAT),
            asks(2, "Tue2 10:00", TIKTOK_CHAT),
        ],
        "Tue2 12:00",
        {"platform:1:rate": "met, due Tue 10:00, met Mon 12:00", "platform:2:rate": "running, due Wed2 10:00"},
    ),
    (
        "with all chatbots on, a message of the weekend is due on Monday at noon over there",
        [asks(1, "Sat 10:00", TIKTOK_CHAT)],
        "Sat 12:00",
        {"platform:1:weekend": "running, due Mon2 16:00"},  # New York is four hours behind in May
    ),
    (
        "which is the weekend is told by the clock over there: at three in the morning it is still Friday",
        [asks(1, "Sat 03:00", TIKTOK_CHAT)],
        "Sat 12:00",
        {"platform:1:rate": "running, due Sun 03:00"},
    ),
    (
        "after the chatbots were switched off the weekend counts again",
        [asks(1, "Sat2 10:00", TIKTOK_CHAT)],
        "Sat2 12:00",
        {"platform:1:rate": "running, due Sun2 10:00"},
    ),
    # -- TikTok Shop in Thailand: holiday mode
    (
        "in holiday mode nothing is counted, before and after it everything",
        [asks(1, "Tue 10:00", THAI_CHAT), asks(2, "Thu 00:00", THAI_CHAT)],
        "Thu 01:00",
        {"platform:2:rate": "running, due Thu 12:00"},
    ),
    (
        "what an automatic answer settled alone is left out",
        [
            asks(1, "Mon 10:00", THAI_CHAT),
            answers(9, "Mon 10:01", 1, THAI_CHAT, counts_own=False, counts_platform=False, left_out_by_platform=True),
        ],
        "Mon 12:00",
        {"platform:1:rate": "waived, due Mon 22:00, waived Mon 10:01"},
    ),
    (
        "where the platform counts automatic answers it is met, not left out",
        [
            asks(1, "Mon 10:00", THAI_CHAT),
            answers(9, "Mon 10:01", 1, THAI_CHAT, counts_own=False, left_out_by_platform=True),
        ],
        "Mon 12:00",
        {"platform:1:rate": "met, due Mon 22:00, met Mon 10:01"},
    ),
    # -- Mirakl: turns, and an average
    (
        "a turn is counted once, from its first message, and its average apart",
        [
            asks(1, "Mon 10:00", MIRAKL_CHAT),
            asks(2, "Mon 11:00", MIRAKL_CHAT),
            answers(9, "Tue 12:00", 2, MIRAKL_CHAT),
            asks(3, "Wed 10:00", MIRAKL_CHAT),
        ],
        "Wed 12:00",
        {
            "platform:1:day": "breached, due Tue 10:00, met Tue 12:00",
            "average:1:average": "met, due Wed 10:00, met Tue 12:00",
            "platform:3:day": "running, due Thu 10:00",
            "average:3:average": "running, due Fri 10:00",
        },
    ),
    # -- Meta: windows
    (
        "a window opens again with each message",
        [asks(1, "Mon 10:00", META_CHAT), asks(2, "Mon 22:00", META_CHAT)],
        "Tue 12:00",
        {"window:1:any": "running, due Tue 22:00", "window:1:person": "running, due Mon2 22:00"},
    ),
    (
        "one that has closed stays closed; the next message opens another",
        [asks(1, "Mon 10:00", META_CHAT), asks(2, "Wed 10:00", META_CHAT)],
        "Wed 12:00",
        {
            "window:1:any": "breached, due Tue 10:00",
            "window:2:any": "running, due Thu 10:00",
            "window:1:person": "running, due Wed2 10:00",
        },
    ),
    (
        "an answer needs no window any more",
        [asks(1, "Mon 10:00", META_CHAT), answers(9, "Mon 12:00", 1, META_CHAT)],
        "Thu 12:00",
        {"window:1:any": "met, due Tue 10:00, met Mon 12:00", "window:1:person": "met, due Mon2 10:00, met Mon 12:00"},
    ),
    # -- Kaufland: working days
    (
        "neither the weekend nor the platform's public holiday counts",
        [asks(1, "Wed 10:00", KAUFLAND_CHAT)],  # Thursday is a holiday
        "Wed 12:00",
        {"platform:1:answer": "running, due Mon2 10:00"},
    ),
    # -- Walmart: the first hour of a complaint
    (
        "a complaint has an hour from when it is known",
        [asks(1, "Mon 10:00", WALMART_CHAT), risks("Mon 14:00", 0, "authority_complaint")],
        "Mon 14:30",
        {"platform:1:complaint": "running, due Mon 15:00", "platform:1:rate": "running, due Wed 10:00"},
    ),
    (
        "what was answered before, and what comes later, has no such hour",
        [
            asks(1, "Mon 10:00", WALMART_CHAT),
            answers(9, "Mon 11:00", 1, WALMART_CHAT),
            risks("Mon 14:00", 0, "authority_complaint"),
            asks(2, "Mon 15:00", WALMART_CHAT),
        ],
        "Mon 16:00",
        {"platform:1:rate": "met, due Wed 10:00, met Mon 11:00", "platform:2:rate": "running, due Wed 15:00"},
    ),
    (
        "another raised risk starts no such hour",
        [asks(1, "Mon 10:00", WALMART_CHAT), risks("Mon 14:00", 0, "legal_threat"), marks("Mon 15:00", 1)],
        "Mon 16:00",
        {"platform:1:rate": "waived, due Wed 10:00, waived Mon 15:00"},
    ),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story[0])
def test_the_clocks_of_a_platforms_story_stand_as_a_person_worked_out(story):
    _, happened, as_of, clocks = story
    assert clocks_of(happened, as_of, PLATFORMS) == clocks
    assert clocks_of([*reversed(happened), *happened], as_of, PLATFORMS) == clocks


def test_what_is_left_out_needs_no_mark_and_is_still_owed():
    left_out = [asks(1, "Tue 10:00", THAI_CHAT)]
    assert [one.message for one in state_of(left_out, "Tue 12:00", PLATFORMS).owed] == [1]
    done = state_of([*left_out, waived("Tue 11:00", 1, THAI_CHAT)], "Tue 12:00", PLATFORMS)
    assert (done.owed, done.unmarked) == ((), ())


def test_a_window_warns_before_it_closes():
    (window, _) = sorted(
        state_of([asks(1, "Mon 10:00", META_CHAT)], "Mon 12:00", PLATFORMS).clocks, key=lambda clock: clock.due
    )
    assert [(warning.name, warning.at) for warning in window.warnings] == [
        ("240min", at("Tue 06:00")),
        ("60min", at("Tue 09:00")),
    ]
    assert next_alarm(window, OFFICE, at("Mon 12:00")) == at("Tue 06:00")
    assert next_alarm(window, OFFICE, at("Tue 06:00")) == at("Tue 09:00")


def test_a_message_keeps_the_edition_that_counted_when_it_came():
    stricter = Pack(edition="amazon 2026-05-05", cliffs=(Cliff(key="rate", allowed=12 * HOUR),))
    rules = Rules(packs={1: (PackSince(at("Mon 08:00"), AMAZON), PackSince(at("Tue 08:00"), stricter))})
    told = [asks(1, "Mon 10:00"), asks(2, "Tue 09:00"), asks(3, "Mon 07:00")]
    clocks = state_of(told, "Tue 09:30", rules).clocks
    assert {clock.key: (clock.pack, clock.allowed) for clock in clocks if clock.metric == "rate"} == {
        "platform:1:rate": (AMAZON.edition, 24 * HOUR),
        "platform:2:rate": (stricter.edition, 12 * HOUR),
        "platform:3:rate": (AMAZON.edition, 24 * HOUR),
    }


@pytest.mark.parametrize(
    ("start", "hour"),
    [
        ("2026-10-30 10:00", "2026-11-02 17:00"),  # clocks go back on the Sunday between
        ("2026-03-06 10:00", "2026-03-09 16:00"),  # and forward
        ("2026-11-02 17:00", "2026-11-09 17:00"),  # noon itself is over: the next one
    ],
)
def test_an_hour_of_the_week_is_told_by_the_clock_on_the_wall(start, hour):
    monday_noon = WeekHour(0, at("Mon 12:00").time(), AMERICAN)
    moment = at("Mon 00:00").fromisoformat(start).replace(tzinfo=at("Mon 00:00").tzinfo)
    assert f"{monday_noon.after(moment):%Y-%m-%d %H:%M}" == hour


@many
@given(stories.map(numbered), moments, st.randoms(use_true_random=False))
def test_the_order_of_telling_and_telling_twice_change_nothing_on_any_platform(story, as_of, chance):
    told = fold(story, PLATFORMS, as_of)
    again = [*story, *chance.choices(story, k=3)] if story else []
    chance.shuffle(again)
    assert fold(again, PLATFORMS, as_of) == told


@many
@given(stories.map(numbered), moments, moments)
def test_passing_time_alone_takes_no_breach_away_on_any_platform(story, one, other):
    before, after = (fold(story, PLATFORMS, as_of) for as_of in sorted((one, other)))
    assert [clock.key for clock in before.clocks] == [clock.key for clock in after.clocks]
    for earlier, later in zip(before.clocks, after.clocks, strict=True):
        assert later.due == earlier.due
        if earlier.outcome is Outcome.BREACHED:
            assert later.outcome is Outcome.BREACHED


@many
@given(stories.map(numbered), moments)
def test_no_clock_stands_twice_and_each_can_be_explained_on_any_platform(story, as_of):
    state = fold(story, PLATFORMS, as_of)
    keys = [clock.key for clock in state.clocks]
    assert len(keys) == len(set(keys))
    for clock in state.clocks:
        assert clock.due is None or clock.due >= clock.started_at + timedelta(0)
        assert "due" in [step.key for step in explain(clock, state, OFFICE)] or clock.due is None


@many
@given(stories.map(numbered), moments)
def test_every_alarm_of_a_platforms_clock_lies_ahead_and_rings_for_something(story, as_of):
    state = fold(story, PLATFORMS, as_of)
    told = {notice.key for notice in notices(state, OFFICE)}
    for clock in state.clocks:
        alarm = next_alarm(clock, OFFICE, as_of)
        if alarm is not None and clock.kind in {ClockKind.WINDOW, ClockKind.PLATFORM, ClockKind.AVERAGE}:
            later = notices(fold(story, PLATFORMS, alarm), OFFICE)
            assert any(notice.at == alarm and notice.key not in told for notice in later if notice.clock == clock.key)
