"""Working off recalculations: each ticket that an edit concerns gets its event, in bounded batches.

A batch is a transaction of its own: a killed worker loses none, and any number of workers take different ones. What an
agent or another worker holds is passed by and comes again: nobody waits for a recalculation.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from tresen.accounts.actors import SYSTEM, Actor
from tresen.batches.cursors import batch_cursor
from tresen.clock.facts import Counting
from tresen.clock.queue import QueueTier
from tresen.crashing.points import Point, reached
from tresen.sla.case_dates import CaseNews
from tresen.sla.models import EditReason, Recalculation
from tresen.sla.moved import Moved, kinds_moved_by, moved, running_clocks
from tresen.sla.recalculations import Edit
from tresen.sla.reconsidering import News, news_of, older_versions, versions_of
from tresen.tickets import ledger
from tresen.tickets.recorded import NewEvent

OPEN = ("open", "waiting", "snoozed")
BATCH = 500


def recalculate(at: datetime, *, most: int = BATCH) -> int:
    """Do a batch of what edits left to do, of the oldest edit first; gives how many tickets were looked at.

    None are left, or others hold all that are, when it gives 0.
    """
    while (one := _next()) is not None:
        if one.total is None:
            _list_tickets(one, at)
        elif (done := _batch(one, at, most)) is not None:
            return done
    return 0


def edit_of(recalculation: Recalculation) -> Edit:
    """What was edited."""
    return Edit(
        reason=EditReason(recalculation.reason),
        policies=tuple(recalculation.policies),
        version=recalculation.version_id,
        timetable=recalculation.timetable_version_id,
        teams=tuple(recalculation.teams),
        rules=recalculation.store_rules_id,
        stores=tuple(recalculation.stores),
        on_call=recalculation.on_call_id,
        on_call_stamp=recalculation.on_call_stamp,
    )


def concerned(edit: Edit) -> tuple[str, list[list[str] | list[int]]]:
    """A statement for the ids of the open tickets that the edit may concern, and its parameters."""
    if edit.reason is EditReason.TIMETABLE:
        assert edit.timetable is not None
        named = [f"timetable:{version}" for version in older_versions(edit.timetable)]
        return _COUNTED_BY, [list(OPEN), named]
    simply: dict[EditReason, tuple[str, list[list[int]]]] = {
        EditReason.COVERAGE: (_OF_TEAMS, [list(edit.teams), list(edit.teams)]),
        EditReason.STORE_HOURS: (_IN_STORES, [list(edit.stores)]),
        EditReason.ON_CALL: (_CRITICAL, []),
    }
    if edit.reason in simply:
        statement, params = simply[edit.reason]
        return statement, [list(OPEN), *params]
    if edit.reason is EditReason.RULES:
        assert edit.rules is not None
        return _UNDER_RULES, [list(OPEN), [edit.rules]]
    if edit.version is not None or edit.reason in {EditReason.DISABLED, EditReason.RETIRED}:
        return _UNDER, [list(OPEN), versions_of(edit.policies)]
    return _ALL_OPEN, [list(OPEN)]


def _next() -> Recalculation | None:
    return Recalculation.objects.filter(finished_at=None).order_by("pk").first()


@transaction.atomic
def _list_tickets(one: Recalculation, at: datetime) -> None:
    """Keep the tickets that are to be looked at. Another worker that is at it is waited for."""
    locked = Recalculation.objects.select_for_update().get(pk=one.pk)
    if locked.total is not None:
        return
    statement, params = concerned(edit_of(locked))
    with batch_cursor() as cursor:
        cursor.execute(_KEEP.format(concerned=statement), [locked.pk, *params])
        locked.total = cursor.rowcount
    locked.finished_at = None if locked.total else at
    locked.save(update_fields=["total", "finished_at"])


@transaction.atomic
def _batch(one: Recalculation, at: datetime, most: int) -> int | None:
    """Look at some tickets and give their number; None when none were left, so that the recalculation is finished."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [one.pk, most])
        claimed = [ticket for (ticket,) in cursor.fetchall()]
    if not claimed:
        if one.left.exists():
            return 0
        _finish(one, at)
        return None
    with ledger.together(at=at):
        found = _news(one, claimed, at)
        held = {news.ticket for news in found.news} - found.free
        kinds = kinds_moved_by(edit_of(one))
        before = running_clocks(found.free, kinds)
        ledger.record_all([_entry(one, news) for news in found.news if news.ticket in found.free], at=at)
    counts = moved(before, running_clocks(found.free, kinds))
    looked_at = set(claimed) - held
    _tell(one, looked_at, counts)
    reached(Point.INSIDE_RECALCULATION)
    return len(looked_at)


@dataclass(frozen=True, slots=True)
class _Found:
    """The events a batch brings; `free` are the tickets that are locked now and as they were when it was decided."""

    news: Collection[News | CaseNews]
    free: set[int]


def _news(one: Recalculation, tickets: Collection[int], at: datetime) -> _Found:
    standing = ledger.tickets_of(tickets)
    news = news_of(
        edit_of(one),
        histories=ledger.history_of(tickets),
        tickets=standing,
        edited_at=one.changed_at,
        at=at,
    )
    as_decided = {each.ticket: standing[each.ticket].state.last_sequence for each in news}
    free = _locked(as_decided)
    ledger.locked({ticket: standing[ticket] for ticket in free})
    return _Found(news, free)


def _locked(as_decided: Mapping[int, int]) -> set[int]:
    """Those of these tickets that nobody holds, and nothing has happened to since: they are locked now."""
    if not as_decided:
        return set()
    with batch_cursor() as cursor:
        cursor.execute(_LOCK, [list(as_decided)])
        return {ticket for ticket, sequence in cursor if as_decided[ticket] == sequence}


def _entry(one: Recalculation, news: News | CaseNews) -> NewEvent:
    return NewEvent(
        ticket=news.ticket,
        event=news.counted(Counting(one.mode)),
        by=Actor.agent(one.changed_by_id) if one.changed_by_id else SYSTEM,
        occurred_at=one.changed_at,
        source_key=f"recalculation:{one.pk}:{news.source}",
    )


def _tell(one: Recalculation, looked_at: Collection[int], counts: Moved) -> None:
    with batch_cursor() as cursor:
        cursor.execute(_DONE, [one.pk, list(looked_at)])
    Recalculation.objects.filter(pk=one.pk).update(
        done=F("done") + len(looked_at),
        earlier=F("earlier") + counts.earlier,
        later=F("later") + counts.later,
        unchanged=F("unchanged") + counts.unchanged,
        begun=F("begun") + counts.begun,
        ended=F("ended") + counts.ended,
    )


def _finish(one: Recalculation, at: datetime) -> None:
    Recalculation.objects.filter(pk=one.pk, finished_at=None).update(finished_at=at)


_ALL_OPEN = "SELECT ticket.id FROM tickets_ticket ticket WHERE ticket.status = ANY(%b::text[])"
_NAMED = """
    AND EXISTS (
        SELECT FROM tickets_ticketevent event
        WHERE event.ticket_id = ticket.id AND event.kind = 'policy_applied' AND {names}
    )
"""
_UNDER = _ALL_OPEN + _NAMED.format(names="(event.facts->>'policy_version')::bigint = ANY(%b::bigint[])")
_COUNTED_BY = _ALL_OPEN + _NAMED.format(
    names="""(
        ARRAY[split_part(event.facts->>'first_reply_hours', '+', 1),
              split_part(event.facts->>'next_reply_hours', '+', 1),
              split_part(event.facts->>'resolution_hours', '+', 1)] && %b::text[]
    )"""
)
_OF_TEAMS = _ALL_OPEN + " AND (%b::bigint[] = '{}' OR ticket.team_id = ANY(%b::bigint[]))"
_CRITICAL = _ALL_OPEN + f" AND ticket.risk_tier = {QueueTier.CRITICAL:d}"
_IN_STORES = (
    _ALL_OPEN
    + """
    AND EXISTS (
        SELECT FROM tickets_conversation conversation
        WHERE conversation.ticket_id = ticket.id AND conversation.store_id = ANY(%b::bigint[])
    )
"""
)
_UNDER_RULES = (
    _ALL_OPEN
    + """
    AND EXISTS (
        SELECT FROM tickets_conversation conversation JOIN sla_storerules said ON said.store_id = conversation.store_id
        WHERE conversation.ticket_id = ticket.id AND said.id = ANY(%b::bigint[])
    )
"""
)
_KEEP = """
    INSERT INTO sla_recalculationticket (ticket_id, recalculation_id)
    SELECT concerned.id, %b::bigint FROM ({concerned}) AS concerned
"""
_CLAIM = """
    SELECT ticket_id FROM sla_recalculationticket WHERE recalculation_id = %s
    ORDER BY ticket_id LIMIT %s FOR UPDATE SKIP LOCKED
"""
_LOCK = """
    SELECT id, last_sequence FROM tickets_ticket WHERE id = ANY(%b::bigint[]) ORDER BY id FOR UPDATE SKIP LOCKED
"""
_DONE = "DELETE FROM sla_recalculationticket WHERE recalculation_id = %b::bigint AND ticket_id = ANY(%b::bigint[])"
