"""What a policy promises: per metric an allowed time, the hours in which it counts, and when to warn."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Literal, cast

from django.utils.translation import gettext as _

from tresen.sla.wording import Entries, Phrase, PolicyWrong, Problem, is_number

MOST_MINUTES = 366 * 24 * 60
MOST_WARNINGS = 10


class Metric(StrEnum):
    """What is measured. A next reply answers a customer who wrote again."""

    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    RESOLUTION = "resolution"


ALWAYS: Literal["always"] = "always"
"""Every minute counts."""

COVERAGE: Literal["coverage"] = "coverage"
"""The minutes in which somebody of the ticket's team works count."""

type HoursChoice = Literal["always", "coverage"] | int
"""`ALWAYS`, `COVERAGE` or the id of a timetable (not of a version: the current one counts when a clock starts)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarnAt:
    """When to warn, said in one of two ways: after `percent` of the allowed time, or `minutes_before` its end."""

    percent: int | None = None
    minutes_before: int | None = None

    def used(self, allowed: timedelta) -> timedelta:
        """How much of `allowed` is used up when it is time to warn, counted in the target's own hours."""
        if self.minutes_before is not None:
            return max(timedelta(0), allowed - timedelta(minutes=self.minutes_before))
        return allowed * (self.percent or 0) / 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One promise. `warnings` are in the order in which they come."""

    metric: Metric
    minutes: int
    hours: HoursChoice
    warnings: tuple[WarnAt, ...] = ()

    @property
    def allowed(self) -> timedelta:
        """The allowed time, counted in `hours`."""
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """A policy's promises; None: no own clock for this metric. Parsed ones have the first reply's as next reply's."""

    first_reply: Target | None = None
    next_reply: Target | None = None
    resolution: Target | None = None

    def of(self, metric: Metric) -> Target | None:
        """The target of `metric`."""
        return cast("Target | None", getattr(self, metric))

    @property
    def timetables(self) -> frozenset[int]:
        """The ids of all timetables that these targets count by."""
        hours = (target.hours for metric in Metric if (target := self.of(metric)))
        return frozenset(choice for choice in hours if isinstance(choice, int))


def parse_targets(value: object, *, where: str = "targets") -> Targets:
    """The targets that a JSON object states. Raises `PolicyWrong` with everything that is wrong in it."""
    problems: list[Problem] = []
    targets = read_targets(value, where=where, problems=problems)
    if problems:
        raise PolicyWrong(problems)
    return targets


def read_targets(value: object, *, where: str, problems: list[Problem]) -> Targets:
    """The same, adding what is wrong to `problems`."""
    entries = Entries(value, where=where, known=tuple(Metric), problems=problems)
    first, following, resolution = (_target(entries, metric) for metric in Metric)
    if not problems and not (first or following or resolution):
        problems.append(
            Problem(where, _("A policy needs at least one target: a first reply, a next reply or a resolution."))
        )
    if first and following is None and not entries.has(Metric.NEXT_REPLY):
        following = Target(metric=Metric.NEXT_REPLY, minutes=first.minutes, hours=first.hours, warnings=first.warnings)
    return Targets(first_reply=first, next_reply=following, resolution=resolution)


def as_json(targets: Targets) -> dict[str, object]:
    """What `parse_targets` reads, every target spelled out: the copy that an event keeps."""
    stated: dict[str, object] = {}
    for metric in Metric:
        if target := targets.of(metric):
            warnings = [_warning_json(warning) for warning in target.warnings]
            stated[metric.value] = {"minutes": target.minutes, "hours": target.hours, "warnings": warnings}
    return stated


def described(targets: Targets) -> tuple[Phrase, ...]:
    """One phrase for each target, e.g. "target.first_reply" with minutes and hours."""
    return tuple(
        Phrase(f"target.{metric}", {"minutes": target.minutes, "hours": target.hours})
        for metric in Metric
        if (target := targets.of(metric))
    )


def _target(entries: Entries, metric: Metric) -> Target | None:
    if not entries.has(metric):
        return None
    where = f"{entries.where}.{metric}"
    known = ("minutes", "hours", "warnings")
    fields = Entries(entries.values[metric], where=where, known=known, problems=entries.problems)
    if not fields.is_object:
        return None
    minutes = fields.number("minutes", least=1, most=MOST_MINUTES)
    hours = _hours(fields)
    if not fields.has("minutes"):
        fields.wrong("minutes", _("Say how many minutes are allowed."))
    if minutes is None or hours is None:
        return None
    return Target(metric=metric, minutes=minutes, hours=hours, warnings=_warnings(fields, minutes))


def _hours(fields: Entries) -> HoursChoice | None:
    match fields.values.get("hours"):
        case "always":
            return ALWAYS
        case "coverage":
            return COVERAGE
        case value if is_number(value) and value > 0:
            return value
    fields.wrong(
        "hours", _("This must be “always”, “coverage” (when the ticket's team works) or a timetable's number.")
    )
    return None


def _warnings(fields: Entries, minutes: int) -> tuple[WarnAt, ...]:
    values = fields.values.get("warnings", [])
    if not isinstance(values, list) or len(values) > MOST_WARNINGS:
        fields.wrong("warnings", _("This must be a list of at most %(most)s warnings.") % {"most": MOST_WARNINGS})
        return ()
    read = [_warning(fields, f"warnings.{number}", value, minutes) for number, value in enumerate(values)]
    found = {warning for warning in read if warning}
    allowed = timedelta(minutes=minutes)
    return tuple(sorted(found, key=lambda warning: (warning.used(allowed), warning.percent is None)))


def _warning(fields: Entries, key: str, value: object, minutes: int) -> WarnAt | None:
    entries = Entries(
        value, where=f"{fields.where}.{key}", known=("percent", "minutes_before"), problems=fields.problems
    )
    if len(entries.values) != 1:
        if entries.is_object:
            fields.wrong(key, _("Say either percent or minutes_before."))
        return None
    percent = entries.number("percent", least=1, most=99)
    before = entries.number("minutes_before", least=1, most=MOST_MINUTES)
    if before is not None and before >= minutes:
        sentence = _(
            "A warning %(before)s minutes before the end comes before the target of %(minutes)s minutes starts."
        )
        entries.wrong("minutes_before", sentence % {"before": before, "minutes": minutes})
        return None
    return WarnAt(percent=percent, minutes_before=before) if percent or before else None


def _warning_json(warning: WarnAt) -> dict[str, int]:
    if warning.minutes_before is not None:
        return {"minutes_before": warning.minutes_before}
    return {"percent": warning.percent or 0}
