"""The ladder of a policy: who is told and what is done when a limit comes near, passes, and stays passed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from tresen.clock.alarms import NoticeKind
from tresen.sla.wording import Entries, Problem

MOST_STEPS = 12
MOST_MINUTES = 14 * 24 * 60
TIERS = (0, 1)
"""The risk tiers that a step can raise a ticket to."""


class Moment(StrEnum):
    """What a step follows. The words are those of what falls due."""

    WARNING = NoticeKind.WARNING.value
    ACT_BY_PASSED = NoticeKind.ACT_BY_PASSED.value
    BREACHED = NoticeKind.BREACHED.value


class Rung(StrEnum):
    """Who can be told: who answers for the ticket, the team's leads, the admins, the on-call address."""

    ASSIGNEE = "assignee"
    LEAD = "lead"
    ADMIN = "admin"
    ON_CALL = "on_call"


class Reassign(StrEnum):
    """Who takes the ticket over."""

    LEAD = "lead"
    AVAILABLE = "available"
    """Who is at work now, answers in its language and has the least to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: `minutes` after the moment, counted in the recipients' working time, if it is still unanswered."""

    when: Moment
    minutes: int = 0
    notify: tuple[Rung, ...] = ()
    reassign: Reassign | None = None
    tier: int | None = None
    team: int | None = None

    @property
    def after(self) -> timedelta:
        """How long after its moment it is taken."""
        return timedelta(minutes=self.minutes)


type Ladder = tuple[Step, ...]

STANDARD: Ladder = (
    Step(when=Moment.WARNING, notify=(Rung.ASSIGNEE,)),
    Step(when=Moment.ACT_BY_PASSED, notify=(Rung.ASSIGNEE,)),
    Step(when=Moment.BREACHED, notify=(Rung.ASSIGNEE, Rung.LEAD)),
    Step(when=Moment.BREACHED, minutes=60, notify=(Rung.ADMIN,)),
    Step(when=Moment.BREACHED, minutes=240, notify=(Rung.ON_CALL,)),
)
"""What counts where a policy says nothing of its own, and what a new installation begins with."""


def ladder_in(targets: Mapping[str, Any]) -> Ladder:
    """The ladder that a version's stored targets name; the standard one where they name none."""
    stated = targets.get("ladder")
    return STANDARD if stated is None else tuple(step_from(step) for step in stated)


def step_from(stated: Mapping[str, Any]) -> Step:
    """The step that was stored so."""
    return Step(
        when=Moment(stated["when"]),
        minutes=stated.get("minutes", 0),
        notify=tuple(Rung(rung) for rung in stated.get("notify", ())),
        reassign=Reassign(stated["reassign"]) if "reassign" in stated else None,
        tier=stated.get("tier"),
        team=stated.get("team"),
    )


def ladder_as_json(ladder: Sequence[Step]) -> list[dict[str, object]]:
    """What `ladder_in` and `read_ladder` read."""
    return [step_as_json(step) for step in ladder]


def step_as_json(step: Step) -> dict[str, object]:
    """What `step_from` reads."""
    stated: dict[str, object] = {"when": step.when.value}
    if step.minutes:
        stated["minutes"] = step.minutes
    if step.notify:
        stated["notify"] = [rung.value for rung in step.notify]
    if step.reassign:
        stated["reassign"] = step.reassign.value
    if step.tier is not None:
        stated["tier"] = step.tier
    if step.team is not None:
        stated["team"] = step.team
    return stated


def read_ladder(value: object, *, where: str, problems: list[Problem]) -> Ladder | None:
    """The ladder that a JSON list states, an empty one meaning that nothing happens; None where it is wrong."""
    if not isinstance(value, list) or len(value) > MOST_STEPS:
        sentence = _("A ladder is a list of at most %(most)s steps.") % {"most": MOST_STEPS}
        problems.append(Problem(where, sentence))
        return None
    steps = [_read_step(step, where=f"{where}.{place}", problems=problems) for place, step in enumerate(value)]
    return tuple(step for step in steps if step is not None)


def _read_step(value: object, *, where: str, problems: list[Problem]) -> Step | None:
    known = ("when", "minutes", "notify", "reassign", "tier", "team")
    entries = Entries(value, where=where, known=known, problems=problems)
    found = len(problems)
    if not entries.is_object:
        return None
    when = _one_of(entries, "when", Moment)
    step = Step(
        when=Moment(when or Moment.BREACHED),
        minutes=entries.number("minutes", least=0, most=MOST_MINUTES) or 0,
        notify=tuple(rung for rung in Rung if rung in entries.texts("notify", among=tuple(Rung))),
        reassign=Reassign(chosen) if (chosen := _one_of(entries, "reassign", Reassign)) else None,
        tier=entries.number("tier", least=min(TIERS), most=max(TIERS)),
        team=entries.number("team", least=1, most=2**31),
    )
    if when is None and not entries.has("when"):
        entries.wrong("when", _("Say what the step follows: a warning, the last staffed minute or the missed limit."))
    if not (step.notify or step.reassign or step.tier is not None or step.team):
        entries.wrong("notify", _("A step must do something: tell somebody, reassign, raise the tier or move."))
    return step if len(problems) == found else None


def _one_of(entries: Entries, key: str, among: type[StrEnum]) -> str | None:
    if not entries.has(key):
        return None
    value = entries.values[key]
    if isinstance(value, str) and value in tuple(among):
        return value
    entries.wrong(key, _("This must be one of: %(known)s.") % {"known": ", ".join(among)})
    return None
