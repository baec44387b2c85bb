"""What fell due asks for the steps of its ladder, each written down once."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.clock.alarms import Notice, NoticeKind
from tresen.sla.defaults import create_defaults
from tresen.sla.editing import change_policy
from tresen.sla.keeping import kept_of
from tresen.sla.models import LadderStep, Policy
from tresen.sla.noticing import plan
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def notice(
    ticket: Ticket, kind: NoticeKind = NoticeKind.BREACHED, *, clock: str = "own", at: datetime = MONDAY
) -> Notice:
    key = next(one.key for one in kept_of([ticket.pk], at=MONDAY)[ticket.pk].state.clocks if one.key.startswith(clock))
    return Notice(key=f"{key}:{kind.value}", kind=kind, clock=key, at=at)


def planned(ticket: Ticket, *fallen: Notice, since: datetime = MONDAY) -> list[tuple[str, timedelta]]:
    plan({ticket.pk: fallen}, kept=kept_of([ticket.pk], at=MONDAY), since={ticket.pk: since})
    rows = LadderStep.objects.order_by("due_at", "number")
    return [(row.key.partition(":")[2].partition(":")[2], row.due_at - row.fell_due_at) for row in rows]


def with_ladder(*steps: Mapping[str, object]) -> Ticket:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    for policy in Policy.objects.filter(retired_at=None):
        version = policy.versions.latest("number")
        targets = {**version.targets, "ladder": list(steps)}
        change_policy(policy.pk, conditions=version.conditions, targets=targets, by=SYSTEM, at=MONDAY - HOUR)
    return a_ticket()


@pytest.fixture
def ticket() -> Ticket:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    return a_ticket()


def test_a_breach_asks_for_what_follows_at_once_and_later(ticket: Ticket) -> None:
    assert planned(ticket, notice(ticket)) == [("breached#2", 0 * HOUR), ("breached#3", HOUR), ("breached#4", 4 * HOUR)]


def test_a_step_is_planned_once_however_often_it_falls_due(ticket: Ticket) -> None:
    assert planned(ticket, notice(ticket)) == planned(ticket, notice(ticket), notice(ticket))


def test_what_fell_due_before_we_came_for_it_was_planned_before(ticket: Ticket) -> None:
    assert planned(ticket, notice(ticket, at=MONDAY - timedelta(seconds=1))) == []


def test_an_answer_that_can_no_longer_bounce_asks_for_nothing(ticket: Ticket) -> None:
    assert planned(ticket, notice(ticket, NoticeKind.CONFIRMED)) == []


def test_a_policy_has_a_ladder_of_its_own() -> None:
    ticket = with_ladder({"when": "breached", "minutes": 5, "reassign": "lead"})
    assert planned(ticket, notice(ticket)) == [("breached#0", timedelta(minutes=5))]
    assert planned(ticket, notice(ticket, NoticeKind.WARNING)) == [("breached#0", timedelta(minutes=5))]


def test_an_empty_ladder_asks_for_nothing() -> None:
    ticket = with_ladder()
    assert planned(ticket, notice(ticket)) == []


def test_a_platforms_clock_follows_the_policy_of_its_conversation() -> None:
    ticket = with_ladder({"when": "breached", "tier": 1})
    own, platform = notice(ticket), notice(ticket, clock="platform")
    planned(ticket, own, platform)
    assert LadderStep.objects.count() == 2
    assert len(set(LadderStep.objects.values_list("policy_version", flat=True))) == 1


def test_without_any_policy_the_standard_ladder_counts() -> None:
    ticket = a_ticket()
    assert len(planned(ticket, notice(ticket, clock="platform"))) == 3
    assert LadderStep.objects.filter(policy_version=None).count() == 3
