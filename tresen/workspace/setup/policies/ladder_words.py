"""A ladder in words: one line for each step, as the list of policies shows it."""

from collections.abc import Iterable, Iterator, Mapping

from tresen.sla.ladders import STANDARD, Ladder, Step
from tresen.sla.sentences import span
from tresen.workspace.setup.policies.ladder_form import MOMENTS, RAISING, REASSIGNING, RUNGS, StepForm


def ladder_in_words(ladder: Ladder | None, *, teams: Mapping[int, str]) -> tuple[str, ...]:
    """Who is told when, and what else is done, step by step; the standard ladder where a policy has none of its own."""
    return tuple(_in_words(step, teams) for step in (STANDARD if ladder is None else ladder))


def _in_words(step: Step, teams: Mapping[int, str]) -> str:
    when = str(dict(MOMENTS)[step.when.value])
    later = f" + {span(step.after)}" if step.minutes else ""
    return f"{when}{later}: {' · '.join([', '.join(_told(step)), *_done(step, teams)]).removeprefix(' · ')}"


def _told(step: Step) -> Iterable[str]:
    return (str(title) for rung, title in RUNGS if rung in {each.value for each in step.notify})


def _done(step: Step, teams: Mapping[int, str]) -> Iterator[str]:
    labels = {name: str(field.label) for name, field in StepForm.base_fields.items()}
    if step.reassign:
        yield f"{labels['reassign']} {dict(REASSIGNING)[step.reassign.value]}"
    if step.tier is not None:
        yield f"{labels['tier']} {dict(RAISING)[str(step.tier)]}"
    if step.team is not None:
        yield f"{labels['team']}: {teams.get(step.team, f'#{step.team}')}"
