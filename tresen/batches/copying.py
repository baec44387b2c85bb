"""Rows that are certainly new, appended by COPY: the shortest way into a table."""

from collections.abc import Mapping, Sequence
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
    def names(self) -> str:
        """The columns as a statement lists them."""
        return ", ".join(f'"{name}"' for name in self.columns)

    @property
    def arrays(self) -> str:
        """Rows of these columns in a statement that says more than that they are new; given as `columns_of(rows)`."""
        return f"unnest({', '.join(f'%b::{kind}[]' for kind in self.columns.values())})"


def append(target: Target, rows: Sequence[Sequence[object]]) -> None:
    """Append these rows; each value must be of its column's type, as nothing is cast. JSON goes in as `json_text`."""
    if not rows:
        return
    copying = f"COPY {target.table} ({target.names}) FROM STDIN (FORMAT BINARY)"
    with batch_cursor() as cursor, connection.wrap_database_errors, cursor.copy(copying) as copy:
        copy.set_types(list(target.columns.values()))
        for row in rows:
            copy.write_row(row)


def json_text(text: str) -> Jsonb:
    """JSON that is text already."""
    return Jsonb(text, dumps=str)
