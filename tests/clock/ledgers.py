"""Invented ledgers for the property tests: whatever can happen to a ticket in a week, in any order."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from tests.clock.telling import AMAZON_CHAT, EBAY_CHAT, HOUR, SHOP_MAIL
from tresen.clock import duties, facts
from tresen.clock.clocks import ClockKind
from tresen.clock.facts import Counting, Target, WaitsFor

MONDAY = datetime(2026, 5, 4, tzinfo=UTC)

conversations = st.sampled_from([AMAZON_CHAT, EBAY_CHAT, SHOP_MAIL])
roles = st.sampled_from(["buyer", "buyer", "operator"])
moments = st.integers(0, 7 * 24 * 4).map(lambda quarters: MONDAY + timedelta(minutes=15 * quarters))
messages = st.integers(1, 6)
replies = st.integers(101, 104)
spans = st.sampled_from([HOUR / 4, HOUR, 4 * HOUR, 14 * HOUR, 60 * HOUR])
targets = st.none() | st.builds(Target, allowed=spans, hours=st.sampled_from(["always", "office", "coverage"]))


def _of(kind, **fields):
    return st.builds(kind, at=moments, sequence=st.just(0), **fields)


# A message belongs to one conversation and role for good: that is what its id stands for.
HOMES = {1: (1, "buyer"), 2: (1, "buyer"), 3: (1, "operator"), 4: (2, "buyer"), 5: (3, "buyer"), 6: (3, "buyer")}


def _received(at, message, expects_answer):
    conversation, role = HOMES[message]
    return facts.Received(
        at=at, sequence=0, conversation=conversation, message=message, role=role, expects_answer=expects_answer
    )


def _answered(at, conversation, role, reply, up_to, counts, lasting):
    return facts.Answered(
        at=at,
        sequence=0,
        conversation=conversation,
        role=role,
        reply=reply,
        answers_up_to=up_to,
        counts_own=counts[0],
        counts_platform=counts[1],
        provisional_until=lasting and at + lasting,
    )


def _begun(at, key, due, kept):
    kind = ClockKind(key.split(":")[0])
    return duties.DutyBegan(
        at=at, sequence=0, key=key, kind=kind, metric="other", due=due, kept_in=AMAZON_CHAT if kept else None
    )


keys = st.sampled_from(["case:1", "promise:1", "promise:2", "legal:1"])
counting = st.sampled_from([(True, True), (True, True), (False, True), (True, False), (False, False)])
received = st.builds(_received, moments, messages, st.sampled_from([True, True, True, False]))
happenings = st.one_of(
    received,
    st.builds(_begun, moments, keys, st.none() | moments, st.booleans()),
    _of(duties.DutyMoved, key=keys, due=st.none() | moments),
    _of(duties.DutyEnded, key=keys, how=st.sampled_from(duties.Ending)),
    _of(duties.DutyResumed, key=keys, ended_at=moments),
    st.builds(
        _answered,
        moments,
        conversations,
        roles,
        replies,
        st.none() | messages,
        counting,
        st.none() | st.just(72 * HOUR),
    ),
    _of(facts.AnswerTakenBack, reply=replies),
    _of(facts.Waived, conversation=conversations, up_to=messages, reason=st.just("thanks")),
    _of(facts.CaughtUp, conversation=conversations, up_to=messages),
    _of(facts.WaiverTakenBack, said_at=moments),
    _of(facts.MarkedAtPlatform, messages=st.lists(messages, max_size=2).map(tuple)),
    _of(facts.Reinterpreted, message=messages, expects_answer=st.booleans()),
    _of(facts.Waiting, on=st.sampled_from(WaitsFor), pauses_resolution=st.booleans()),
    _of(facts.Resumed),
    _of(facts.Solved),
    _of(facts.Reopened),
    _of(facts.RiskSet, tier=st.integers(0, 3), reason=st.just("legal_threat")),
    _of(
        facts.PolicyApplied,
        policy_version=st.integers(1, 3),
        conversation=st.none() | conversations,
        counting=st.sampled_from(Counting),
        first_reply=targets,
        next_reply=targets,
        resolution=targets,
        warnings=st.sampled_from([facts.Warnings(), facts.Warnings(percent=(50, 80))]),
        own_warnings=st.sampled_from([(), ((facts.Metric.FIRST_REPLY, facts.Warnings(percent=(90,))),)]),
    ),
    _of(
        facts.Voided, clock=st.sampled_from(["own:1", "platform:1:rate", "resolution:1"]), reason=st.just("wrong_pack")
    ),
)
stories = st.builds(
    lambda first, rest: [*first, *rest], st.lists(received, max_size=3), st.lists(happenings, max_size=14)
)
