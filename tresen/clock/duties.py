"""Duties besides answers: a platform's case, a promise of ours, a legal request; each has a clock of its own.

A duty goes in rounds. Its first runs from its beginning. A deadline that is set after a round was answered or missed
begins another one, so that what came out once stays; one that moves a running round moves its due, never to before the
move. Keys are "case:<id>", "promise:<id>" or "legal:<id>"; those of later rounds end in ":<round>".
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import asdict

from tresen.clock.clocks import Clock, ClockKind, EarlyWarning, Outcome, Verdict, verdict
from tresen.clock.facts import Answered, Fact
from tresen.clock.obligations import Discharge
from tresen.clock.story import Story

DUTIES = frozenset({ClockKind.CASE, ClockKind.PROMISE, ClockKind.LEGAL})
HARD = frozenset({ClockKind.PLATFORM, ClockKind.CASE, ClockKind.LEGAL})
"""Whose limits somebody else has set: no wait of ours may outlast them."""

MISTAKEN = Verdict(Outcome.VOID, reason="mistaken")
WARNED_BEFORE: Mapping[ClockKind, Sequence[timedelta]] = {
    ClockKind.CASE: (timedelta(days=1), timedelta(hours=4)),
    ClockKind.PROMISE: (timedelta(hours=1),),
    ClockKind.LEGAL: (timedelta(days=3), timedelta(days=1)),
}


class Ending(StrEnum):
    """How a duty, or one round of it, ends. Answered: the other side decides now, and may set another deadline."""

    ANSWERED = "answered"
    KEPT = "kept"
    FULFILLED = "fulfilled"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    VOID = "void"


DONE = frozenset({Ending.ANSWERED, Ending.KEPT, Ending.FULFILLED})


class DutyBegan(Fact, frozen=True, kw_only=True):
    """Something is owed besides an answer; `due` is None while nobody knows until when.

    Told again, it is the same duty: the earliest telling begins it, a later one may move its due. `critical`: the
    ticket is of tier 0 while this is open. An accepted answer in `kept_in` that is a later message than `after` keeps
    it. `pack` names the edition of the rules that set the time, where one did. Not `asked`: it is there, and what is
    asked of us, if anything, comes later.
    """

    key: str
    kind: ClockKind
    metric: str
    due: datetime | None = None
    critical: bool = False
    kept_in: int | None = None
    after: int = 0
    pack: str = ""
    asked: bool = True


class DutyMoved(Fact, frozen=True, kw_only=True):
    """It is due at another time, or (None) nobody knows when. `pack`: the rules that set the time, if any did."""

    key: str
    due: datetime | None
    pack: str = ""


class DutyEnded(Fact, frozen=True, kw_only=True):
    """It was answered, kept, fulfilled, decided by the other side, given up, or never was one."""

    key: str
    how: Ending
    reason: str = ""


class DutyResumed(Fact, frozen=True, kw_only=True):
    """That it had ended at this instant was said by mistake."""

    key: str
    ended_at: datetime


@dataclass(slots=True, kw_only=True)
class Round:
    """One stretch of a duty, from the setting of a deadline to its answer; `stated` is the deadline as it was told."""

    started_at: datetime
    stated: datetime | None
    pack: str = ""
    discharge: Discharge | None = None
    void: bool = False
    set_at: datetime | None = None

    @property
    def due(self) -> datetime | None:
        """A deadline that had passed when it was set is missed then, not before: nobody could have kept it."""
        return None if self.stated is None else max(self.started_at, self.set_at or self.started_at, self.stated)

    def over(self, at: datetime) -> bool:
        """Whether it was answered, or missed, by then."""
        return self.discharge is not None or (self.due is not None and self.due <= at)

    def end(self, discharge: Discharge) -> None:
        """Ended so, unless it had ended before."""
        self.discharge = self.discharge or discharge


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """A duty as all that was told of it leaves it. `open`: not over for good; `owed`: it waits for us; `at`: since.

    Not `asked`: we were told of it, and nothing is asked of us yet.
    """

    key: str
    kind: ClockKind
    metric: str
    at: datetime
    due: datetime | None
    critical: bool
    open: bool
    owed: bool
    asked: bool
    clocks: tuple[Clock, ...]


def duties_of(story: Story, as_of: datetime) -> list[Duty]:
    """Every duty of a ticket, the oldest first. What is told of one that never began is kept for when it is."""
    begun: dict[str, DutyBegan] = {}
    for began in story.all(DutyBegan):
        begun.setdefault(began.key, began)
    if not begun:
        return []
    told = _told(story, begun)
    return [_duty(began, told[key], as_of) for key, began in begun.items()]


def _told(story: Story, begun: Mapping[str, DutyBegan]) -> Mapping[str, list[Fact]]:
    """What happened to each duty, in order: deadlines, endings that stand, and the answers that keep a promise."""
    mistaken = {(taken.key, taken.ended_at) for taken in story.all(DutyResumed)}
    told = defaultdict[str, list[Fact]](list)
    happened: list[DutyBegan | DutyMoved | DutyEnded] = [
        *story.all(DutyBegan),
        *story.all(DutyMoved),
        *story.all(DutyEnded),
    ]
    for fact in happened:
        if not (isinstance(fact, DutyEnded) and (fact.key, fact.at) in mistaken):
            told[fact.key].append(fact)
    keeping = [began for began in begun.values() if began.kept_in is not None]
    for answer in story.answers() if keeping else ():
        for began in keeping:
            if answer.counts_own and answer.conversation == began.kept_in and answer.reply > began.after:
                told[began.key].append(answer)
    for facts in told.values():
        facts.sort(key=lambda fact: (fact.at, fact.sequence, repr(fact)))
    return told


def _duty(began: DutyBegan, told: Iterable[Fact], as_of: datetime) -> Duty:
    rounds = [Round(started_at=began.at, stated=began.due, pack=began.pack)]
    closed, asked = False, began.asked
    for fact in told:
        match fact:
            case DutyBegan(due=due, pack=pack):
                asked = asked or fact.asked
                closed = not _set(rounds, fact.at, due or rounds[-1].stated, pack) and closed
            case DutyMoved(due=due, pack=pack):
                asked = asked or due is not None
                closed = not _set(rounds, fact.at, due, pack) and closed
            case DutyEnded(how=how):
                closed = closed or how is not Ending.ANSWERED
                rounds[-1].end(_discharge(fact))
                for one in rounds if how is Ending.VOID else ():
                    one.void = True
            case Answered():
                closed = True
                rounds[-1].end(Discharge(at=fact.at, reply=fact.reply, provisional_until=fact.provisional_until))
            case _:
                pass
    last = rounds[-1]
    return Duty(
        key=began.key,
        kind=began.kind,
        metric=began.metric,
        at=last.started_at,
        due=last.due,
        critical=began.critical,
        open=not closed,
        owed=not closed and last.discharge is None,
        asked=asked,
        clocks=tuple(_clocks(began, rounds, as_of)),
    )


def _set(rounds: list[Round], at: datetime, due: datetime | None, pack: str) -> bool:
    """Set the deadline that was told at an instant; whether another round begins with it."""
    last = rounds[-1]
    if due == last.stated:
        return False
    if not last.over(at):
        last.stated, last.set_at, last.pack = due, at, pack
        return False
    if due is None:
        return False
    last.end(Discharge(at=at, waived=True, reason="moved"))
    rounds.append(Round(started_at=at, stated=due, pack=pack))
    return True


def _discharge(fact: DutyEnded) -> Discharge:
    if fact.how in DONE:
        return Discharge(at=fact.at)
    return Discharge(at=fact.at, waived=True, reason=fact.reason or fact.how.value)


def _clocks(began: DutyBegan, rounds: Sequence[Round], as_of: datetime) -> Iterator[Clock]:
    for number, one in enumerate(rounds, start=1):
        found = MISTAKEN if one.void else verdict(one.due, one.discharge, as_of)
        yield Clock(
            key=began.key if number == 1 else f"{began.key}:{number}",
            kind=began.kind,
            metric=began.metric,
            conversation=began.kept_in,
            role="",
            message=None,
            started_at=one.started_at,
            allowed=one.due - one.started_at if one.due else timedelta(0),
            hours="always",
            due=one.due,
            pack=one.pack,
            warnings=_warnings(began.kind, one) if found.outcome is Outcome.RUNNING else (),
            **asdict(found),
        )


def _warnings(kind: ClockKind, one: Round) -> tuple[EarlyWarning, ...]:
    if one.due is None:
        return ()
    moments = ((before, one.due - before) for before in WARNED_BEFORE.get(kind, ()))
    return tuple(
        EarlyWarning(f"{int(before / timedelta(minutes=1))}min", at) for before, at in moments if at > one.started_at
    )
