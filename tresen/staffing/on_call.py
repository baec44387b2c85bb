"""Who can be called outside of working hours: the ladder's last step, and the hours in which tier 0 counts."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import md5

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.clock.hours import WorkingHours
from tresen.clock.stretches import Opening, common, joined
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
    return common(rows.values_list("starts_at", "ends_at"), [(start, end)])


def whole_list() -> tuple[Opening, ...]:
    """When somebody could and can be called, in UTC, in order and apart. One query."""
    rows = OnCall.objects.filter(agent__is_active=True)
    return tuple(joined(rows.values_list("starts_at", "ends_at")))


def stamp_of(called: Sequence[Opening]) -> str:
    """A short word for this list, never empty: as long as it is the same, so is the list."""
    moments = " ".join(at.astimezone(UTC).isoformat() for opening in called for at in opening)
    return md5(moments.encode(), usedforsecurity=False).hexdigest()


# Laying the hours out anew for each ticket would cost.
@lru_cache(maxsize=500)
def with_on_call(coverage: WorkingHours, called: tuple[Opening, ...]) -> WorkingHours:
    """A team's coverage and besides the hours in which somebody is on call."""
    return coverage.replaced(days=(), by=called) if called else coverage
