"""The report of limits and targets as a table for other programs: a row for each line of each measure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tresen.reports.exporting import Cell, Table
from tresen.workspace.reports import words
from tresen.workspace.reports.asking import Question
from tresen.workspace.reports.showing import LineShown, PartShown


def table_of(question: Question, parts: Sequence[PartShown]) -> Table:
    """All parts, one under the other; the kind of clock stands in each row, and no row adds up two kinds."""
    return Table(
        title=_("What was kept, %(first)s to %(last)s")
        % {"first": question.first.isoformat(), "last": question.last.isoformat()},
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
            (part.title, table.title, *_cells(line)) for part in parts for table in part.tables for line in table.lines
        ],
    )


def _cells(line: LineShown) -> list[Cell]:
    counts = line.counts
    return [
        line.title,
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
