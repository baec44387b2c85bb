"""From events to clocks: the fold, stored. A batch of tickets costs a fixed number of statements.

The rows are what `tresen.clock` says of the ledger and nothing else: `tresen verify` recomputes them and must find the
same.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from msgspec import structs

from tresen.batches.meanwhile import server_at_work
from tresen.clock.alarms import Alarms, alarms
from tresen.clock.facts import Counting
from tresen.clock.fold import CRITICAL_TIER, TicketState, fold
from tresen.clock.hours import ALWAYS, WorkingHours
from tresen.clock.rules import Pack, PackSince, Rules
from tresen.clock.stretches import Opening
from tresen.sla import clock_rows, late_alarms
from tresen.sla.applying import hours_in
from tresen.sla.clock_facts import Counts, facts_of
from tresen.sla.clock_rows import ClockKey, Row
from tresen.sla.covering import hours_named
from tresen.sla.crediting import Credit, credits_of
from tresen.sla.packs import counts, leaves_out, pack_of
from tresen.staffing.on_call import whole_list, with_on_call
from tresen.staffing.queries import coverage_of
from tresen.tickets import ledger
from tresen.tickets.events import ClockBreached, Key, PolicyApplied
from tresen.tickets.projection import TicketNow
from tresen.tickets.recorded import RecordedEvent

type History = Sequence[RecordedEvent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How a ticket's clocks stand, the rules they were judged by, and what figures know of them besides, by key."""

    ticket: TicketNow
    state: TicketState
    rules: Rules
    credits: Mapping[str, Credit]


def keep_clocks(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Recompute the clocks of every ticket touched. What fell due before anybody looked is left to the next sweep."""
    keep_again({entry.ticket for entry in events}, at=at)


def keep_again(tickets: Collection[int], *, at: datetime) -> None:
    """The same for these tickets, of which nothing new was recorded: what their clocks follow from has changed."""
    new = ledger.newcomers("clocks", tickets)
    grounds = _grounds_of(tickets)
    over = clock_rows.standing(set(tickets) - new)
    first, keys, overlooked = list[Row](), set[ClockKey](), dict[ClockKey, datetime | None]()
    with server_at_work(tickets) as parts:
        for some in parts:
            kept = _folded(grounds, some, at=at)
            ledger.memo("clocks", dict[int, Kept]).update(kept)
            found = _alarms(kept, at=at)
            late = _overlooked(kept, found, known=over, at=at)
            rows = _rows(kept, {key: alarm.next for key, alarm in found.items()} | late)
            clock_rows.store([row for row in rows if row[0] not in new], over=over, unseen_until=at)
            first += [row for row in rows if row[0] in new]
            keys |= found.keys()
            overlooked |= late
    clock_rows.append(first)
    clock_rows.forget(over.keys() - keys)
    late_alarms.write_down(overlooked)


def looked_at(kept: Mapping[int, Kept], *, at: datetime) -> None:
    """Make the rows of these tickets' clocks say what was found, by one who attends to all that fell due."""
    following = {key: alarm.next for key, alarm in _alarms(kept, at=at).items()}
    over = clock_rows.standing(kept)
    clock_rows.store(_rows(kept, following), over=over, unseen_until=None)
    clock_rows.forget(over.keys() - following.keys())


def _alarms(kept: Mapping[int, Kept], *, at: datetime) -> dict[ClockKey, Alarms]:
    return {
        (ticket, clock.key): alarms(clock, one.rules.coverage, at)
        for ticket, one in kept.items()
        for clock in one.state.clocks
    }


def _overlooked(
    kept: Mapping[int, Kept], found: Mapping[ClockKey, Alarms], *, known: Collection[ClockKey], at: datetime
) -> dict[ClockKey, datetime | None]:
    """The alarms that have come already: of a message that came late, or of an answer that was taken back late."""
    late = [key for key, alarm in found.items() if alarm.first is not None and alarm.first <= at]
    told = _told({ticket for ticket, _ in late})
    breached = {(ticket, clock.key): clock.breached_at for ticket, one in kept.items() for clock in one.state.clocks}
    new = {key: found[key].first for key in late if key not in known}
    return new | {key: breached[key] for key in late if key in known and breached[key] and key not in told}


def _told(tickets: Collection[int]) -> set[ClockKey]:
    """The clocks whose breach is recorded."""
    return {
        (ticket, entry.event.clock)
        for ticket, history in ledger.history_of(tickets).items()
        for entry in history
        if isinstance(entry.event, ClockBreached)
    }


def _rows(kept: Mapping[int, Kept], following: Mapping[ClockKey, datetime | None]) -> list[Row]:
    return [
        (
            *clock_rows.clock_row(ticket, clock, one.credits[clock.key], alarm=following[ticket, clock.key]),
            one.ticket.store,
            one.ticket.brand,
            one.ticket.state.team,
        )
        for ticket, one in kept.items()
        for clock in one.state.clocks
    ]


def kept_of(tickets: Collection[int], *, at: datetime) -> dict[int, Kept]:
    """How the clocks of these tickets stand at `at`; steps of one run share the answer."""
    found = ledger.memo("clocks", dict[int, Kept])
    missing = [ticket for ticket in tickets if ticket not in found]
    found |= _fold_all(missing, at=at)
    return {ticket: found[ticket] for ticket in tickets}


def forget(tickets: Collection[int]) -> None:
    """More has happened to these tickets in this run since their clocks were folded: they are folded anew."""
    found = ledger.memo("clocks", dict[int, Kept])
    for ticket in tickets:
        found.pop(ticket, None)


def supposing(
    tickets: Collection[int], events: Mapping[int, Sequence[RecordedEvent]], *, at: datetime
) -> dict[int, Kept]:
    """How the clocks of these tickets would stand at `at` if this had been recorded too. Nothing is kept of it."""
    grounds = _grounds_of(tickets, supposed=events)
    return _folded(grounds, tickets, at=at)


def _fold_all(tickets: Collection[int], *, at: datetime) -> dict[int, Kept]:
    if not tickets:
        return {}
    return _folded(_grounds_of(tickets), tickets, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grounds:
    """All that the clocks of some tickets follow from."""

    histories: Mapping[int, History]
    tickets: Mapping[int, TicketNow]
    coverage: Mapping[int, WorkingHours]
    hours: Mapping[str, WorkingHours]


def _grounds_of(tickets: Collection[int], *, supposed: Mapping[int, Sequence[RecordedEvent]] | None = None) -> _Grounds:
    histories: Mapping[int, History] = ledger.history_of(tickets)
    if supposed:
        histories = {ticket: [*history, *supposed.get(ticket, ())] for ticket, history in histories.items()}
    standing = ledger.tickets_of(tickets)
    named = {key for history in histories.values() for key in _hours_keys(history)}
    return _Grounds(
        histories=histories,
        tickets=standing,
        coverage=coverage_of({now.state.team for now in standing.values()}),
        hours=hours_named(named),
    )


def _folded(grounds: _Grounds, tickets: Iterable[int], *, at: datetime) -> dict[int, Kept]:
    folded = {}
    for ticket in tickets:
        history, now = grounds.histories[ticket], grounds.tickets[ticket]
        editions = _editions(history)
        packs = {conversation: _packs(named) for conversation, named in editions.items()}
        rules = Rules(packs=packs, hours=grounds.hours, coverage=grounds.coverage.get(now.state.team, ALWAYS))
        state = fold(facts_of(history, partial(_counting, editions)), rules, at)
        folded[ticket] = Kept(ticket=now, state=state, rules=rules, credits=credits_of(state.clocks, history, rules))
    return folded | _called({ticket: kept for ticket, kept in folded.items() if kept.state.risk_tier == CRITICAL_TIER})


def _called(critical: Mapping[int, Kept]) -> dict[int, Kept]:
    """These tickets of tier 0, for which whoever is on call is there, too."""
    called = whole_list() if critical else ()
    if not called:
        return {}
    return {ticket: replace(kept, rules=_with_list(kept.rules, called)) for ticket, kept in critical.items()}


def _with_list(rules: Rules, called: tuple[Opening, ...]) -> Rules:
    return structs.replace(rules, coverage=with_on_call(rules.coverage, called), team=rules.coverage)


class EditionSince(NamedTuple):
    """Which of the platform's rules count from then on, by name, and what they do to its clocks that run."""

    since: datetime
    name: str
    counting: Counting


type Editions = Sequence[EditionSince]
"""What was recorded to count for a conversation, in order. Empty: nobody sets a time."""


def _editions(history: History) -> dict[int, Editions]:
    applied = [
        (entry.occurred_at, entry.sequence, entry.event)
        for entry in history
        if isinstance(entry.event, PolicyApplied) and entry.event.conversation is not None
    ]
    found: dict[int, list[EditionSince]] = {}
    for at, _, event in sorted(applied, key=itemgetter(0, 1)):
        named = found.setdefault(event.conversation or 0, [])
        if not named or named[-1].name != event.pack:
            named.append(EditionSince(at, event.pack, Counting(event.pack_counting)))
    return {conversation: named for conversation, named in found.items() if any(one.name for one in named)}


def _packs(named: Editions) -> Pack | tuple[PackSince, ...]:
    if len(named) == 1:
        return pack_of(named[0].name)
    return tuple(PackSince(one.since, pack_of(one.name), one.counting) for one in named)


def _counting(editions: Mapping[int, Editions], conversation: int, author: str, at: datetime) -> Counts:
    """How the platform takes an answer of that instant."""
    named = editions.get(conversation, ())
    name = next((one.name for one in reversed(named) if one.since <= at), named[0].name if named else "")
    return Counts(counts(name, author), leaves_out(name, author))


def _hours_keys(history: History) -> set[Key]:
    return {hours for entry in history if isinstance(entry.event, PolicyApplied) for hours in hours_in(entry.event)}
