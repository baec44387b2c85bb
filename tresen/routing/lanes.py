"""Lanes: slices of a team's queue, each with a share of its agents, as the lead sets them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.accounts.models import Team
from tresen.routing.choosing import TIERS
from tresen.routing.models import Lane, LaneShare

ALL = 100
MOST_COUNTED = 1000


class SharesWrong(ValueError):
    """Shares that cannot be kept. The message is a sentence for the lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneNow:
    """How many tickets stand in a lane, counted up to MOST_COUNTED, and how many agents hold one of them."""

    tickets: int
    agents: int


@transaction.atomic
def set_shares(team_id: int, shares: Mapping[Lane, int], *, by: Actor, at: datetime) -> None:
    """Share the team's agents out among the lanes; none at all: everybody works in the queue's plain order.

    Raises SharesWrong where they are not whole percents that make a hundred.
    """
    given = {lane: percent for lane, percent in shares.items() if percent}
    if given and (min(given.values()) < 0 or sum(given.values()) != ALL):
        sentence = _("The shares must make 100 percent together; they make %(sum)s. Empty all for the plain order.")
        raise SharesWrong(sentence % {"sum": sum(given.values())})
    # Two leads at once: the second one waits, and then replaces what the first has set.
    Team.objects.select_for_update(no_key=True).get(pk=team_id)
    before = shares_of([team_id])[team_id]
    if given == before:
        return
    LaneShare.objects.filter(team=team_id).delete()
    LaneShare.objects.bulk_create(
        [LaneShare(team_id=team_id, lane=lane, percent=percent) for lane, percent in given.items()]
    )
    details = {lane.value: percent for lane, percent in given.items()}
    record_change(f"team:{team_id}", "lanes", by=by, at=at, details=details)


def shares_of(teams: Collection[int]) -> Mapping[int, Mapping[Lane, int]]:
    """The shares of each of these teams, none where the lead has set none."""
    found: dict[int, dict[Lane, int]] = {team: {} for team in teams}
    for share in LaneShare.objects.filter(team__in=teams):
        found[share.team_id][Lane(share.lane)] = share.percent
    return found


def lanes_now(team: int, *, at: datetime) -> Mapping[Lane, LaneNow]:
    """What stands in each of the team's lanes, and who works on it."""
    with connection.cursor() as cursor:
        return {lane: _lane_now(cursor, lane, team, at) for lane in Lane}


def _lane_now(cursor: CursorWrapper, lane: Lane, team: int, at: datetime) -> LaneNow:
    lowest, highest = TIERS[lane]
    tiers = {"lowest": lowest, "highest": highest, "buying": lane is Lane.PRE_SALE}
    cursor.execute(_NOW, {"team": team, "at": at, **tiers})
    tickets, agents = cursor.fetchone()
    return LaneNow(tickets=tickets, agents=agents)


_IN_LANE = """
    place.team_id = %(team)s AND place.queue_tier BETWEEN %(lowest)s AND %(highest)s
    AND (place.queue_tier BETWEEN 2 AND 3 AND coalesce(place.pre_sale, false)) = %(buying)s
"""
_NOW = f"""
    SELECT (SELECT count(*) FROM (
               SELECT FROM routing_queueplace place WHERE {_IN_LANE} LIMIT {MOST_COUNTED}) AS counted),
           (SELECT count(DISTINCT lease.agent_id) FROM routing_lease lease
            JOIN routing_queueplace place ON place.ticket_id = lease.ticket_id
            WHERE lease.until > %(at)s AND {_IN_LANE})
"""
