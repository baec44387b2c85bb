"""What fell due asks for the steps of its ladder: each is written down once, to be taken by `tresen.alerts`."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import cache

from django.db import connection

from tresen.batches.cursors import columns_of
from tresen.clock.alarms import Notice, NoticeKind
from tresen.clock.clocks import Clock
from tresen.sla.keeping import Kept
from tresen.sla.ladders import STANDARD, Ladder, Step, ladder_in, step_as_json
from tresen.sla.models import PolicyVersion

WAKES_ESCALATING = "tresen_ladder_steps"

_ladders: dict[int, Ladder] = {}
MOST_KEPT = 1000


def plan(
    fallen: Mapping[int, Collection[Notice]],
    *,
    kept: Mapping[int, Kept],
    since: Mapping[int, datetime],
) -> None:
    """Write down, once, which steps follow. What fell due before the alarm we came for was planned before."""
    news = [
        (ticket, notice, _clock(kept[ticket], notice.clock))
        for ticket, all_ in fallen.items()
        for notice in all_
        if notice.kind is not NoticeKind.CONFIRMED and notice.at >= since[ticket]
    ]
    versions = {(ticket, clock.key): _version(kept[ticket], clock) for ticket, _, clock in news}
    ladders = _ladders_of({version for version in versions.values() if version is not None})
    rows = [
        (ticket, *_row(notice, version, number, step))
        for ticket, notice, clock in news
        for version in (versions[ticket, clock.key],)
        for number, step in enumerate(STANDARD if version is None else ladders[version])
        if step.when.value == notice.kind.value
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_PLAN, columns_of(rows))
            cursor.execute("SELECT pg_notify(%s, '')", [WAKES_ESCALATING])


def _ladders_of(versions: Collection[int]) -> dict[int, Ladder]:
    """Versions never change: each process reads one once."""
    known = {version: _ladders[version] for version in versions if version in _ladders}
    missing = [version for version in versions if version not in known]
    if not missing:
        return known
    if len(_ladders) > MOST_KEPT:
        _ladders.clear()
    found = PolicyVersion.objects.filter(pk__in=missing).values_list("pk", "targets")
    read = {version: ladder_in(targets) for version, targets in found}
    _ladders.update(read)
    return known | read


def _row(notice: Notice, version: int | None, number: int, step: Step) -> tuple[object, ...]:
    key, due = f"{notice.key}#{number}", notice.at + step.after
    return key, notice.clock, version, number, _as_text(step), notice.at, due


@cache
def _as_text(step: Step) -> str:
    return json.dumps(step_as_json(step))


def _clock(kept: Kept, key: str) -> Clock:
    return next(clock for clock in kept.state.clocks if clock.key == key)


def _version(kept: Kept, clock: Clock) -> int | None:
    """The clock's own policy; a platform's clock has none, there the policy of the same conversation counts."""
    if clock.policy_version is not None:
        return clock.policy_version
    beside: Iterable[Clock] = (one for one in kept.state.clocks if one.conversation == clock.conversation)
    return next((one.policy_version for one in beside if one.policy_version is not None), None)


_PLAN = """
    INSERT INTO sla_ladderstep (ticket_id, key, clock, policy_version_id, number, step, fell_due_at, due_at, outcome)
    SELECT given.*, '' FROM unnest(
        %s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::smallint[], %s::jsonb[], %s::timestamptz[],
        %s::timestamptz[]
    ) AS given ON CONFLICT DO NOTHING
"""
