"""The ladder of a policy as rows of a form; a row that does nothing is left out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tresen.sla.ladders import MOST_MINUTES, MOST_STEPS, STANDARD, Ladder, Moment, Reassign, Rung, Step, ladder_as_json

MOMENTS = [
    (Moment.WARNING.value, _("At a warning")),
    (Moment.ACT_BY_PASSED.value, _("When nobody works any more before it is due")),
    (Moment.BREACHED.value, _("When the limit is missed")),
]
RUNGS = [
    (Rung.ASSIGNEE.value, _("who answers for it")),
    (Rung.LEAD.value, _("the team’s leads")),
    (Rung.ADMIN.value, _("the admins")),
    (Rung.ON_CALL.value, _("who is on call, and the on-call address")),
]
REASSIGNING = [
    ("", _("stays where it is")),
    (Reassign.LEAD.value, _("goes to the lead")),
    (Reassign.AVAILABLE.value, _("goes to who is there and can do it")),
]
RAISING = [("", _("stays as it is")), ("1", _("rises to 1")), ("0", _("rises to 0"))]
SPARE_ROWS = 2


class StepForm(forms.Form):
    """One step: when, how much later, whom it tells, and what else it does."""

    when = forms.ChoiceField(label=_("When?"), choices=MOMENTS)
    minutes = forms.IntegerField(
        label=_("Minutes later, if still unanswered"), required=False, min_value=0, max_value=MOST_MINUTES
    )
    notify = forms.MultipleChoiceField(
        label=_("Tell"), choices=RUNGS, required=False, widget=forms.CheckboxSelectMultiple
    )
    reassign = forms.ChoiceField(label=_("The ticket"), choices=REASSIGNING, required=False)
    tier = forms.ChoiceField(label=_("The risk tier"), choices=RAISING, required=False)
    team = forms.TypedChoiceField(label=_("The team"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, *, prefix: str, step: Step | None, teams: Sequence[tuple[int, str]]) -> None:
        super().__init__(data, prefix=prefix, initial=_initial(step))
        field = self.fields["team"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("stays the same")), *teams]

    @property
    def says_nothing(self) -> bool:
        """Whether nothing is filled in that would make a step of it, and nothing is wrong."""
        does = any(self[name].value() for name in ("minutes", "notify", "reassign", "tier", "team"))
        return not does and not self.errors

    def step(self) -> Step | None:
        """What the row says; None where it does nothing."""
        given: Mapping[str, Any] = self.cleaned_data
        step = Step(
            when=Moment(given["when"]),
            minutes=given["minutes"] or 0,
            notify=tuple(Rung(rung) for rung in given["notify"]),
            reassign=Reassign(given["reassign"]) if given["reassign"] else None,
            tier=int(given["tier"]) if given["tier"] else None,
            team=given["team"],
        )
        return step if step.notify or step.reassign or step.tier is not None or step.team else None


class LadderForm:
    """All rows: those of the ladder in force, and some to fill in."""

    def __init__(self, data: Any, *, ladder: Ladder | None, teams: Sequence[tuple[int, str]] = ()) -> None:
        self.bound = data is not None
        in_force = STANDARD if ladder is None else ladder
        count = self._given(data) if self.bound else min(len(in_force) + SPARE_ROWS, MOST_STEPS)
        self.unchanged = ladder
        self.rows = [
            StepForm(data, prefix=f"step-{place}", step=_at(in_force, place), teams=teams) for place in range(count)
        ]

    @property
    def wrong(self) -> bool:
        """Whether some row could not be read."""
        return self.bound and not all(row.is_valid() for row in self.rows)

    def stated(self) -> dict[str, object]:
        """As tresen/sla/targets.py reads it; nothing where it is the standard ladder."""
        if not self.rows:  # a page that showed no ladder changes none
            return {} if self.unchanged is None else {"ladder": ladder_as_json(self.unchanged)}
        ladder = tuple(self._steps())
        return {} if ladder == STANDARD else {"ladder": ladder_as_json(ladder)}

    def _steps(self) -> Iterator[Step]:
        for row in self.rows:
            step = row.step() if row.is_valid() else None
            if step is not None:
                yield step

    @staticmethod
    def _given(data: Any) -> int:
        return sum(f"step-{place}-when" in data for place in range(MOST_STEPS))


def _initial(step: Step | None) -> dict[str, object]:
    if step is None:
        return {"when": Moment.BREACHED.value}
    return {
        "when": step.when.value,
        "minutes": step.minutes or None,
        "notify": [rung.value for rung in step.notify],
        "reassign": step.reassign.value if step.reassign else "",
        "tier": "" if step.tier is None else str(step.tier),
        "team": step.team or "",
    }


def _at(ladder: Ladder, place: int) -> Step | None:
    return ladder[place] if place < len(ladder) else None
