from collections import Counter
from datetime import timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.clock.ledgers import MONDAY, moments, stories
from tests.clock.telling import HOUR, OFFICE, RULES, asks, at, numbered, reads_again, voids
from tresen.clock.alarms import next_alarm, notices
from tresen.clock.clocks import ClockKind, Outcome
from tresen.clock.explaining import explain
from tresen.clock.facts import Answered, AnswerTakenBack, CaughtUp, Counting, PolicyApplied, Received, Target, Waived
from tresen.clock.fold import fold
from tresen.clock.hours import ALWAYS
from tresen.clock.queue import QueueTier, place

LATER = MONDAY + timedelta(days=30)
FOUR_HOURS = Target(allowed=4 * HOUR)
many = settings(max_examples=100, deadline=None)


@many
@given(stories.map(numbered), moments, st.randoms(use_true_random=False))
def test_the_order_of_telling_and_telling_twice_change_nothing(story, as_of, chance):
    told = fold(story, RULES, as_of)
    again = [*story, *chance.choices(story, k=3)] if story else []
    chance.shuffle(again)
    assert fold(again, RULES, as_of) == told


@many
@given(stories.map(numbered), moments, st.data())
def test_whatever_was_stored_before_the_late_arrival_the_end_is_the_same(story, as_of, data):
    late = data.draw(st.integers(0, max(0, len(story) - 1)))
    told, rest = [], [*story[:late], *story[late + 1 :], *story[late : late + 1]]
    for fact in rest:
        told.append(fact)
        state = fold(told, RULES, as_of)
    if story:
        assert state == fold(story, RULES, as_of)
        assert notices(state, OFFICE) == notices(fold(story, RULES, as_of), OFFICE)


@many
@given(stories.map(numbered))
def test_no_message_that_nobody_has_seen_ever_leaves_the_queue(story):
    state = fold(story, RULES, LATER)
    owed = {each.message for each in state.owed}
    # Who could have seen it: any composer that showed it, any answer given elsewhere after it, any agent who waived.
    shown = max((fact.answers_up_to or 0 for fact in story if isinstance(fact, Answered)), default=0)
    waived = max((fact.up_to for fact in story if isinstance(fact, Waived | CaughtUp)), default=0)
    elsewhere = [fact.at for fact in story if isinstance(fact, Answered) and fact.answers_up_to is None]
    first_told = {}
    for fact in sorted(story, key=lambda fact: (fact.at, fact.sequence)):
        if isinstance(fact, Received):
            first_told.setdefault(fact.message, fact)
    reread = {fact.message for fact in story if hasattr(fact, "expects_answer") and not isinstance(fact, Received)}
    for message, fact in first_told.items():
        unseen = message > max(shown, waived) and not any(at >= fact.at for at in elsewhere)
        if unseen and fact.expects_answer and message not in reread:
            assert message in owed
            assert place(state, OFFICE) is not None


@many
@given(stories.map(numbered), moments)
def test_outcomes_and_times_agree(story, as_of):
    for clock in fold(story, RULES, as_of).clocks:
        late = clock.outcome is Outcome.BREACHED
        assert (clock.breached_at is not None) == late
        if late:
            assert clock.breached_at == clock.due
            ended_at = clock.met_at or clock.waived_at
            assert clock.due <= as_of if ended_at is None else clock.due < ended_at
        if clock.outcome in {Outcome.MET, Outcome.MET_PROVISIONAL}:
            assert clock.due is None or clock.met_at <= clock.due
        if clock.outcome is Outcome.RUNNING:
            assert clock.met_at is clock.waived_at is None
            assert clock.due is None or clock.due > as_of
        assert clock.due is None or clock.due >= clock.started_at


@many
@given(stories.map(numbered), moments)
def test_each_thread_has_one_open_turn_and_one_first_reply(story, as_of):
    own = [clock for clock in fold(story, RULES, as_of).clocks if clock.kind is ClockKind.OWN]
    standing = [clock for clock in own if clock.outcome is not Outcome.VOID]
    running = Counter((clock.conversation, clock.role) for clock in standing if not (clock.met_at or clock.waived_at))
    first = Counter((clock.conversation, clock.role) for clock in standing if clock.metric == "first_reply")
    assert all(count == 1 for count in (running | first).values())
    keys = [clock.key for clock in own]
    assert len(keys) == len(set(keys))


@many
@given(stories.map(numbered), moments, moments)
def test_passing_time_alone_takes_no_breach_away_and_breaks_no_met_clock(story, one, other):
    before, after = (fold(story, RULES, as_of) for as_of in sorted((one, other)))
    assert [clock.key for clock in before.clocks] == [clock.key for clock in after.clocks]
    for earlier, later in zip(before.clocks, after.clocks, strict=True):
        assert later.due == earlier.due
        allowed = {
            Outcome.RUNNING: {Outcome.RUNNING, Outcome.BREACHED},
            Outcome.MET_PROVISIONAL: {Outcome.MET_PROVISIONAL, Outcome.MET},
        }
        assert later.outcome in allowed.get(earlier.outcome, {earlier.outcome})


@many
@given(stories.map(numbered))
def test_a_bounce_leaves_the_ticket_as_if_the_answer_had_never_left(story):
    never = [fact for fact in story if not (isinstance(fact, Answered) and fact.reply == 101)]
    until = max((fact.at for fact in story), default=MONDAY)
    bounced = [AnswerTakenBack(at=max(until, MONDAY), sequence=999, reply=101)]
    provisional = [
        fact
        for fact in story
        if not (isinstance(fact, Answered) and fact.reply == 101 and fact.provisional_until is not None)
    ]
    assert fold([*provisional, *bounced], RULES, LATER) == fold(never, RULES, LATER)


@many
@given(stories.map(numbered), moments, st.sampled_from([OFFICE, ALWAYS]))
def test_every_alarm_lies_ahead_and_what_it_rings_for_is_there_when_it_does(story, as_of, coverage):
    state = fold(story, RULES, as_of)
    told = {notice.key for notice in notices(state, coverage)}
    for clock in state.clocks:
        alarm = next_alarm(clock, coverage, as_of)
        if alarm is not None:
            assert alarm > as_of
            new = [
                n for n in notices(fold(story, RULES, alarm), coverage) if n.clock == clock.key and n.key not in told
            ]
            assert any(notice.at == alarm for notice in new)


@many
@given(stories.map(numbered), moments, st.sampled_from([OFFICE, ALWAYS]))
def test_the_place_is_that_of_the_first_clock_that_can_be_kept(story, as_of, coverage):
    state = fold(story, RULES, as_of)
    found = place(state, coverage)
    assert (found is None) == (not state.owed and not state.unmarked and not state.duties)
    if found is not None and found.governing is not None:
        assert found.governing.outcome is Outcome.RUNNING
        assert found.governing.started_at <= found.act_by <= found.governing.due
        assert found.tier == state.risk_tier
        assert found.act_by <= found.sort_at < found.act_by + timedelta(seconds=1)
    elif found is not None:
        assert found.act_by is None
        assert found.tier in {QueueTier.CRITICAL, QueueTier.RAISED, QueueTier.LOW, QueueTier.LOST}


@many
@given(stories.map(numbered), moments)
def test_every_clock_can_be_explained(story, as_of):
    state = fold(story, RULES, as_of)
    for clock in state.clocks:
        keys = [step.key for step in explain(clock, state, OFFICE)]
        assert keys[0] in {"received", "run_began", "duty_began"}
        assert len(keys) == len(set(keys))
        assert {"due", "paused", "never_due", "no_deadline"} & set(keys)


MISREAD = [asks(1, "Mon 08:00"), reads_again(1, "Mon 09:00", expects_answer=False)]
STRUCK = [asks(1, "Mon 08:00"), voids("Mon 09:00", "own:1"), voids("Mon 09:00", "resolution:1")]


@many
@given(stories.map(numbered), moments, st.sampled_from(Counting), st.sampled_from([None, HOUR / 4, 14 * HOUR]))
@example(numbered(MISREAD), at("Mon 10:00"), Counting.FROM_START, None)
@example(numbered(MISREAD), at("Mon 10:00"), Counting.FROM_NOW, 14 * HOUR)
@example(numbered(STRUCK), at("Mon 10:00"), Counting.FROM_START, None)
@example(numbered(STRUCK), at("Mon 10:00"), Counting.FROM_NOW, 14 * HOUR)
def test_no_edit_takes_a_result_away_or_makes_a_clock_late_before_it(story, as_of, counting, allowed):
    edit = PolicyApplied(
        at=as_of,
        sequence=999,
        policy_version=9,
        counting=counting,
        first_reply=allowed and Target(allowed=allowed),
        next_reply=allowed and Target(allowed=allowed),
        resolution=allowed and Target(allowed=allowed),
    )
    # The first policy of all counts as if it had always been there: that one is no edit.
    first = PolicyApplied(
        at=MONDAY - HOUR, sequence=998, policy_version=8, first_reply=FOUR_HOURS, resolution=FOUR_HOURS
    )
    known = [first, *(fact for fact in story if fact.at <= as_of)]
    before = {clock.key: clock for clock in fold(known, RULES, as_of).clocks}
    after = {clock.key: clock for clock in fold([*known, edit], RULES, as_of).clocks}
    for key, clock in before.items():
        if clock.outcome not in {Outcome.RUNNING, Outcome.PAUSED} and clock.started_at < as_of:
            assert after[key] == clock
    for key, clock in after.items():
        if clock.outcome is Outcome.BREACHED and clock.started_at < as_of:
            assert before[key].outcome is Outcome.BREACHED


@many
@given(
    stories.map(numbered), moments, st.sampled_from(Counting), st.integers(1, 13), st.sampled_from(["always", "office"])
)
def test_an_edit_that_allows_less_puts_nothing_off(story, as_of, counting, allowed, hours):
    def said(at, sequence, much, **more):
        target = Target(allowed=much * HOUR, hours=hours)
        return PolicyApplied(
            at=at,
            sequence=sequence,
            policy_version=sequence,
            first_reply=target,
            next_reply=target,
            resolution=target,
            **more,
        )

    asked = [fact for fact in story if fact.at <= as_of and not isinstance(fact, PolicyApplied)]
    known = [said(MONDAY - HOUR, 998, 14), *asked]
    edited = [*known, said(as_of, 999, allowed, counting=counting)]
    before = {clock.key: clock for clock in fold(known, RULES, as_of).clocks}
    for clock in fold(edited, RULES, as_of).clocks:
        if (due := before[clock.key].due) is not None:
            assert clock.due is not None
            assert clock.due <= due
