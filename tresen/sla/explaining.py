"""Every due time explains itself, line by line: the same text on the ticket, in the API and in tests."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from tresen.clock.clocks import Clock
from tresen.clock.explaining import Param, Step, explain
from tresen.sla.keeping import Kept, kept_of
from tresen.sla.models import PolicyVersion, StoreRules
from tresen.sla.packs import cliff_title
from tresen.sla.sentences import Names, Override, metric_words, override_of, sentence_of
from tresen.sla.target_hours import hours_chosen, hours_sentence, hours_steps, named_hours
from tresen.stores.channel_words import limit_title


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedStep:
    """One step: its key, what it names, the sentence.

    `params` is as `clock.explaining` gives it; a policy with its name too, a store's own rule with `changed_by`,
    `changed_at` and `reason`. `timetable`: the id of the one it names, where that is in use.
    """

    key: str
    params: Mapping[str, Param]
    sentence: str
    timetable: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedClock:
    """A clock and why it says what it says. `title` names what is measured."""

    key: str
    kind: str
    metric: str
    title: str
    conversation: int | None
    outcome: str
    started_at: datetime
    due: datetime | None
    met_at: datetime | None
    breached_at: datetime | None
    waived_at: datetime | None
    steps: tuple[ExplainedStep, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The sentences alone."""
        return tuple(step.sentence for step in self.steps)

    @property
    def overridden(self) -> bool:
        """Whether the store's own rule counts in place of its platform's."""
        return any("changed_at" in step.params for step in self.steps)


def explained(
    ticket_id: int, *, at: datetime, moment: Callable[[datetime], str], day: Callable[[date], str], received_by: str
) -> list[ExplainedClock]:
    """All clocks of a ticket as they stand at `at`, the oldest first, in the active language.

    `moment` and `day` write times for the reader; `received_by` is who stamped the arrival. The caller has shown that
    the agent may see the ticket.
    """
    kept = kept_of([ticket_id], at=at)[ticket_id]
    names = _names(kept, moment, day, received_by)
    return [_explained(clock, kept, names) for clock in kept.state.clocks]


def _explained(clock: Clock, kept: Kept, names: Names) -> ExplainedClock:
    return ExplainedClock(
        key=clock.key,
        kind=clock.kind.value,
        metric=clock.metric,
        title=metric_words(clock.metric, names),
        conversation=clock.conversation,
        outcome=clock.outcome.value,
        started_at=clock.started_at,
        due=clock.due,
        met_at=clock.met_at,
        breached_at=clock.breached_at,
        waived_at=clock.waived_at,
        steps=tuple(said for step in _steps(clock, kept) for said in _said(step, clock, names)),
    )


def _steps(clock: Clock, kept: Kept) -> tuple[Step, ...]:
    return explain(clock, kept.state, kept.rules.coverage, team=kept.rules.team)


def _said(step: Step, clock: Clock, names: Names) -> Iterator[ExplainedStep]:
    yield _step(step, names)
    if step.key == "target" and (hours := names.hours.get(clock.hours)):
        for more in hours_steps(clock, hours, names.chosen):
            named = hours.in_use if more.key == "hours" else None
            yield ExplainedStep(key=more.key, params=more.params, sentence=hours_sentence(more), timetable=named)


def _step(step: Step, names: Names) -> ExplainedStep:
    version = step.params.get("version")
    called: dict[str, Param] = {}
    if isinstance(version, int) and version in names.policies:
        called = {"name": names.policies[version]}
    if (said := names.overrides.get(override_of(step))) is not None:
        called = {"changed_by": said.by, "changed_at": said.at, "reason": said.reason}
    return ExplainedStep(key=step.key, params={**step.params, **called}, sentence=sentence_of(step, names))


def _names(kept: Kept, moment: Callable[[datetime], str], day: Callable[[date], str], received_by: str) -> Names:
    clocks = kept.state.clocks
    policies = _policies({clock.policy_version for clock in clocks if clock.policy_version is not None})
    cliffs = {clock.metric: limit_title(cliff_title(clock.pack, clock.metric)) for clock in clocks if clock.pack}
    return Names(
        moment=moment,
        day=day,
        policies={version.pk: _policy_named(version) for version in policies},
        chosen=hours_chosen(policies),
        hours=named_hours({clock.hours for clock in clocks}),
        cliffs=cliffs,
        received_by=received_by,
        overrides=_overrides({number for clock in clocks if (number := clock.pack.partition(" +")[2])}),
    )


def _overrides(numbers: Collection[str]) -> dict[str, Override]:
    if not numbers:
        return {}
    rows = StoreRules.objects.filter(pk__in=[int(number) for number in numbers]).select_related("created_by")
    return {
        str(row.pk): Override(by=row.created_by.name if row.created_by else "", at=row.created_at, reason=row.reason)
        for row in rows
    }


def _policies(versions: Collection[int]) -> list[PolicyVersion]:
    return list(PolicyVersion.objects.filter(pk__in=versions).select_related("policy"))


def _policy_named(version: PolicyVersion) -> str:
    said = {"position": version.policy.position, "name": version.policy.name, "number": version.number}
    return _("%(position)s “%(name)s” version %(number)s") % said
