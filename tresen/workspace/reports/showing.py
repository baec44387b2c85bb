"""A report, ready to be drawn: its tables line by line, each number with the address of what it counts."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from tresen.accounts.scope import Scope
from tresen.reports.attainment import Counts, Figures, Line, Measure, Report, attainment
from tresen.reports.counted import Which
from tresen.workspace.reports import words
from tresen.workspace.reports.asking import OVER_TIME, Question

SHARES = (0.5, 0.9, 0.95)
KIND_ORDER = ("platform", "own", "resolution", "case", "promise", "legal")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """One line of a table. `where` is what a link must say besides its outcome."""

    title: str
    where: str
    counts: Counts
    took: tuple[timedelta | None, ...]
    worked: tuple[timedelta | None, ...]

    def link(self, which: str) -> str:
        """The address, behind the list's, of the clocks that a number counts."""
        return f"{self.where}&which={which}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShown:
    """One measure: its lines and, where there are several, all of them together. `timed`: answers took time."""

    title: str
    timed: bool
    lines: tuple[LineShown, ...]
    total: LineShown


@dataclass(frozen=True, slots=True, kw_only=True)
class PartShown:
    """One kind of clock: the platforms' limits, our own targets."""

    kind: str
    title: str
    tables: tuple[TableShown, ...]


def shown(question: Question, *, scope: Scope) -> list[PartShown]:
    """The whole report; a part for each kind of clock, so that no figure mixes two."""
    report = found(question, scope=scope)
    titles = titles_of(question, report)
    kinds = sorted({measure.kind for measure in report}, key=_place)
    return [
        PartShown(
            kind=kind,
            title=words.kind_title(kind),
            tables=tuple(_table(question, measure, report, titles) for measure in _measures(report, kind)),
        )
        for kind in kinds
    ]


def found(question: Question, *, scope: Scope) -> Report:
    """The figures that the question asks for."""
    begins = [step.since for step in question.steps]
    return attainment(question.slice, by=question.by, scope=scope, begins=begins)


def titles_of(question: Question, report: Report) -> dict[Line, str]:
    """What the lines are called, in the order they stand in: time in its order, all else by name."""
    lines = {line for figures in report.values() for line in figures}
    if question.by in OVER_TIME:
        lines = set(range(1, len(question.steps) + 1))
    titles = words.line_titles(question.by, lines, question.steps)
    ordered = sorted(titles) if question.by in OVER_TIME else sorted(titles, key=lambda line: titles[line].casefold())
    return {line: titles[line] for line in ordered}


def _measures(report: Report, kind: str) -> list[Measure]:
    return [measure for measure in report if measure.kind == kind]


def _table(question: Question, measure: Measure, report: Report, titles: dict[Line, str]) -> TableShown:
    figures = report[measure]
    lines = [
        _line(question, measure, titles[line], figures.get(line, Figures()), question.narrowed(line))
        for line in titles
        if line in figures or question.by in OVER_TIME
    ]
    return TableShown(
        title=words.measure_title(measure),
        timed=measure.kind != "platform",
        lines=tuple(lines),
        total=_line(question, measure, "", sum(figures.values(), Figures()), {}),
    )


def _line(question: Question, measure: Measure, title: str, figures: Figures, narrowed: dict[str, object]) -> LineShown:
    said = {"kind": measure.kind, "metric": measure.metric, "of": measure.channel}
    return LineShown(
        title=title,
        where=f"{question.address(**narrowed)}&{urlencode(said)}",
        counts=figures.counts,
        took=tuple(figures.took.quantile(share) for share in SHARES),
        worked=tuple(figures.worked.quantile(share) for share in SHARES),
    )


def _place(kind: str) -> tuple[int, str]:
    return KIND_ORDER.index(kind) if kind in KIND_ORDER else len(KIND_ORDER), kind


WHICH = (Which.MET, Which.BREACHED, Which.WAIVED, Which.VOID, Which.RUNNING)
"""The columns of a table, in order."""
