"""In whose hours a target counts: which timetable, in which version, and the on-call list where that counts too."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tresen.clock.clocks import Clock
from tresen.clock.explaining import Step
from tresen.sla.applying import is_of_store, on_call_in, version_in
from tresen.sla.models import PolicyVersion
from tresen.sla.targets import COVERAGE, STORE, HoursChoice, parse_targets
from tresen.staffing.models import TimetableVersion

type Chosen = Mapping[tuple[int, str], HoursChoice]
"""The hours that policies ask for, by their version and a metric."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedHours:
    """One version of a timetable. `in_use`: the timetable's id, as long as it is not retired."""

    name: str
    version: int
    in_use: int | None


def named_hours(keys: Collection[str]) -> dict[str, NamedHours]:
    """The timetables that these keys of an event's hours name. One query."""
    versions = {key: version for key in keys if (version := version_in(key)) is not None}
    rows = TimetableVersion.objects.filter(pk__in=set(versions.values())).select_related("timetable")
    named = {
        row.pk: NamedHours(
            name=row.timetable.name,
            version=row.number,
            in_use=None if row.timetable.retired_at else row.timetable_id,
        )
        for row in rows
    }
    return {key: named[version] for key, version in versions.items() if version in named}


def hours_chosen(policies: Collection[PolicyVersion]) -> Chosen:
    """What these versions of policies ask for: a timetable frozen into an event does not tell whose it was."""
    return {
        (version.pk, metric.value): target.hours
        for version in policies
        for metric, target in parse_targets(version.targets).given.items()
    }


def hours_steps(clock: Clock, hours: NamedHours, chosen: Chosen) -> Iterator[Step]:
    """What an explanation says of them behind its `target`: `hours`, `on_call_hours` where that list counts besides."""
    asked = chosen.get((clock.policy_version or 0, clock.metric))
    yield Step(key="hours", params={"of": _owner(clock.hours, asked), "name": hours.name, "version": hours.version})
    if on_call_in(clock.hours) is not None:
        yield Step(key="on_call_hours")


def _owner(key: str, asked: HoursChoice | None) -> str:
    if is_of_store(key):
        return "store"
    if asked == STORE:
        return "team_for_store"
    return "team" if asked == COVERAGE or on_call_in(key) is not None else "timetable"


def hours_sentence(step: Step) -> str:
    """Such a step as a sentence, in the active language."""
    if step.key == "on_call_hours":
        return _("Counts also while somebody is on call: by the on-call list as it was when this target was applied.")
    return _COUNTS[str(step.params["of"])]() % step.params


_COUNTS: Mapping[str, Callable[[], str]] = {
    "timetable": lambda: _("Counts in the hours of “%(name)s”, version %(version)s."),
    "store": lambda: _("Counts in the store’s hours: “%(name)s”, version %(version)s."),
    "team": lambda: _("Counts while the team works: in the hours of “%(name)s”, version %(version)s."),
    "team_for_store": lambda: _(
        "The store has no hours of its own, so it counts while the team works: in the hours of “%(name)s”, version"
        " %(version)s."
    ),
}
