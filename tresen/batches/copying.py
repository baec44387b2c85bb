"""Rows that are certainly new, appended by COPY: the shortest way into a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from psycopg.types.json import Jsonb

from tresen.batches.cursors import batch_cursor


@dataclass(frozen=True, slots=True)
class Target:
    """A table, and those of its columns that are given, in order, with their types' short names ("int8", "text")."""

    table: str
    columns: Mapping[str, str]

    @property
    def statement(self) -> str:
        """The COPY that takes rows of these columns."""
        names = ", ".join(f'"{name}"' for name in self.columns)
        return f"COPY {self.table} ({names}) FROM STDIN (FORMAT BINARY)"


def append(target: Target, rows: Iterable[Sequence[object]]) -> None:
    """Append these rows; each value must be of its column's type, as nothing is cast. JSON goes in as `json_text`."""
    if not rows:
        return
    with batch_cursor() as cursor, connection.wrap_database_errors, cursor.copy(target.statement) as copy:
        copy.set_types(list(target.columns.values()))
        for row in rows:
            copy.write_row(row)


def json_text(text: str) -> Jsonb:
    """JSON that is text already."""
    return Jsonb(text, dumps=str)
