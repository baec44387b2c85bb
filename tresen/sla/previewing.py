"""What an edit would do to open clocks, before it is saved: the edit is made, looked at, and taken back.

So the preview and the edit are one code path. It looks at a bounded sample, spread evenly, and says so.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import SYSTEM
from tresen.batches.cursors import batch_cursor
from tresen.clock.clocks import ClockKind, Outcome
from tresen.clock.facts import Counting
from tresen.sla.case_dates import CaseNews
from tresen.sla.keeping import Kept, supposing
from tresen.sla.models import Mode
from tresen.sla.moved import Moved, Running, kinds_moved_by, moved
from tresen.sla.packs import forget
from tresen.sla.recalculating import concerned
from tresen.sla.recalculations import Edit, modes_of
from tresen.sla.reconsidering import News, news_of
from tresen.sla.standing import applied_in, policy_in
from tresen.sla.taking import Taken, taken
from tresen.tickets import ledger
from tresen.tickets.recorded import RecordedEvent

SAMPLE = 1000
EXAMPLES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A clock that would move: of which ticket, what it measures, when it is due and would be; None: no time.

    `pack` names the platform's rules that have this limit; empty for a clock of ours.
    """

    ticket: int
    metric: str
    pack: str
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What each way of counting would do.

    Of `open_tickets`, `looked_at` were folded. The edit applies something else to `concerned` of those; in `running` of
    them a clock that it can move runs, or would. `taken`: of these, how many come to a policy and leave it, by its id.
    """

    open_tickets: int
    looked_at: int
    concerned: int
    running: int
    moved: Mapping[Mode, Moved]
    examples: Mapping[Mode, Sequence[Example]]
    taken: Mapping[int, Taken] = field(default_factory=dict)

    @property
    def sampled(self) -> bool:
        """Whether there are more open tickets than were looked at."""
        return self.looked_at < self.open_tickets

    @property
    def asks(self) -> bool:
        """Whether a choice makes a difference, as far as is known."""
        return self.sampled or any(one.any for one in self.moved.values())


NOTHING = Preview(
    open_tickets=0,
    looked_at=0,
    concerned=0,
    running=0,
    moved={},
    examples={},
)


def preview(change: Callable[[], Edit | None], *, at: datetime) -> Preview:
    """What `change` would do to open clocks. It is called and taken back: nothing changes.

    Raises what `change` raises.
    """
    with transaction.atomic():
        edit = change()
        found = NOTHING if edit is None else _looked_at(edit, at)
        transaction.set_rollback(True)
    if edit is not None and edit.rules is not None:
        forget(edit.rules)
    return found


def _looked_at(edit: Edit, at: datetime) -> Preview:
    everyone = _concerned(edit)
    sample = everyone[:: max(1, -(-len(everyone) // SAMPLE))]
    histories, tickets = ledger.history_of(sample), ledger.tickets_of(sample)
    news = news_of(edit, histories=histories, tickets=tickets, edited_at=at, at=at)
    touched = sorted({one.ticket for one in news})
    before = supposing(touched, {}, at=at)
    moving = [mode for mode in modes_of(edit.reason) if mode is not Mode.KEEP]
    after = {mode: supposing(touched, _supposed(news, histories, Counting(mode), at), at=at) for mode in moving}
    kinds = kinds_moved_by(edit)
    running, would_run = _running(before, kinds), {mode: _running(kept, kinds) for mode, kept in after.items()}
    counting = {ticket for clocks in (running, *would_run.values()) for ticket, _ in clocks}
    return Preview(
        open_tickets=len(everyone),
        looked_at=len(sample),
        concerned=len(touched),
        running=len(counting),
        moved={mode: moved(running, clocks) for mode, clocks in would_run.items()},
        examples={mode: _examples(before, kept, kinds, at) for mode, kept in after.items()},
        taken=_taken(news, {ticket: histories[ticket] for ticket in counting}, at),
    )


def _taken(
    news: Sequence[News | CaseNews], histories: Mapping[int, Sequence[RecordedEvent]], at: datetime
) -> Mapping[int, Taken]:
    brought = {one.conversation: one.event for one in news if isinstance(one, News)}
    standing = [one for history in histories.values() for one in applied_in(history, until=at)]
    return taken(
        before=[(one.ticket, policy_in(one.then)) for one in standing],
        after=[(one.ticket, policy_in(brought.get(one.conversation, one.then))) for one in standing],
    )


def _concerned(edit: Edit) -> list[int]:
    statement, params = concerned(edit)
    with batch_cursor() as cursor:
        cursor.execute(statement, params)
        return sorted(ticket for (ticket,) in cursor)


def _supposed(
    news: Sequence[News | CaseNews], histories: Mapping[int, Sequence[RecordedEvent]], counting: Counting, at: datetime
) -> dict[int, list[RecordedEvent]]:
    supposed: dict[int, list[RecordedEvent]] = {}
    for one in news:
        told = supposed.setdefault(one.ticket, [])
        told.append(
            RecordedEvent(
                ticket=one.ticket,
                sequence=histories[one.ticket][-1].sequence + len(told) + 1,
                event=one.counted(counting),
                by=SYSTEM,
                occurred_at=at,
                recorded_at=at,
                source_key="preview",
            )
        )
    return supposed


def _running(kept: Mapping[int, Kept], kinds: Collection[ClockKind]) -> Running:
    return {
        (ticket, clock.key): clock.due
        for ticket, one in kept.items()
        for clock in one.state.clocks
        if clock.kind in kinds and clock.outcome in _OPEN
    }


def _examples(
    before: Mapping[int, Kept], after: Mapping[int, Kept], kinds: Collection[ClockKind], at: datetime
) -> list[Example]:
    """The clocks that would be due first of those that move."""
    old, new = _running(before, kinds), _running(after, kinds)
    clocks = {
        (ticket, clock.key): clock
        for kept in (before, after)
        for ticket, one in kept.items()
        for clock in one.state.clocks
    }
    changed = dict(new.items() ^ old.items()).keys()
    first = sorted(changed, key=lambda key: (new.get(key) is None, new.get(key) or old.get(key) or at, key))
    return [
        Example(
            ticket=key[0],
            metric=clocks[key].metric,
            pack=clocks[key].pack,
            before=old.get(key),
            after=new.get(key),
        )
        for key in first[:EXAMPLES]
    ]


_OPEN = frozenset({Outcome.RUNNING, Outcome.PAUSED})
