"""A policy edited, reordered, disabled and deleted while agents work: how long each takes, and what agents notice.

The worker's sweep runs in a process of its own, as in the product. Meanwhile one agent after the other opens the queue
and a ticket and sends an answer. Nothing that had ended may differ afterwards: a hash over all those rows is compared.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median, quantiles
from time import perf_counter
from urllib.parse import urlsplit

from django.db import connection
from django.test import Client

from benchmarks.database import copied, using
from benchmarks.recalculation import TICKETS, file_tickets
from benchmarks.result import Figure, Result

ANSWERED = 50
"""So many tickets are answered first: their results must stand."""
UNDISTURBED = 30
WORKER = (
    "import django; django.setup()\n"
    "from datetime import UTC, datetime\n"
    "from tresen.sla.recalculating import recalculate\n"
    "while recalculate(datetime.now(UTC)): pass\n"
)


def run() -> Iterator[Result | Figure]:
    """A line for each edit, then what agents' requests took during them beside before them."""
    with using(copied(connection.settings_dict["NAME"], "to_edit")):
        file_tickets()
        agent = _Agent()
        agent.answers(ANSWERED)
        before, ended = agent.works(UNDISTURBED), _ended()
        during: list[float] = []
        for name, edit in _edits():
            begun = perf_counter()
            edit()
            with _worker() as worker:
                during += agent.works_while(worker)
            took = perf_counter() - begun
            assert _ended() == ended, "A result that had ended is another one now."
            assert (seen := _looked_at()) >= TICKETS - agent.answered, f"Only {seen:,} tickets were looked at."
            yield Figure(name=f"{name}, {TICKETS:,} open", ours=took, reference=took / TICKETS)
    slow, usual = median(during), median(before)
    name = "agents' requests during the edits, median"
    yield Result(name=name, ours=slow, reference=usual, ratio=slow / usual, bar=3.0, better="lower")
    yield Figure(name="the slowest one in twenty of them", ours=_slowest(during), reference=_slowest(before))


def _slowest(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]


class _Agent:
    """Somebody who opens the queue and tickets and answers."""

    def __init__(self) -> None:
        from tresen.accounts.models import Agent, Role  # noqa: PLC0415 - needs Django set up
        from tresen.tickets.models import Message  # noqa: PLC0415

        joined = datetime.now(UTC)
        self.row = Agent.objects.create(
            email="edits@shop.example", name="Edits", role=Role.ADMIN, everything=True, joined_at=joined
        )
        self.browser = Client(SERVER_NAME="127.0.0.1")
        self.browser.force_login(self.row)
        self.answered = 0
        self.asked = iter(Message.objects.order_by("-pk").values_list("ticket", "conversation", "pk"))

    def works(self, times: int) -> list[float]:
        """Seconds for each of so many requests."""
        return [took for _ in range(times) for took in self._once()]

    def works_while(self, worker: subprocess.Popen[bytes]) -> list[float]:
        """Seconds for each request until the worker has nothing left to do."""
        taken: list[float] = []
        while worker.poll() is None:
            taken += self._once()
        assert worker.returncode == 0, "The worker failed."
        return taken

    def answers(self, times: int) -> None:
        """So many answers that the other side takes at once."""
        from tresen.channels.contract import Sent  # noqa: PLC0415 - needs Django set up
        from tresen.outbox.models import Delivery, DeliveryState  # noqa: PLC0415
        from tresen.outbox.receipts import confirm  # noqa: PLC0415

        for _ in range(times):
            self._answer()
            delivery = Delivery.objects.latest("pk")
            Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.SENDING, attempts=1)
            now = datetime.now(UTC)
            confirm(delivery.pk, Sent(at=now, external_id="250", answer="250 ok"), attempt=1, at=now)

    def _once(self) -> Iterator[float]:
        ticket, *_ = next(self.asked)
        for act in (partial(self._opens, "/queue/all/"), partial(self._opens, f"/tickets/{ticket}/"), self._answer):
            begun = perf_counter()
            act()
            yield perf_counter() - begun

    def _opens(self, address: str) -> None:
        assert self.browser.get(address).status_code == 200, address  # noqa: PLR2004 - it is there

    def _answer(self) -> None:
        from tresen.accounts.actors import Actor  # noqa: PLC0415 - needs Django set up
        from tresen.replies.answering import Then, answer  # noqa: PLC0415

        ticket, conversation, message = next(self.asked)
        self.answered += 1
        answer(
            ticket,
            conversation_id=conversation,
            text="Ihr Paket ist unterwegs.",
            answers_up_to=message,
            by=Actor.agent(self.row.pk),
            at=datetime.now(UTC),
            then=Then.KEEP_OPEN,
        )


def _edits() -> list[tuple[str, Callable[[], None]]]:
    from tresen.accounts.actors import SYSTEM  # noqa: PLC0415 - needs Django set up
    from tresen.sla.editing import change_policy, disable_policy, enable_policy, move_policy, retire_policy  # noqa: PLC0415
    from tresen.sla.models import EditReason, Mode, Policy, PolicyVersion  # noqa: PLC0415
    from tresen.sla.recalculations import Edit, begin, targets_changed  # noqa: PLC0415

    before = PolicyVersion.objects.get(conditions={"channels": ["amazon"]})
    policy = before.policy_id

    def done(edit: Edit | None) -> None:
        assert edit is not None
        begin(edit, mode=Mode.FROM_START, by=SYSTEM, at=datetime.now(UTC) - timedelta(milliseconds=1))

    def edited() -> None:
        targets = {**before.targets, "first_reply": {"minutes": 12 * 60, "hours": "always"}}
        at = datetime.now(UTC)
        after = change_policy(policy, conditions=before.conditions, targets=targets, by=SYSTEM, at=at)
        done(targets_changed(before, after))

    def by(operation: Callable[..., None], reason: EditReason, **more: int) -> Callable[[], None]:
        def change() -> None:
            operation(policy, by=SYSTEM, at=datetime.now(UTC), **more)
            done(Edit(reason=reason, policies=(policy,)))

        return change

    return [
        ("a policy is edited", edited),
        ("moved to the end", by(move_policy, EditReason.MOVED, to=Policy.objects.count())),
        ("moved back", by(move_policy, EditReason.MOVED, to=before.policy.position)),
        ("disabled", by(disable_policy, EditReason.DISABLED)),
        ("enabled", by(enable_policy, EditReason.ENABLED)),
        ("deleted", by(retire_policy, EditReason.RETIRED)),
    ]


@contextmanager
def _worker() -> Iterator[subprocess.Popen[bytes]]:
    address = urlsplit(os.environ["DATABASE_URL"])
    environ = {**os.environ, "DATABASE_URL": address._replace(path=f"/{connection.settings_dict['NAME']}").geturl()}
    with subprocess.Popen([sys.executable, "-c", WORKER], env=environ) as worker:  # noqa: S603 - our own words
        yield worker


def _looked_at() -> int:
    """How many tickets the last edit was followed in."""
    from tresen.sla.models import Recalculation  # noqa: PLC0415 - needs Django set up

    return Recalculation.objects.latest("pk").done


def _ended() -> str:
    """A hash over all rows of clocks that had ended before the edits."""
    with connection.cursor() as cursor:
        cursor.execute(_HASH, [ANSWERED])
        return str(cursor.fetchone()[0])


_HASH = """
    SELECT md5(string_agg(ended::text, ',' ORDER BY ended.id)) FROM (
        SELECT * FROM sla_clock WHERE outcome NOT IN ('running', 'paused') ORDER BY id LIMIT %s
    ) AS ended
"""
