"""The worker is killed inside a recalculation: what it had not committed is done again, and nothing is done twice."""

from datetime import timedelta

import pytest

from tests.resilience.counter import Counter, now
from tests.resilience.worker import wait_until
from tresen.accounts.actors import SYSTEM
from tresen.crashing.points import Point
from tresen.sla.editing import change_policy
from tresen.sla.models import Clock, Mode, PolicyVersion, Recalculation
from tresen.sla.recalculations import begin, targets_changed
from tresen.tickets.models import TicketEvent

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.mail_server,
    pytest.mark.slow,
    pytest.mark.timeout(300),
]


def test_every_open_clock_is_counted_anew_once(counter: Counter) -> None:
    names = ("anna", "bodo", "carl")
    counter.arrive(*(counter.a_mail_from(name) for name in names))
    counter.worker.start()
    counter.settles(mails=len(names))
    counter.worker.kill()
    own = Clock.objects.filter(kind="own")
    before = dict(own.values_list("pk", "due"))
    versions = PolicyVersion.objects.filter(pk__in=own.values("policy_version"))
    edited_at = now()
    for version in versions:
        targets = {**version.targets, "first_reply": {"minutes": 7 * 24 * 60, "hours": "always"}}
        after = change_policy(
            version.policy_id, conditions=version.conditions, targets=targets, by=SYSTEM, at=edited_at
        )
        edit = targets_changed(version, after)
        assert edit is not None
        begin(edit, mode=Mode.FROM_NOW, by=SYSTEM, at=edited_at)

    counter.worker.start(crash_point=Point.INSIDE_RECALCULATION)
    counter.worker.dies()
    assert dict(own.values_list("pk", "due")) == before

    counter.worker.start()
    wait_until(lambda: not Recalculation.objects.filter(finished_at=None).exists(), what=counter.worker.said)
    counter.worker.stop()
    assert set(own.values_list("due", flat=True)) == {edited_at + timedelta(days=7)}
    recorded = TicketEvent.objects.filter(kind="policy_applied", source_key__startswith="recalculation:")
    assert recorded.count() == len(before)
    assert sum(Recalculation.objects.values_list("done", flat=True)) == len(before)
    assert counter.is_whole()
