"""A recalculation of open clocks after an edit, beside the bare statements that write the same rows.

What is written: each ticket's event, its row, its clocks and its place in the queue. The reference writes as many of
each in four statements of its own, indexes kept as in the product; it reads no history and reckons nothing.
"""

import os
from dataclasses import replace
from datetime import timedelta
from time import perf_counter

from django.db import connection

from benchmarks.database import copied, using
from benchmarks.result import Figure, Result
from benchmarks.sizes import START

TICKETS = int(os.environ.get("BENCH_RECALCULATED", "10000"))
"""100000 is the whole promise, and takes some minutes to file."""
EDITED = START + timedelta(minutes=5)


def run() -> list[Result | Figure]:
    """The same edit of every ticket's targets, done by the product and by hand."""
    name = copied(connection.settings_dict["NAME"], "to_recalculate")
    with using(name):
        _file_tickets()
    other = copied(name, "to_update")
    with using(name):
        ours = _recalculated()
    with using(other):
        clocks = _seconds(_CLOCKS)
        bare = clocks + sum(_seconds(statement) for statement in (_PLACES, _TICKETS, _EVENTS))
    return [
        Result(
            name=f"recalculation of {TICKETS:,} tickets, beside bare writes",
            ours=TICKETS / ours,
            reference=TICKETS / bare,
            ratio=bare / ours,
            bar=0.3,
            better="higher",
            unit="tickets/s",
        ),
        Figure(
            name="the same, beside an UPDATE of the clocks alone",
            ours=TICKETS / ours,
            reference=TICKETS / clocks,
            unit="tickets/s",
        ),
    ]


def _file_tickets() -> None:
    from benchmarks.shop import parsed_messages, seed_shop  # noqa: PLC0415 - needs Django set up
    from tresen.intake.filing import file  # noqa: PLC0415

    store = seed_shop(at=START - timedelta(days=1))
    messages = parsed_messages(store, count=TICKETS, at=START, joining=False)
    # Not a second apart, or the first of a hundred thousand would be late before they are edited.
    came_in = [START - timedelta(hours=1) + timedelta(milliseconds=number) for number in range(TICKETS)]
    told = [
        replace(one, inbound=replace(one.inbound, occurred_at=at)) for one, at in zip(messages, came_in, strict=True)
    ]
    for first in range(0, TICKETS, 200):
        file(told[first : first + 200], at=START)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _recalculated() -> float:
    """Seconds from the edit until nothing is left to do."""
    from tresen.accounts.actors import SYSTEM  # noqa: PLC0415 - needs Django set up
    from tresen.sla.editing import change_policy  # noqa: PLC0415
    from tresen.sla.models import Mode, PolicyVersion, Recalculation  # noqa: PLC0415
    from tresen.sla.recalculating import recalculate  # noqa: PLC0415
    from tresen.sla.recalculations import begin, targets_changed  # noqa: PLC0415

    before = PolicyVersion.objects.get(conditions={"channels": ["amazon"]})
    targets = {**before.targets, "first_reply": {"minutes": 12 * 60, "hours": "always"}}
    begun = perf_counter()
    after = change_policy(before.policy_id, conditions=before.conditions, targets=targets, by=SYSTEM, at=EDITED)
    edit = targets_changed(before, after)
    assert edit is not None
    begin(edit, mode=Mode.FROM_START, by=SYSTEM, at=EDITED)
    while recalculate(EDITED + timedelta(minutes=1)):
        pass
    took = perf_counter() - begun
    done = Recalculation.objects.get()
    assert (done.total, done.earlier) == (TICKETS, TICKETS), f"{done.earlier} of {done.total} clocks moved"
    return took


def _seconds(statement: str) -> float:
    """For a statement that writes a row for every ticket."""
    with connection.cursor() as cursor:
        begun = perf_counter()
        cursor.execute(statement)
        took = perf_counter() - begun
        assert cursor.rowcount == TICKETS, f"{cursor.rowcount} rows were written"
        return took


_CLOCKS = """
    UPDATE sla_clock SET due = due - interval '2 hours', next_alarm_at = next_alarm_at - interval '2 hours',
           policy_version_id = policy_version_id + 0
    WHERE kind = 'own' AND outcome = 'running'
"""
_PLACES = """
    UPDATE routing_queueplace
    SET act_by = act_by - interval '2 hours', sort_at = sort_at - interval '2 hours'
"""
_TICKETS = "UPDATE tickets_ticket SET last_sequence = last_sequence + 1"
_EVENTS = """
    INSERT INTO tickets_ticketevent
        (ticket_id, sequence, kind, version, facts, actor_kind, actor_id, occurred_at, recorded_at, source_key)
    SELECT ticket_id, sequence + 10, kind, version, facts, actor_kind, actor_id, occurred_at, recorded_at,
           source_key || ':again'
    FROM tickets_ticketevent WHERE kind = 'policy_applied'
"""
