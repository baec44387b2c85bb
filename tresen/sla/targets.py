"""What a policy promises: per metric an allowed time, the hours in which it counts, and when to warn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.utils.translation import gettext as _

from tresen.clock.facts import Metric
from tresen.sla.ladders import Ladder, ladder_as_json, read_ladder
from tresen.sla.wording import Entries, Phrase, PolicyWrong, Problem, is_number

LADDER = "ladder"
"""What is done about a missed target: read by `sla.ladders` alone."""

MOST_MINUTES = 366 * 24 * 60


ALWAYS: Literal["always"] = "always"
"""Every minute counts."""

COVERAGE: Literal["coverage"] = "coverage"
"""The minutes in which somebody of the ticket's team works count."""

STORE: Literal["store"] = "store"
"""The hours of the store count: those of its own timetable; without one, as `COVERAGE`."""

type HoursChoice = Literal["always", "coverage", "store"] | int
"""`ALWAYS`, `COVERAGE`, `STORE` or a timetable's id (not a version's: the current one counts when a clock starts)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warnings:
    """After so many percent of a clock's time, and so many minutes before its end, in the clock's own hours."""

    percent: tuple[int, ...] = ()
    before: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.percent or self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One promise: so many minutes, counted in these hours. `warnings` are its own; None: those of its policy."""

    minutes: int
    hours: HoursChoice
    warnings: Warnings | None = None

    @property
    def allowed(self) -> timedelta:
        """The allowed time, counted in `hours`."""
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """A policy's promises; None: no own clock for this metric. Parsed ones have the first reply's as next reply's.

    A clock without warnings of its own warns after `warn_percent` of its time and `warn_before` minutes before its end,
    both counted in the clock's own hours. `ladder` is what is done about a missed one, as `sla.ladders` reads it; None
    where nothing is said about that.
    """

    first_reply: Target | None = None
    next_reply: Target | None = None
    resolution: Target | None = None
    warn_percent: tuple[int, ...] = ()
    warn_before: tuple[int, ...] = ()
    ladder: Ladder | None = None
    """Who is told and what is done then; None: as the standard ladder says."""

    def of(self, metric: Metric) -> Target | None:
        """The target of `metric`."""
        match metric:
            case Metric.FIRST_REPLY:
                return self.first_reply
            case Metric.NEXT_REPLY:
                return self.next_reply
            case Metric.RESOLUTION:
                return self.resolution

    @property
    def given(self) -> dict[Metric, Target]:
        """Those there are."""
        return {metric: target for metric in Metric if (target := self.of(metric))}

    @property
    def by_store(self) -> bool:
        """Whether any of these counts in the store's hours."""
        return any(target.hours == STORE for target in self.given.values())

    @property
    def timetables(self) -> frozenset[int]:
        """The ids of all timetables that these targets count by."""
        return frozenset(target.hours for target in self.given.values() if isinstance(target.hours, int))


def parse_targets(value: object, *, where: str = "targets") -> Targets:
    """The targets that a JSON object states. Raises `PolicyWrong` with everything that is wrong in it."""
    problems: list[Problem] = []
    targets = read_targets(value, where=where, problems=problems)
    if problems:
        raise PolicyWrong(problems)
    return targets


def read_targets(value: object, *, where: str, problems: list[Problem]) -> Targets:
    """The same, adding what is wrong to `problems`."""
    entries = Entries(value, where=where, known=(*Metric, "warn_percent", "warn_before", LADDER), problems=problems)
    first, following, resolution = (_target(entries, metric) for metric in Metric)
    if not any(entries.has(metric) for metric in Metric) and entries.is_object:
        problems.append(
            Problem(where, _("A policy needs at least one target: a first reply, a next reply or a resolution."))
        )
    if not entries.has(Metric.NEXT_REPLY):
        following = first
    warnings = _warnings(entries, "warn_percent", "warn_before")
    targets = Targets(
        first_reply=first,
        next_reply=following,
        resolution=resolution,
        warn_percent=warnings.percent,
        warn_before=warnings.before,
        ladder=_ladder(entries),
    )
    _refuse_early_warnings(entries, targets)
    return targets


def as_json(targets: Targets) -> dict[str, object]:
    """What `parse_targets` reads, every target spelled out."""
    stated: dict[str, object] = {metric.value: _target_as_json(target) for metric, target in targets.given.items()}
    if targets.warn_percent:
        stated["warn_percent"] = list(targets.warn_percent)
    if targets.warn_before:
        stated["warn_before"] = list(targets.warn_before)
    if targets.ladder is not None:
        stated[LADDER] = ladder_as_json(targets.ladder)
    return stated


def _target_as_json(target: Target) -> dict[str, object]:
    stated: dict[str, object] = {"minutes": target.minutes, "hours": target.hours}
    if target.warnings is not None:
        given = {"percent": list(target.warnings.percent), "before": list(target.warnings.before)}
        stated["warnings"] = {key: numbers for key, numbers in given.items() if numbers}
    return stated


def described(targets: Targets) -> tuple[Phrase, ...]:
    """One phrase for each target ("target.first_reply", minutes, hours, warnings of its own), one for the others'."""
    promises = [_described(metric, target) for metric, target in targets.given.items()]
    others = any(target.warnings is None for target in targets.given.values())
    if others and (targets.warn_percent or targets.warn_before):
        warnings = {"percent": targets.warn_percent, "minutes_before": targets.warn_before}
        promises.append(Phrase("target.warnings", warnings))
    return tuple(promises)


def _described(metric: Metric, target: Target) -> Phrase:
    own = target.warnings
    warnings = {} if own is None else {"percent": own.percent, "minutes_before": own.before}
    return Phrase(f"target.{metric}", {"minutes": target.minutes, "hours": target.hours, **warnings})


def _warnings(entries: Entries, percent: str, before: str) -> Warnings:
    return Warnings(
        percent=tuple(sorted(entries.numbers(percent, least=1, most=99))),
        before=tuple(sorted(entries.numbers(before, least=1, most=MOST_MINUTES), reverse=True)),
    )


def _ladder(entries: Entries) -> Ladder | None:
    if not entries.has(LADDER):
        return None
    return read_ladder(entries.values[LADDER], where=f"{entries.where}.{LADDER}", problems=entries.problems)


def _target(entries: Entries, metric: Metric) -> Target | None:
    if not entries.has(metric):
        return None
    where = f"{entries.where}.{metric}"
    known = ("minutes", "hours", "warnings")
    fields = Entries(entries.values[metric], where=where, known=known, problems=entries.problems)
    if not fields.is_object:
        return None
    too_short_or_long = _("At least 1 minute, at most 366 days.")
    minutes = fields.number("minutes", least=1, most=MOST_MINUTES, beyond=too_short_or_long)
    hours = _hours(fields)
    if not fields.has("minutes"):
        fields.wrong("minutes", _("Say how many minutes are allowed."))
    own = _own_warnings(fields, minutes)
    return Target(minutes=minutes, hours=hours, warnings=own) if minutes and hours else None


def _own_warnings(fields: Entries, minutes: int | None) -> Warnings | None:
    if not fields.has("warnings"):
        return None
    where = f"{fields.where}.warnings"
    entries = Entries(fields.values["warnings"], where=where, known=("percent", "before"), problems=fields.problems)
    if not entries.is_object:
        return None
    own = _warnings(entries, "percent", "before")
    if minutes:
        _refuse_early(entries, "before", own.before, minutes)
    return own


def _hours(fields: Entries) -> HoursChoice | None:
    match fields.values.get("hours"):
        case "always":
            return ALWAYS
        case "coverage":
            return COVERAGE
        case "store":
            return STORE
        case value if is_number(value) and value > 0:
            return value
    known = _(
        "This must be “always”, “coverage” (when the ticket's team works), “store” (the store's hours) or a"
        " timetable's number."
    )
    fields.wrong("hours", known)
    return None


def _refuse_early_warnings(entries: Entries, targets: Targets) -> None:
    warned = [target.minutes for target in targets.given.values() if target.warnings is None]
    if warned:
        _refuse_early(entries, "warn_before", targets.warn_before, min(warned))


def _refuse_early(entries: Entries, key: str, before: Sequence[int], minutes: int) -> None:
    if not before or before[0] < minutes:
        return
    sentence = _("A warning %(before)s minutes before the end comes before a target of %(minutes)s minutes has begun.")
    entries.wrong(key, sentence % {"before": before[0], "minutes": minutes})
