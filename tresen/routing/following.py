"""When a team's coverage changes, its open tickets follow: act-by, place and alarms, computed anew in batches.

Clocks that count in frozen hours stay as they are: their due times follow from the ledger alone. When the on-call list
changes, tier 0 follows in the same way; what it counts by the list is counted anew by a recalculation.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import connection, transaction

from tresen.clock.queue import QueueTier
from tresen.crashing.points import Point, reached
from tresen.live.announcing import announce
from tresen.routing import place_rows
from tresen.routing.placing import places_of
from tresen.sla.keeping import keep_again
from tresen.sla.on_call_edits import list_noticed
from tresen.staffing.following import (
    begins_now,
    on_call_unfollowed,
    reached_ticket,
    take_up,
    take_up_on_call,
    unfollowed,
)
from tresen.staffing.models import Followed
from tresen.tickets import ledger

AT_ONCE = 200
"""Tickets that are recomputed, and locked, in one transaction."""


def follow_coverage(at: datetime) -> int:
    """Let one batch of open tickets of each team follow its coverage, and one of tier 0 the on-call list.

    0 when for now there is nothing left to do.
    """
    called = _follow_on_call(at) if on_call_unfollowed() else 0
    return called + sum(_follow(team, at) for team in sorted(unfollowed()))


@transaction.atomic
def _follow(team: int, at: datetime) -> int:
    mark = take_up(team)
    if mark is None:
        return 0
    return 1 if begins_now(mark) else _go_on(mark, _OF_TEAM, {"team": team}, at)


@transaction.atomic
def _follow_on_call(at: datetime) -> int:
    mark = take_up_on_call()
    if mark is None:
        return 0
    if begins_now(mark):
        list_noticed(at=at)
        return 1
    return _go_on(mark, _CRITICAL, {"tier": QueueTier.CRITICAL.value}, at)


def _go_on(mark: Followed, concerned: str, params: Mapping[str, int], at: datetime) -> int:
    tickets = _next_tickets(concerned, params, after=mark.reached)
    with ledger.together(at=at):
        place_again(tickets, at=at)
    reached(Point.INSIDE_FOLLOWING)
    reached_ticket(mark, tickets)
    return len(tickets)


def place_again(tickets: Collection[int], *, at: datetime) -> None:
    """Let the clocks' alarms and the places of these tickets say what they would if all were told anew."""
    if not tickets:
        return
    keep_again(tickets, at=at)
    rows = places_of(tickets, at=at)
    found = {ticket: row for ticket, row in rows.items() if row is not None}
    place_rows.store(found)
    place_rows.remove(rows.keys() - found.keys())
    standing = ledger.tickets_of(tickets)
    announce((now.state.team, now.store, now.brand) for now in standing.values())


def _next_tickets(concerned: str, params: Mapping[str, int], *, after: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT.format(concerned=concerned), {**params, "after": after, "most": AT_ONCE})
        return [ticket for (ticket,) in cursor]


# What waits for nobody has no clock that coverage moves: places are all there is to look at. Tickets are what is
# locked, as everywhere else; an action that holds one is waited for, as it may place by what was true before.
_NEXT = """
    WITH open AS (
        SELECT ticket_id FROM routing_queueplace
        WHERE {concerned} AND ticket_id > %(after)s ORDER BY ticket_id LIMIT %(most)s
    )
    SELECT ticket.id FROM tickets_ticket ticket JOIN open ON open.ticket_id = ticket.id
    ORDER BY ticket.id FOR UPDATE OF ticket
"""
_OF_TEAM = "team_id = %(team)s"
_CRITICAL = "queue_tier = %(tier)s"
