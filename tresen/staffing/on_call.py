"""Who can be called outside of working hours: the ladder's last step, and the hours in which tier 0 counts."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.clock.hours import WorkingHours
from tresen.clock.stretches import Opening, joined
from tresen.staffing.models import OnCall
from tresen.staffing.plans import Problem
from tresen.staffing.rostering import RosterWrong
from tresen.staffing.timetables import agent_id

LONGEST = timedelta(days=31)


@transaction.atomic
def put_on_call(agent: int, *, starts: datetime, ends: datetime, by: Actor, at: datetime) -> OnCall:
    """Let the agent be on call in [starts, ends). Raises `RosterWrong`."""
    if not timedelta(0) < ends - starts <= LONGEST:
        sentence = _("On call lasts at least a minute and at most %(days)s days.") % {"days": LONGEST.days}
        raise RosterWrong(Problem("until", sentence))
    return OnCall.objects.create(
        agent_id=agent, starts_at=starts, ends_at=ends, changed_at=at, changed_by_id=agent_id(by)
    )


def take_off_call(on_call_id: int) -> None:
    """Nobody is on call by this entry any more. Taking off twice changes nothing."""
    OnCall.objects.filter(pk=on_call_id).delete()


def on_call_at(at: datetime) -> list[int]:
    """The agents who can be called at this instant, those who began first coming first."""
    rows = OnCall.objects.filter(starts_at__lte=at, ends_at__gt=at, agent__is_active=True)
    return list(dict.fromkeys(rows.order_by("starts_at", "pk").values_list("agent_id", flat=True)))


def on_call_between(start: datetime, end: datetime) -> list[OnCall]:
    """The entries of the list that touch [start, end), by their start, with their agents."""
    rows = OnCall.objects.filter(starts_at__lt=end, ends_at__gt=start).select_related("agent")
    return list(rows.order_by("starts_at", "pk"))


def on_call_hours(start: datetime, end: datetime) -> list[Opening]:
    """When somebody can be called, in [start, end), in UTC, in order and apart."""
    rows = OnCall.objects.filter(starts_at__lt=end, ends_at__gt=start, agent__is_active=True)
    return joined((max(begins, start), min(ends, end)) for begins, ends in rows.values_list("starts_at", "ends_at"))


def with_on_call(coverage: WorkingHours, *, start: datetime, end: datetime) -> WorkingHours:
    """A team's coverage and, in [start, end), the hours in which somebody is on call."""
    called = on_call_hours(start, end)
    return coverage.replaced(days=(), by=called) if called else coverage
