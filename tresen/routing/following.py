"""When a team's coverage changes, its open tickets follow: act-by, place and alarms, computed anew in batches.

Clocks that count in frozen hours stay as they are: their due times follow from the ledger alone.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction

from tresen.crashing.points import Point, reached
from tresen.live.announcing import announce
from tresen.routing import place_rows
from tresen.routing.placing import places_of
from tresen.sla.keeping import keep_again
from tresen.staffing.following import begins_now, reached_ticket, take_up, unfollowed
from tresen.tickets import ledger

AT_ONCE = 200
"""Tickets that are recomputed, and locked, in one transaction."""


def follow_coverage(at: datetime) -> int:
    """Let one batch of open tickets of each team follow its coverage; 0 when for now there is nothing left to do."""
    return sum(_follow(team, at) for team in sorted(unfollowed()))


@transaction.atomic
def _follow(team: int, at: datetime) -> int:
    mark = take_up(team)
    if mark is None:
        return 0
    if begins_now(mark):
        return 1
    tickets = _next_tickets(team, after=mark.reached)
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


def _next_tickets(team: int, *, after: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"team": team, "after": after, "most": AT_ONCE})
        return [ticket for (ticket,) in cursor]


# What waits for nobody has no clock that coverage moves: places are all there is to look at. Tickets are what is
# locked, as everywhere else; an action that holds one is waited for, as it may place by what was true before.
_NEXT = """
    WITH open AS (
        SELECT ticket_id FROM routing_queueplace
        WHERE team_id = %(team)s AND ticket_id > %(after)s ORDER BY ticket_id LIMIT %(most)s
    )
    SELECT ticket.id FROM tickets_ticket ticket JOIN open ON open.ticket_id = ticket.id
    ORDER BY ticket.id FOR UPDATE OF ticket
"""
