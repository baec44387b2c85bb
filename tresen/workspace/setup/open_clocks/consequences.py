"""What an edit would do to open clocks, in the agent's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tresen.accounts.scope import Scope
from tresen.sla.duty_sentences import duty_names
from tresen.sla.models import Mode
from tresen.sla.moved import Moved
from tresen.sla.packs import cliff_title
from tresen.sla.previewing import Example, Preview
from tresen.stores.channel_words import limit_title
from tresen.tickets.queries import visible
from tresen.workspace.amounts import whole
from tresen.workspace.setup.policies.phrases import METRICS

TITLES = {
    Mode.KEEP: gettext_lazy("Keep them"),
    Mode.FROM_NOW: gettext_lazy("Count from now"),
    Mode.FROM_START: gettext_lazy("As if from the start"),
}
MEANINGS = {
    Mode.KEEP: gettext_lazy("What runs goes on as it was promised. The change counts for what starts from now on."),
    Mode.FROM_NOW: gettext_lazy(
        "Each open clock gets the whole new time, counted from now on. Where that is less, none is put off."
    ),
    Mode.FROM_START: gettext_lazy(
        "Each open clock counts as if the change had always been there. What would be late by that gets the whole new"
        " time from now on."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to go on, what it means, and what would move."""

    value: str
    title: Any
    meaning: Any
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """A clock that would move: its ticket, what it measures, when it is due now and with each way of counting."""

    ticket: int
    subject: str
    metric: Any
    before: datetime | None
    after: datetime | None


def choices_of(found: Preview) -> list[Choice]:
    """The ways that there are, the gentlest first."""
    return [
        Choice(
            value=mode.value,
            title=TITLES[mode],
            meaning=MEANINGS[mode],
            counts=(_("No open clock moves."),) if mode is Mode.KEEP else tuple(counted(found.moved[mode])),
        )
        for mode in Mode
        if mode is Mode.KEEP or mode in found.moved
    ]


def examples_of(found: Preview, scope: Scope) -> list[tuple[Any, list[Moving]]]:
    """Some tickets for each way that moves any, those that would be due first; only what the agent may see."""
    tickets = {example.ticket for examples in found.examples.values() for example in examples}
    subjects = dict(visible(scope).filter(pk__in=tickets).values_list("pk", "subject"))
    shown = {
        mode: [_moving(example, subjects) for example in examples if example.ticket in subjects]
        for mode, examples in found.examples.items()
    }
    return [(TITLES[mode], examples) for mode, examples in shown.items() if examples]


def taken_of(found: Preview, names: Mapping[int, str], *, new: str) -> dict[int, str]:
    """What comes to each policy and leaves it, in words, by its id; `new` is the name of one that is not saved yet."""
    return {
        policy: _("“%(name)s”: %(change)s") % {"name": names.get(policy, new), "change": change}
        for policy, change in beside_each(found).items()
    }


def _changes(come: int, leave: int) -> Iterator[str]:
    if come:
        yield ngettext("%(count)s open ticket more", "%(count)s open tickets more", come) % {"count": whole(come)}
    if leave:
        yield ngettext("%(count)s open ticket fewer", "%(count)s open tickets fewer", leave) % {"count": whole(leave)}


def beside_each(found: Preview) -> dict[int, str]:
    """The same without the name, to stand beside it."""
    return {policy: " · ".join(_changes(one.come, one.leave)) for policy, one in found.taken.items()}


def counted(moved: Moved) -> Iterator[str]:
    """What moves, one text for each way of moving that there is."""
    if not moved.any:
        yield _("No open clock moves.")
        return
    for count, words in _counts(moved):
        if count:
            yield words % {"count": whole(count)}


def _counts(moved: Moved) -> Iterator[tuple[int, str]]:
    earlier, later, begun, ended, unchanged = moved.earlier, moved.later, moved.begun, moved.ended, moved.unchanged
    yield earlier, ngettext("%(count)s clock is due earlier", "%(count)s clocks are due earlier", earlier)
    yield later, ngettext("%(count)s clock is due later", "%(count)s clocks are due later", later)
    yield begun, ngettext("%(count)s clock begins", "%(count)s clocks begin", begun)
    yield ended, ngettext("%(count)s clock ends without a target", "%(count)s clocks end without a target", ended)
    yield unchanged, ngettext("%(count)s clock stays as it is", "%(count)s clocks stay as they are", unchanged)


def _moving(example: Example, subjects: Mapping[int, str]) -> Moving:
    return Moving(
        ticket=example.ticket,
        subject=subjects[example.ticket],
        metric=_what(example),
        before=example.before,
        after=example.after,
    )


def _what(example: Example) -> Any:
    """What the clock measures, or which limit of the platform it is."""
    measured = METRICS.get(example.metric) or duty_names().get(example.metric)
    return measured or limit_title(cliff_title(example.pack, example.metric))
