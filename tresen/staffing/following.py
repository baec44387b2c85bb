"""How far the queue has followed changes of coverage: passes over a team's open tickets, which a kill only interrupts.

Nobody announces a change. A pass begins when what the coverage follows from is not what the last pass was about: so
timetables, rosters, absences, members and their weekly shifts all count, however they were changed. The on-call list is
followed in the same way, by tier 0 of all teams.
"""

from collections.abc import Collection

from django.db import connection

from tresen.accounts.models import Team
from tresen.staffing.models import CoverageFollowed, Followed, OnCallFollowed
from tresen.staffing.on_call import stamp_of, whole_list
from tresen.staffing.queries import stamps_of

FROM_THE_START = 0
ONCE_MORE = -1
"""A pass was made while a transaction that may know only the old coverage still ran; when it has ended, another is."""
_THE_LIST = 1


def unfollowed() -> set[int]:
    """The teams whose coverage is not known to be that by which all their tickets have their place. Three queries."""
    followed = dict(CoverageFollowed.objects.values_list("team_id", "followed"))
    return {team for team, stamp in _stamps().items() if followed.get(team) != stamp}


def changing() -> set[int]:
    """The teams whose coverage has changed since the queue followed it last. Three queries."""
    followed = dict(CoverageFollowed.objects.values_list("team_id", "followed"))
    return {team for team, stamp in _stamps().items() if followed.get(team, stamp) != stamp}


def on_call_unfollowed() -> bool:
    """Whether the on-call list is not known to be that by which all of tier 0 has its place. Two queries."""
    return _followed_list() != stamp_of(whole_list())


def take_up(team: int) -> CoverageFollowed | None:
    """The team's pass, locked until the transaction ends; None where there is nothing to do, or another worker has it.

    See `begins_now`: a change is noticed in a transaction of its own, before the first ticket is looked at.
    """
    CoverageFollowed.objects.bulk_create([CoverageFollowed(team_id=team)], ignore_conflicts=True)
    mark = CoverageFollowed.objects.select_for_update(skip_locked=True).filter(team=team).first()
    return mark if mark and _goes_on(mark, str(stamps_of([team])[team])) else None


def take_up_on_call() -> OnCallFollowed | None:
    """The same for the pass over tier 0 that follows the on-call list."""
    OnCallFollowed.objects.bulk_create([OnCallFollowed(pk=_THE_LIST)], ignore_conflicts=True)
    mark = OnCallFollowed.objects.select_for_update(skip_locked=True).filter(pk=_THE_LIST).first()
    return mark if mark and _goes_on(mark, stamp_of(whole_list())) else None


def _goes_on(mark: Followed, stamp: str) -> bool:
    """Whether the pass has something to do now; it begins anew where what it follows is not what it was about."""
    if stamp not in (mark.following, mark.followed) or (stamp == mark.followed and mark.following):
        mark.following, mark.noticed, mark.reached = stamp, _asked("pg_current_xact_id()"), FROM_THE_START
        mark.save()
        return True
    if not mark.following:
        return False
    if mark.reached <= FROM_THE_START:
        alone = _asked("pg_snapshot_xmin(pg_current_snapshot())") > mark.noticed
        if mark.reached == ONCE_MORE and not alone:
            return False
        mark.last_pass = alone
    return True


def begins_now(mark: Followed) -> bool:
    """Whether this transaction is the one that noticed the change: it only says so, for the next one to act on."""
    return mark.noticed == _asked("pg_current_xact_id()")


def reached_ticket(mark: Followed, tickets: Collection[int]) -> None:
    """These tickets of the pass stand by the new coverage; none: all of them do, and the pass ends.

    A transaction that began before the change was noticed may have placed a ticket by the old coverage meanwhile. When
    such a one may have been running, the pass is made once more.
    """
    if tickets:
        mark.reached = max(tickets)
    elif mark.last_pass:
        mark.followed, mark.following, mark.reached = mark.following, "", FROM_THE_START
    else:
        mark.reached = ONCE_MORE
    mark.save()


def _followed_list() -> str:
    """The stamp of the list that the queue followed last; of an empty one while there has never been another."""
    mark = OnCallFollowed.objects.values_list("followed", flat=True).first()
    return stamp_of(()) if mark is None else mark


def _stamps() -> dict[int, str]:
    return {team: str(stamp) for team, stamp in stamps_of(Team.objects.values_list("pk", flat=True)).items()}


def _asked(number: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {number}::text::bigint")
        return int(cursor.fetchone()[0])
