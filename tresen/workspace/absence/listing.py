"""Absences in words, and where work would go."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.accounts.models import Agent
from tresen.routing.relieving import planned_relief
from tresen.staffing.absences import absences_in
from tresen.staffing.models import Absence, AbsenceKind
from tresen.workspace.setup.naming import reader

AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceShown:
    """One line: who, why, when; `now` while it lasts."""

    id: int
    name: str
    why: str
    when: str
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefShown:
    """Where the open tickets of somebody would go: how many, and to whom how many; `nobody` cannot be given."""

    count: int
    to: tuple[tuple[str, int], ...]
    nobody: int

    @property
    def words(self) -> str:
        """4 to Deniz, 2 to Tom, 1 to nobody."""
        parts = [_("%(count)s to %(name)s") % {"count": count, "name": name} for name, count in self.to]
        if self.nobody:
            parts.append(_("%(count)s to nobody") % {"count": self.nobody})
        return ", ".join(parts)


def absences_shown(agents: Collection[Agent], *, at: datetime) -> list[AbsenceShown]:
    """Their absences now and in the year to come."""
    by_id = {agent.pk: agent for agent in agents}
    return [
        AbsenceShown(
            id=one.pk,
            name=by_id[one.agent_id].name,
            why=kind_title(one.kind),
            when=when_words(one, ZoneInfo(by_id[one.agent_id].zone)),
            now=one.starts_at <= at,
        )
        for one in absences_in(list(by_id), start=at, end=at + AHEAD)
    ]


def relief_shown(agent: int, *, ends: datetime | None, at: datetime) -> ReliefShown:
    """What would happen now if the agent were away until then. Changes nothing."""
    planned = planned_relief(agent, ends=ends, at=at)
    counts = Counter(to for to in planned.values() if to is not None)
    names = dict(Agent.objects.filter(pk__in=counts).values_list("pk", "name"))
    return ReliefShown(
        count=len(planned),
        to=tuple((names[to], count) for to, count in counts.most_common()),
        nobody=sum(to is None for to in planned.values()),
    )


def told(name: str, relief: ReliefShown) -> str:
    """What is said when somebody is away from now on."""
    away = _("%(name)s is away.") % {"name": name}
    if not relief.count:
        return away
    tickets = ngettext("%(count)s ticket goes to others", "%(count)s tickets go to others", relief.count)
    return f"{away} {tickets % {'count': relief.count}}: {relief.words}."


def kind_title(kind: str) -> str:
    """Why somebody is away."""
    titles = {AbsenceKind.SICK: _("Sick"), AbsenceKind.HOLIDAY: _("Holiday"), AbsenceKind.OTHER: _("Away")}
    return titles[AbsenceKind(kind)]


def when_words(one: Absence, zone: ZoneInfo) -> str:
    """Mon, 23 Nov – Fri, 27 Nov; with times where it begins or ends within a day."""
    begins = one.starts_at.astimezone(zone)
    if one.ends_at is None:
        return _("from %(day)s until further notice") % {"day": _moment(begins)}
    ends = one.ends_at.astimezone(zone)
    if _is_midnight(begins) and _is_midnight(ends):
        days = [begins.date(), (ends - timedelta(minutes=1)).date()]
        return " – ".join(dict.fromkeys(_words(day) for day in days))
    return f"{_moment(begins)} – {_moment(ends)}"


def _moment(at: datetime) -> str:
    pattern = "EEE, d MMM HH:mm" if reader() == "en_GB" else "EEE, d. MMM HH:mm"
    return _words(at.date()) if _is_midnight(at) else format_datetime(at, pattern, locale=reader())


def _words(day: date) -> str:
    return format_date(day, "EEE, d MMM" if reader() == "en_GB" else "EEE, d. MMM", locale=reader())


def _is_midnight(at: datetime) -> bool:
    return (at.hour, at.minute, at.second) == (0, 0, 0)
