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
    """Where the open tickets of somebody would go: how many, and to whom how many; `nobody` go back to the queue."""

    count: int
    to: tuple[tuple[str, int], ...]
    nobody: int

    @property
    def words(self) -> str:
        """4 to Deniz, 2 to Tom."""
        return ", ".join(_("%(count)s to %(name)s") % {"count": count, "name": name} for name, count in self.to)


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
    said = [_("%(name)s is away.") % {"name": name}]
    if given := relief.count - relief.nobody:
        tickets = ngettext("%(count)s ticket goes to others", "%(count)s tickets go to others", given)
        said.append(f"{tickets % {'count': given}}: {relief.words}.")
    if relief.nobody:
        back = ngettext(
            "%(count)s ticket that nobody can take now goes back to the queue.",
            "%(count)s tickets that nobody can take now go back to the queue.",
            relief.nobody,
        )
        said.append(back % {"count": relief.nobody})
    return " ".join(said)


def kind_title(kind: str) -> str:
    """Why somebody is away."""
    titles = {AbsenceKind.SICK: _("Sick"), AbsenceKind.HOLIDAY: _("Holiday"), AbsenceKind.OTHER: _("Away")}
    return titles[AbsenceKind(kind)]


def when_words(one: Absence, zone: ZoneInfo) -> str:
    """Mon, 23 Nov – Fri, 27 Nov, both included; with times where it begins or ends within a day."""
    begins = one.starts_at.astimezone(zone)
    if one.ends_at is None:
        return _("from %(day)s until further notice") % {"day": _moment(begins)}
    ends = one.ends_at.astimezone(zone)
    # What ends at midnight ends with the day before: nobody is away on the next one.
    last = (ends - timedelta(minutes=1)).date() if _is_midnight(ends) else ends.date()
    if begins.date() != last:
        return f"{_moment(begins)} – {_words(last) if _is_midnight(ends) else _moment(ends)}"
    if _is_midnight(begins) and _is_midnight(ends):
        return _words(last)
    if _is_midnight(ends):
        return _("%(day)s from %(time)s") % {"day": _words(last), "time": _clock(begins)}
    if _is_midnight(begins):
        return _("%(day)s until %(time)s") % {"day": _words(last), "time": _clock(ends)}
    return f"{_words(last)} {_clock(begins)} – {_clock(ends)}"


def _moment(at: datetime) -> str:
    return _words(at.date()) if _is_midnight(at) else f"{_words(at.date())} {_clock(at)}"


def _clock(at: datetime) -> str:
    return format_datetime(at, "HH:mm", locale=reader())


def _words(day: date) -> str:
    return format_date(day, "EEE, d MMM" if reader() == "en_GB" else "EEE, d. MMM", locale=reader())


def _is_midnight(at: datetime) -> bool:
    return (at.hour, at.minute, at.second) == (0, 0, 0)
