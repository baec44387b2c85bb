"""From a ticket's clocks to its place in the queue; runs after the clocks are kept, in the same transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tresen.batches.meanwhile import server_at_work
from tresen.clock import duties
from tresen.clock.owing import owing
from tresen.clock.queue import Chance, Place, place
from tresen.routing import place_rows
from tresen.routing.place_rows import PlaceRow
from tresen.sla.keeping import Kept, kept_of
from tresen.tickets import events as e
from tresen.tickets import ledger
from tresen.tickets.chatting import held_chats
from tresen.tickets.models import Status
from tresen.tickets.projection import TicketNow
from tresen.tickets.questions import unread_since
from tresen.tickets.recorded import RecordedEvent
from tresen.tickets.returned import not_arrived

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
MARK_AT_PLATFORM = "mark_at_platform"
SETTLE_DELIVERY = "settle_delivery"
NOT_ARRIVED = "not_arrived"
PARTNER_ANSWERED = "partner_answered"
"""What a partner answered, and nobody has read yet."""
CASE_TOLD = "case_told"
"""A case to look at, in which the platform asks nothing of us yet."""
DUTIES = frozenset({*(kind.value for kind in duties.DUTIES), CASE_TOLD})
NO_WORDS = frozenset({MARK_AT_PLATFORM, PARTNER_ANSWERED, *DUTIES})
"""Tasks in which nobody waits for an answer of ours, nor for a word about one."""
IN_TIME = timedelta(hours=1)
"""So long before the last minute a ticket that rests is served all the same."""


@dataclass(slots=True, kw_only=True)
class Underway:
    """A reply between "send" and the platform's word. `unknown_since`: nobody knows whether it left."""

    conversation: int
    answers_up_to: int
    unknown_since: datetime | None = None


def place_tickets(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Give every ticket touched its place, or none when nothing is owed."""
    tickets = {entry.ticket for entry in events}
    new = ledger.newcomers("places", tickets)
    found = dict[int, PlaceRow]()
    with server_at_work(tickets) as parts:
        for some in parts:
            rows = {ticket: row for ticket, row in places_of(some, at=at).items() if row is not None}
            place_rows.store({ticket: row for ticket, row in rows.items() if ticket not in new})
            found |= rows
    place_rows.append({ticket: row for ticket, row in found.items() if ticket in new})
    place_rows.remove(tickets - found.keys() - new)


def places_of(tickets: Collection[int], *, at: datetime) -> dict[int, PlaceRow | None]:
    """Where these tickets stand at `at`; None where nothing is owed."""
    kept = kept_of(tickets, at=at)
    histories = ledger.history_of(tickets)
    standing = ledger.tickets_of(tickets)
    return {ticket: _place(kept[ticket], histories[ticket], standing[ticket]) for ticket in tickets}


def underway(history: Iterable[RecordedEvent]) -> list[Underway]:
    """The replies whose outcome is still open."""
    found: dict[int, list[Underway]] = {}
    known: dict[int, list[Underway]] = defaultdict(list)
    for entry in history:
        match entry.event:
            case e.ReplyQueued(message=message, conversation=conversation, answers_up_to=up_to):
                # One that several read is queued in the conversation with each of them.
                known[message].append(Underway(conversation=conversation, answers_up_to=up_to))
                found[message] = known[message]
            case e.ReplyResent(message=message) if message in known:
                found[message] = known[message]
                for one in found[message]:
                    one.unknown_since = None
            case e.ReplyUncertain(message=message) if message in found:
                for one in found[message]:
                    one.unknown_since = entry.occurred_at
            case e.ReplyAccepted() | e.ReplyBounced() | e.ReplyRefused() | e.ReplyWithdrawn() as ended:
                found.pop(ended.message, None)
            case _:
                pass
    return [one for each in found.values() for one in each]


def _place(kept: Kept, history: Sequence[RecordedEvent], now: TicketNow) -> PlaceRow | None:
    standing = place(kept.state, kept.rules.coverage)
    replies = underway(history)
    answered = all_answered(kept, replies)
    task, since = _asked(standing, replies, history, answered=answered)
    actionable_from = _actionable_from(now, history, standing)
    if standing is None:
        return None if since is None else _for_the_task(task, since, kept, now, actionable_from)
    return PlaceRow(
        ticket=now,
        owing=owing(kept.state),
        queue_tier=standing.tier,
        act_by=standing.act_by,
        sort_at=standing.sort_at,
        platform_due=standing.platform_due,
        limit_due=standing.limit_due,
        actionable_from=actionable_from,
        governing=standing.governing.key if standing.governing else "",
        unstaffed=standing.unstaffed,
        crossed=standing.crossed,
        in_chat=not task and standing.duty is None and _all_in_chats(kept, history),
        on_its_way=answered and task not in {NOT_ARRIVED, PARTNER_ANSWERED, *DUTIES},
        task=task,
    )


def _all_in_chats(kept: Kept, history: Sequence[RecordedEvent]) -> bool:
    """Whether something is owed and an agent has, or is offered, every chat in which it is."""
    owed = kept.state.owed
    return bool(owed) and {message.conversation for message in owed} <= held_chats(history)


def _actionable_from(now: TicketNow, history: Sequence[RecordedEvent], standing: Place | None) -> datetime:
    """When "next" may serve it: when its rest ends, but in time for a limit that others have set.

    A rest without an end is over in time for the first thing that can still be kept, also a target of ours.
    """
    if now.state.status not in {Status.SNOOZED, Status.WAITING}:
        return AT_ONCE
    until, chances = now.state.snoozed_until, standing.chances if standing else ()
    since = _resting_since(history)
    ends = [_in_time(chance, since) for chance in chances if chance.of_others or until is None]
    return min(ends if until is None else [until, *ends], default=AT_ONCE)


def _resting_since(history: Sequence[RecordedEvent]) -> datetime:
    began = [one.occurred_at for one in history if isinstance(one.event, e.TicketSnoozed | e.WaitingStarted)]
    return max(began, default=AT_ONCE)


def _in_time(chance: Chance, since: datetime) -> datetime:
    """Before the last staffed minute; where a rest began after that, somebody was there: before the due time itself."""
    ends = (chance.act_by - IN_TIME, chance.due - IN_TIME)
    return next((end for end in ends if end > since), AT_ONCE)


def _for_the_task(task: str, since: datetime, kept: Kept, now: TicketNow, actionable_from: datetime) -> PlaceRow:
    """The place of a ticket in which nothing is owed but a word about a reply, or a look at a partner's answer."""
    return PlaceRow(
        ticket=now,
        owing=owing(kept.state),
        queue_tier=kept.state.risk_tier,
        act_by=None,
        sort_at=since,
        actionable_from=AT_ONCE if task in {SETTLE_DELIVERY, PARTNER_ANSWERED} else actionable_from,
        task=task,
    )


def _asked(
    standing: Place | None, replies: Sequence[Underway], history: Sequence[RecordedEvent], *, answered: bool
) -> tuple[str, datetime | None]:
    """What is asked besides an answer, and since when where no clock of the ticket says it."""
    unknown = min((reply.unknown_since for reply in replies if reply.unknown_since), default=None)
    if unknown is not None:
        return SETTLE_DELIVERY, unknown
    if returned := not_arrived(history):
        return NOT_ARRIVED, min(one.since for one in returned)
    told = unread_since(history)
    if told is not None and (answered or not (standing and standing.owed)):
        return PARTNER_ANSWERED, told
    if standing and standing.duty and (answered or not standing.owed):
        return CASE_TOLD if standing.only_told else standing.duty.value, None
    return MARK_AT_PLATFORM if standing and standing.to_mark and not standing.owed else "", None


def all_answered(kept: Kept, replies: Sequence[Underway]) -> bool:
    """Whether something is owed and an answer to all of it is on its way."""
    owed = kept.state.owed
    return bool(owed) and all(
        any(
            reply.unknown_since is None
            and reply.conversation == message.conversation
            and reply.answers_up_to >= message.message
            for reply in replies
        )
        for message in owed
    )
