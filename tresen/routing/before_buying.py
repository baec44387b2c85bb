"""Marks the places of those who ask before buying, where a team has a lane for them."""

from django.db import transaction

from tresen.batches.cursors import batch_cursor
from tresen.routing.models import Lane, LaneShare
from tresen.sla.ticket_facts import facts_of

BATCH = 500


def mark_before_buying(team: int) -> int:
    """Look at the team's places that nobody has looked at; gives how many. Nothing where it has no such lane."""
    if not LaneShare.objects.filter(team=team, lane=Lane.PRE_SALE).exists():
        return 0
    looked = 0
    while found := _look_at_batch(team):
        looked += found
    return looked


@transaction.atomic
def _look_at_batch(team: int) -> int:
    with batch_cursor() as cursor:
        cursor.execute(_NEW, {"team": team, "most": BATCH})
        tickets = [ticket for (ticket,) in cursor]
        if not tickets:
            return 0
        asking = {one.ticket for one in facts_of(conversations=[], tickets=tickets) if one.facts.pre_sale}
        cursor.execute(_MARK, {"tickets": tickets, "asking": sorted(asking)})
        return len(tickets)


_NEW = """
    SELECT ticket_id FROM routing_queueplace WHERE team_id = %(team)b AND pre_sale IS NULL
    ORDER BY ticket_id LIMIT %(most)b FOR UPDATE SKIP LOCKED
"""
_MARK = """
    UPDATE routing_queueplace SET pre_sale = ticket_id = ANY(%(asking)b::bigint[])
    WHERE ticket_id = ANY(%(tickets)b::bigint[])
"""
