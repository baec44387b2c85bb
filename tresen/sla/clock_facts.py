"""From the ledger's events to the facts that the clocks' fold reads. Pure."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from tresen.clock import facts as f
from tresen.sla.duty_facts import duty_fact
from tresen.tickets import events as e
from tresen.tickets.recorded import RecordedEvent

PERSON = "person"


class Counts(NamedTuple):
    """How a platform takes an answer: it counts, or all that it answers is left out."""

    counts: bool
    left_out: bool = False


type Counting = Callable[[int, str, datetime], Counts]
"""How the platform takes an answer in a conversation, by a kind of author, at an instant."""


def facts_of(history: Iterable[RecordedEvent], counting: Counting) -> list[f.Fact]:
    """The facts of a ticket's history, events that no clock cares for left out.

    `counting` says how the platform takes an answer.
    """
    found: list[f.Fact] = []
    for entry in history:
        make = _MAKERS.get(type(entry.event))
        if make is not None:
            found.append(make(entry, entry.event, counting))
        elif (duty := duty_fact(entry)) is not None:
            found.append(duty)
    return found


def _received(entry: RecordedEvent, event: e.MessageReceived, _: object) -> f.Fact:
    return f.Received(
        at=entry.occurred_at,
        sequence=entry.sequence,
        conversation=event.conversation,
        message=event.message,
        role=event.role,
        expects_answer=event.expects_answer,
    )


def _reinterpreted(entry: RecordedEvent, event: e.MessageReinterpreted, _: object) -> f.Fact:
    return f.Reinterpreted(
        at=entry.occurred_at, sequence=entry.sequence, message=event.message, expects_answer=event.expects_answer
    )


def _accepted(entry: RecordedEvent, event: e.ReplyAccepted, counting: Counting) -> f.Fact:
    taken = counting(event.conversation, event.author, entry.occurred_at)
    return f.Answered(
        at=entry.occurred_at,
        sequence=entry.sequence,
        conversation=event.conversation,
        role=event.role,
        reply=event.message,
        answers_up_to=event.answers_up_to,
        counts_own=event.author == PERSON,
        counts_platform=taken.counts,
        left_out_by_platform=taken.left_out,
        provisional_until=event.provisional_until,
    )


def _elsewhere(entry: RecordedEvent, event: e.AnsweredElsewhere, counting: Counting) -> f.Fact:
    taken = counting(event.conversation, event.author, entry.occurred_at)
    return f.Answered(
        at=entry.occurred_at,
        sequence=entry.sequence,
        conversation=event.conversation,
        role=event.role,
        reply=event.message,
        answers_up_to=None,
        counts_own=event.author == PERSON,
        counts_platform=taken.counts,
        left_out_by_platform=taken.left_out,
    )


def _bounced(entry: RecordedEvent, event: e.ReplyBounced, _: object) -> f.Fact:
    return f.AnswerTakenBack(at=entry.occurred_at, sequence=entry.sequence, reply=event.message)


def _waived(entry: RecordedEvent, event: e.ResponseWaived, _: object) -> f.Fact:
    return f.Waived(
        at=entry.occurred_at,
        sequence=entry.sequence,
        conversation=event.conversation,
        up_to=event.up_to,
        reason=event.reason,
    )


def _caught_up(entry: RecordedEvent, event: e.CaughtUp, _: object) -> f.Fact:
    return f.CaughtUp(at=entry.occurred_at, sequence=entry.sequence, conversation=event.conversation, up_to=event.up_to)


def _taken_back(entry: RecordedEvent, event: e.WaiverTakenBack, _: object) -> f.Fact:
    return f.WaiverTakenBack(at=entry.occurred_at, sequence=entry.sequence, said_at=event.said_at)


def _marked(entry: RecordedEvent, event: e.MarkedAtPlatform, _: object) -> f.Fact:
    return f.MarkedAtPlatform(at=entry.occurred_at, sequence=entry.sequence, messages=event.messages)


def _mark_taken_back(entry: RecordedEvent, event: e.MarkTakenBack, _: object) -> f.Fact:
    return f.MarkTakenBack(at=entry.occurred_at, sequence=entry.sequence, said_at=event.said_at)


def _waiting(entry: RecordedEvent, event: e.WaitingStarted, _: object) -> f.Fact:
    return f.Waiting(at=entry.occurred_at, sequence=entry.sequence, on=f.WaitsFor(event.on))


def _snoozed(entry: RecordedEvent, event: e.TicketSnoozed, _: object) -> f.Fact:
    del event
    # A snooze is our own choice: what we owe the customer does not stop for it.
    return f.Waiting(at=entry.occurred_at, sequence=entry.sequence, on=f.WaitsFor.SNOOZE, pauses_resolution=False)


def _resumed(entry: RecordedEvent, event: e.Event, _: object) -> f.Fact:
    del event
    return f.Resumed(at=entry.occurred_at, sequence=entry.sequence)


def _risk(entry: RecordedEvent, event: e.RiskSet, _: object) -> f.Fact:
    return f.RiskSet(at=entry.occurred_at, sequence=entry.sequence, tier=event.tier, reason=event.reason)


def _policy(entry: RecordedEvent, event: e.PolicyApplied, _: object) -> f.Fact:
    return f.PolicyApplied(
        at=entry.occurred_at,
        sequence=entry.sequence,
        policy_version=event.policy_version,
        conversation=event.conversation,
        counting=f.Counting(event.counting),
        first_reply=_target(event.first_reply, event.first_reply_hours),
        next_reply=_target(event.next_reply, event.next_reply_hours),
        resolution=_target(event.resolution, event.resolution_hours),
        warnings=_warnings(event.warn_percent, event.warn_before),
        own_warnings=_own_warnings(_told_apart(event)),
    )


_told_apart = attrgetter(*(f"{metric}_warn_{what}" for metric in f.Metric for what in ("percent", "before")))


@lru_cache(1000)
def _own_warnings(told: tuple[tuple[int, ...] | None, ...]) -> tuple[tuple[f.Metric, f.Warnings], ...]:
    """Of the metrics that have warnings of their own; told by metric, in order, percent and before in turn."""
    by_metric = zip(f.Metric, told[::2], told[1::2], strict=True)
    return tuple(
        (metric, _warnings(percent or (), before or ()))
        for metric, percent, before in by_metric
        if percent is not None or before is not None
    )


@lru_cache(1000)
def _warnings(percent: tuple[int, ...], before: tuple[int, ...]) -> f.Warnings:
    return f.Warnings(percent=percent, before=tuple(timedelta(seconds=seconds) for seconds in before))


@lru_cache(1000)
def _target(seconds: int | None, hours: str) -> f.Target | None:
    return None if seconds is None else f.Target(allowed=timedelta(seconds=seconds), hours=hours)


def _voided(entry: RecordedEvent, event: e.ClockVoided, _: object) -> f.Fact:
    return f.Voided(at=entry.occurred_at, sequence=entry.sequence, clock=event.clock, reason=event.reason)


def _solved(entry: RecordedEvent, event: e.TicketSolved, _: object) -> f.Fact:
    del event
    return f.Solved(at=entry.occurred_at, sequence=entry.sequence)


def _reopened(entry: RecordedEvent, event: e.TicketReopened, _: object) -> f.Fact:
    del event
    return f.Reopened(at=entry.occurred_at, sequence=entry.sequence)


_MAKERS: dict[type[e.Event], Callable[..., f.Fact]] = {
    e.MessageReceived: _received,
    e.MessageReinterpreted: _reinterpreted,
    e.ReplyAccepted: _accepted,
    e.AnsweredElsewhere: _elsewhere,
    e.ReplyBounced: _bounced,
    e.ResponseWaived: _waived,
    e.CaughtUp: _caught_up,
    e.WaiverTakenBack: _taken_back,
    e.MarkedAtPlatform: _marked,
    e.MarkTakenBack: _mark_taken_back,
    e.WaitingStarted: _waiting,
    e.TicketSnoozed: _snoozed,
    e.WaitingEnded: _resumed,
    e.TicketWoken: _resumed,
    e.TicketSolved: _solved,
    e.TicketReopened: _reopened,
    e.RiskSet: _risk,
    e.PolicyApplied: _policy,
    e.ClockVoided: _voided,
}
