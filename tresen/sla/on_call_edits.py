"""What an edit of the on-call list does to open clocks of tier 0: they count as if it had been so from the edit on.

Nobody is asked: where somebody can be called decides whether a claim waits for the morning. What was counted by the
list before the edit stays counted.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cache

from django.db import connection
from msgspec.structs import replace

from tresen.accounts.actors import SYSTEM, Actor
from tresen.batches.cursors import batch_cursor
from tresen.clock.hours import EARLIEST, LATEST
from tresen.clock.queue import QueueTier
from tresen.clock.stretches import Opening, common, joined
from tresen.sla.applying import hours_in, in_list, is_of_store, on_call_in, version_in
from tresen.sla.covering import AHEAD, midnight_of
from tresen.sla.models import EditReason, Mode, Recalculation
from tresen.sla.recalculations import Edit, begin
from tresen.sla.standing import Applied, targets_of
from tresen.sla.targets import COVERAGE, STORE
from tresen.staffing.on_call import stamp_of, whole_list
from tresen.staffing.on_call_editions import edition_of, openings_of
from tresen.tickets.events import Key, PolicyApplied
from tresen.tickets.projection import TicketNow


def list_changed(*, by: Actor, at: datetime) -> Recalculation:
    """Keep what the list's edit of `at` is to do to tier 0, in the transaction of the edit. The worker does it."""
    with connection.cursor() as cursor:
        # Of two who edit at once the second waits here, to see what the first has done.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('sla_on_call_edits'))")
    called = whole_list()
    ahead = edition_of(common(called, [(at, midnight_of(at) + AHEAD)]))
    edit = Edit(reason=EditReason.ON_CALL, on_call=ahead, on_call_stamp=stamp_of(called))
    return begin(edit, mode=Mode.FROM_START, by=by, at=at)


def list_noticed(*, at: datetime) -> None:
    """The same for a change that nobody told of, as when somebody on call was locked out; it counts from now."""
    edits = Recalculation.objects.filter(reason=EditReason.ON_CALL).order_by("-pk")
    known = edits.values_list("on_call_stamp", flat=True).first()
    if known != stamp_of(whole_list()):
        list_changed(by=SYSTEM, at=at)


def following_list(
    edit: Edit, standing: Sequence[Applied], tickets: Mapping[int, TicketNow], since: datetime
) -> dict[int, PolicyApplied]:
    """What the edit of `since` brings to conversations of tier 0: what counts by the list counts by the new one.

    Nothing where the two are the same until the last open clock is due.
    """
    assert edit.on_call is not None
    critical = [one for one in standing if tickets[one.ticket].state.risk_tier == QueueTier.CRITICAL]
    due = _due_last({one.ticket for one in critical}, since=since)
    open_still = [one for one in critical if one.ticket in due and one.then.policy_version is not None]
    renamed = _renaming(edit.on_call, {key for one in open_still for key in hours_in(one.then)}, since=since)
    brought = {}
    for one in open_still:
        hours = {name: renamed(getattr(one.then, name), due[one.ticket]) for name in _by_the_list(one.then)}
        brought[one.conversation] = replace(one.then, **hours)
    return brought


def _by_the_list(then: PolicyApplied) -> list[str]:
    """The names of those hours in which the list counts, too: of the team, not of a store's own timetable."""
    assert then.policy_version is not None
    said = {f"{metric}_hours": target.hours for metric, target in targets_of(then.policy_version).given.items()}
    return [name for name, hours in said.items() if hours in {COVERAGE, STORE} and not is_of_store(getattr(then, name))]


def _renaming(edition: int, named: Collection[Key], *, since: datetime) -> Callable[[Key, datetime | None], Key]:
    """How hours, of which `named` are all, are named once this edition counts from `since` on.

    They keep their name where nothing is another before the given due time; None: before the end of counting.
    """
    known = openings_of({edition, *(called for key in named if (called := on_call_in(key)) is not None)})

    @cache
    def openings(called: int | None) -> tuple[list[Opening], list[Opening]]:
        before = known[called] if called is not None else []
        return before, joined([*common(before, [(EARLIEST, since)]), *known[edition]])

    @cache
    def kept(called: int | None) -> int | None:
        _, after = openings(called)
        return edition_of(after) if after else None

    def renamed(key: Key, due: datetime | None) -> Key:
        before, after = openings(on_call_in(key))
        ahead = [(since, due or LATEST)]
        stays = version_in(key) is None or common(before, ahead) == common(after, ahead)
        return key if stays else in_list(key, kept(on_call_in(key)))

    return renamed


def _due_last(tickets: Collection[int], *, since: datetime) -> dict[int, datetime | None]:
    """When the last of our clocks is due that were open then; None where one is never due. Without any: left out."""
    with batch_cursor() as cursor:
        cursor.execute(_DUE_LAST, {"tickets": list(tickets), "since": since})
        return dict(cursor.fetchall())


_DUE_LAST = """
    SELECT ticket_id, CASE WHEN bool_and(due IS NOT NULL) THEN max(due) END FROM sla_clock
    WHERE ticket_id = ANY(%(tickets)b::bigint[]) AND kind IN ('own', 'resolution') AND outcome <> 'void'
      AND coalesce(due, 'infinity') > %(since)b::timestamptz
      AND coalesce(met_at, waived_at, 'infinity') > %(since)b::timestamptz
    GROUP BY ticket_id
"""
