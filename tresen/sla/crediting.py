"""What figures need to know of a clock besides how it stands: who ended it, what it took, whether it was corrected."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from tresen.accounts.actors import Actor, ActorKind
from tresen.clock.clocks import Clock, ClockKind
from tresen.clock.rules import Rules
from tresen.tickets import events as e
from tresen.tickets.recorded import RecordedEvent

COVERAGE = "coverage"
SECOND = timedelta(seconds=1)
_ENDINGS = (
    e.ResponseWaived,
    e.CaughtUp,
    e.MarkedAtPlatform,
    e.TicketSolved,
    e.CaseAnswered,
    e.CaseClosed,
    e.PromiseKept,
    e.PromiseDropped,
    e.LegalRequestFulfilled,
    e.LegalRequestWithdrawn,
)
"""What ends a clock without a reply of ours, at the instant of the clock's end."""


_TOLD = frozenset({*_ENDINGS, e.ReplyQueued, e.ReplyAccepted, e.ReplyBounced, e.ClockVoided, e.MessageReinterpreted})
"""What says who ended a clock, or corrects it: a history without any of them is quickly told."""


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """`ended_by`: the agent who wrote the answer, or said that none was needed; None: nobody, or not one of us.

    `worked`: seconds from a turn's start to its answer in the hours of its own target, which stand in the ledger;
    None where those are "coverage", which follows whoever works. `corrected_at`: when we last learned that the
    clock's result is another than it had been.
    """

    ended_by: int | None = None
    worked: int | None = None
    corrected_at: datetime | None = None


def credits_of(clocks: Iterable[Clock], history: Sequence[RecordedEvent], rules: Rules) -> dict[str, Credit]:
    """The credit of each of a ticket's clocks, by its key."""
    if _TOLD.isdisjoint({type(entry.event) for entry in history}):
        return {clock.key: Credit(worked=_worked(clock, rules)) for clock in clocks}
    told = _Told(history)
    return {
        clock.key: Credit(
            ended_by=told.ended_by(clock), worked=_worked(clock, rules), corrected_at=told.corrected_at(clock)
        )
        for clock in clocks
    }


class _Told:
    """A history, looked up by what clocks ask of it."""

    def __init__(self, history: Sequence[RecordedEvent]) -> None:
        self.writers: dict[int, Actor] = {}
        self.enders: dict[datetime, Actor] = {}
        self.accepted: dict[int, list[RecordedEvent]] = defaultdict(list)
        self.corrections: list[RecordedEvent] = []
        for entry in history:
            match entry.event:
                case e.ReplyQueued(message=reply):
                    self.writers[reply] = entry.by
                case e.ReplyAccepted(message=reply):
                    self.accepted[reply].append(entry)
                case e.ReplyBounced() | e.ClockVoided() | e.MessageReinterpreted():
                    self.corrections.append(entry)
                case ending if isinstance(ending, _ENDINGS):
                    self.enders[entry.occurred_at] = entry.by

    def ended_by(self, clock: Clock) -> int | None:
        if clock.reply is not None:
            return _agent(self.writers.get(clock.reply))
        ended = clock.waived_at or clock.met_at
        return _agent(self.enders.get(ended)) if ended else None

    def corrected_at(self, clock: Clock) -> datetime | None:
        concerning = (entry.recorded_at for entry in self.corrections if self._corrects(entry.event, clock))
        return max(concerning, default=None)

    def _corrects(self, correction: e.Event, clock: Clock) -> bool:
        match correction:
            case e.ClockVoided(clock=key):
                return key == clock.key
            case e.MessageReinterpreted(message=message):
                return message == clock.message and clock.kind in {ClockKind.OWN, ClockKind.PLATFORM}
            case e.ReplyBounced(message=reply) if reply in self.accepted:
                return any(_had_stopped(entry, clock) for entry in self.accepted[reply])
        return False


def _had_stopped(entry: RecordedEvent, clock: Clock) -> bool:
    """Whether an answer that came back had stopped this clock before."""
    answer = entry.event
    if not isinstance(answer, e.ReplyAccepted) or (answer.conversation, answer.role) != (
        clock.conversation,
        clock.role,
    ):
        return False
    before = clock.met_at is None or entry.occurred_at < clock.met_at
    match clock.kind:
        case ClockKind.PLATFORM:
            return before and entry.occurred_at >= clock.started_at
        case ClockKind.OWN:
            return before and clock.message is not None and answer.answers_up_to >= clock.message
        case _:
            return False


def _worked(clock: Clock, rules: Rules) -> int | None:
    if clock.kind is not ClockKind.OWN or clock.met_at is None or clock.hours == COVERAGE:
        return None
    return rules.hours_of(clock.hours).between(clock.started_at, max(clock.started_at, clock.met_at)) // SECOND


def _agent(actor: Actor | None) -> int | None:
    return actor.id if actor is not None and actor.kind is ActorKind.AGENT else None
