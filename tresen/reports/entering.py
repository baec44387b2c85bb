"""The platforms' own figures: entered by hand, or many at once from a table that the platform exports."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from django.db import transaction

from tresen.accounts.actors import Actor, ActorKind
from tresen.reports.models import PlatformFigure

COLUMNS = ("store", "measure", "date", "value")
MOST_ROWS = 10_000
GREATEST = Decimal(100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One figure of a platform: per cent, or hours for an average."""

    store: int
    measure: str
    as_of: date
    value: Decimal


class TableWrong(ValueError):
    """A table of figures that cannot be taken; `lines` says where (0: all of it) and what is wrong."""

    def __init__(self, lines: Sequence[tuple[int, str]]) -> None:
        super().__init__(f"{len(lines)} lines cannot be read")
        self.lines = lines


@transaction.atomic
def enter_figures(figures: Sequence[Given], *, by: Actor, at: datetime) -> None:
    """Keep what the platforms said. Nothing is overwritten: of one day, the row entered last counts."""
    PlatformFigure.objects.bulk_create(
        PlatformFigure(
            store_id=one.store,
            measure=one.measure,
            as_of=one.as_of,
            value=one.value,
            entered_at=at,
            entered_by_id=by.id if by.kind is ActorKind.AGENT else None,
        )
        for one in figures
    )


def read_table(text: str, *, known: Mapping[str, Mapping[str, int]], today: date) -> list[Given]:
    """The figures of a table: CSV with the columns store, measure, date (2026-11-22) and value.

    `known` are the stores that may be named, each with its measures and its id. All or none: raises TableWrong.
    """
    # However lines end: Excel for Mac ends them otherwise.
    written = io.StringIO(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"), newline=None)
    lines = csv.DictReader(written, dialect=_dialect(text))
    try:
        return _figures(lines, known, today)
    except csv.Error as broken:
        raise TableWrong([(lines.line_num, "line")]) from broken


def _figures(lines: csv.DictReader[str], known: Mapping[str, Mapping[str, int]], today: date) -> list[Given]:
    if not set(COLUMNS) <= set(lines.fieldnames or ()):
        raise TableWrong([(0, "columns")])
    figures: list[Given] = []
    wrong: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=2):
        if number > MOST_ROWS:
            raise TableWrong([(0, "too_long")])
        found = _figure(line, known, today)
        if isinstance(found, str):
            wrong.append((number, found))
        else:
            figures.append(found)
    if wrong:
        raise TableWrong(wrong)
    return figures


def _dialect(text: str) -> type[csv.Dialect]:
    class Separated(csv.excel):
        delimiter = ";" if any(";" in line for line in text.splitlines()[:1]) else ","

    return Separated


def has_come(day: date, today: date) -> bool:
    """Whether there can be a figure of this day: somewhere it may be a day later than here."""
    return day <= today + timedelta(days=1)


def _figure(line: Mapping[str, str | None], known: Mapping[str, Mapping[str, int]], today: date) -> Given | str:
    store, measure = (line["store"] or "").strip(), (line["measure"] or "").strip()
    if store not in known:
        return "store"
    if measure not in known[store]:
        return "measure"
    value = value_of(line["value"] or "")
    try:
        as_of = date.fromisoformat((line["date"] or "").strip())
    except ValueError:
        return "date"
    if not has_come(as_of, today):
        return "future"
    return "value" if value is None else Given(store=known[store][measure], measure=measure, as_of=as_of, value=value)


def value_of(written: str) -> Decimal | None:
    """The number that somebody wrote, with a decimal point or comma, a per cent sign or none; None for no number."""
    try:
        value = Decimal(written.strip().removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return round(value, 2) if value.is_finite() and 0 <= value < GREATEST else None
