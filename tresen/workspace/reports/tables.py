"""The report of limits and targets as a table for other programs: a row for each line of each measure, and the sum."""

from collections.abc import Iterator, Sequence

from babel.numbers import get_decimal_symbol
from django.utils.translation import gettext as _

from tresen.reports.exporting import Cell, Table
from tresen.workspace.reports import words
from tresen.workspace.reports.asking import Question
from tresen.workspace.reports.showing import LineShown, PartShown, TableShown
from tresen.workspace.setup.naming import reader


def table_of(question: Question, parts: Sequence[PartShown]) -> Table:
    """All parts, one under the other; the kind of clock stands in each row, and no row adds up two kinds."""
    return Table(
        title=_("What was kept, %(first)s to %(last)s")
        % {"first": question.first.isoformat(), "last": question.last.isoformat()},
        sheet=_("Limits and targets"),
        decimal=get_decimal_symbol(reader()),
        columns=[
            _("Kind"),
            _("Measure"),
            str(words.BY[question.by]),
            _("Kept, per cent"),
            _("Met"),
            _("Provisionally met"),
            _("Missed"),
            _("Waived"),
            _("Struck out"),
            _("Running"),
            _("Corrected"),
            *(_("Hours on the clock, %(share)d of 100") % {"share": share} for share in (50, 90, 95)),
            *(_("Hours of working time, %(share)d of 100") % {"share": share} for share in (50, 90, 95)),
        ],
        rows=[
            (part.title, table.title, *_cells(line, title))
            for part in parts
            for table in part.tables
            for line, title in _lines(table)
        ],
    )


def _lines(table: TableShown) -> Iterator[tuple[LineShown, str]]:
    """Its lines, and all of them together where the screen says that too."""
    yield from ((line, line.title) for line in table.lines)
    if len(table.lines) > 1:
        yield table.total, _("Together")


def _cells(line: LineShown, title: str) -> list[Cell]:
    counts = line.counts
    return [
        title,
        None if counts.share is None else round(counts.share * 100, 2),
        counts.met,
        counts.provisional,
        counts.breached,
        counts.waived,
        counts.void,
        counts.running,
        counts.corrected,
        *line.took,
        *line.worked,
    ]
