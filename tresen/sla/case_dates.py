"""What a store's new word on its platform's rules does to the dates of open cases that followed from those rules."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tresen.clock.facts import Counting
from tresen.sla.duty_rules import CaseDue, case_rules
from tresen.stores.models import Store
from tresen.tickets.events import CaseAnswered, CaseClosed, CaseDeadlineMoved, CaseOpened, Key
from tresen.tickets.recorded import RecordedEvent

ASKED = "information_request"
"""What a claim's rules are asked for once the platform wants to know something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNews:
    """An open case, and the date it would have by the new rules: counted from its beginning, and from the edit."""

    ticket: int
    case: int
    edited_at: datetime
    from_start: CaseDue | None
    from_now: CaseDue | None

    @property
    def source(self) -> str:
        """What tells its event from others of the same edit."""
        return f"case:{self.case}"

    def counted(self, counting: Counting) -> CaseDeadlineMoved:
        """The event. No case is late before the edit that made it so."""
        assert counting is Counting.FROM_START  # rules know no other way
        due = self.from_start
        if due is not None and due.at <= self.edited_at:
            due = self.from_now
        return CaseDeadlineMoved(case=self.case, due=_at(due), pack=Key(due.rule.edition if due else ""))


def case_news_of(
    store: Store, histories: Collection[Sequence[RecordedEvent]], *, edited_at: datetime
) -> list[CaseNews]:
    """The open cases of this store whose dates the edit moves; those that a mail or a person has dated keep theirs."""
    found = (_moved(store, entry, edited_at) for history in histories for entry in _dated_by_rules(history, edited_at))
    return [news for news in found if news is not None]


def _dated_by_rules(history: Sequence[RecordedEvent], until: datetime) -> Iterator[RecordedEvent]:
    """For each case that waits for us, what opened it, if its date still is the one that the rules gave then."""
    opened: dict[int, RecordedEvent] = {}
    for entry in sorted(history, key=lambda entry: (entry.occurred_at, entry.sequence)):
        match entry.event:
            case CaseOpened(case=case, pack=pack) if pack and entry.occurred_at <= until:
                opened[case] = entry
            case CaseDeadlineMoved(case=case, pack=pack) if pack and case in opened:
                pass  # an earlier edit of the rules: its date is the rules' still
            case CaseOpened(case=case, due=due) if due is None:
                pass  # told again, without a date
            case CaseOpened(case=case) | CaseDeadlineMoved(case=case) | CaseAnswered(case=case) | CaseClosed(case=case):
                opened.pop(case, None)
            case _:
                pass
    yield from opened.values()


def _moved(store: Store, entry: RecordedEvent, edited_at: datetime) -> CaseNews | None:
    assert isinstance(entry.event, CaseOpened)
    began, event = entry.occurred_at, entry.event
    dates = {kind: _at(_due(store, kind, began, at=began)) for kind in (ASKED, event.case_kind)}
    kind = next((kind for kind, due in dates.items() if due == event.due), None)
    if kind is None:
        return None
    before = _due(store, kind, began, at=edited_at - timedelta.resolution)
    from_start = _due(store, kind, began, at=edited_at)
    if _at(before) == _at(from_start):
        return None
    return CaseNews(
        ticket=entry.ticket,
        case=event.case,
        edited_at=edited_at,
        from_start=from_start,
        from_now=_due(store, kind, edited_at, at=edited_at),
    )


def _at(due: CaseDue | None) -> datetime | None:
    return due.at if due else None


def _due(store: Store, kind: str, since: datetime, *, at: datetime) -> CaseDue | None:
    """When a case that began then is due by what counts for the store at `at`."""
    rules = case_rules(store.channel, marketplace=store.marketplace, kind=kind, at=at, store=store.pk)
    dues = [CaseDue(at=due, rule=rule) for rule in rules if (due := rule.due(since)) is not None]
    return min(dues, key=lambda due: due.at, default=None)
