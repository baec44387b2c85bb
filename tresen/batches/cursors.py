"""Statements over whole batches, on Django's connection and in its transaction.

Django's own cursor writes every value into the statement's text: for the arrays of a batch that costs more than what
the server does with them. Here values travel beside the statement, arrays in PostgreSQL's binary format where the
statement says `%b`, and a statement used often is prepared (unless a pooler stands between). Errors are Django's.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg.pq import Format

from tresen.batches.arrays import ArrayDumper


@contextmanager
def batch_cursor() -> Iterator[CursorWrapper]:
    """A cursor whose parameters the server binds. Arrays: `%b::bigint[]`, given as lists."""
    with connection.cursor() as cursor:
        bound_by_server = psycopg.Cursor(connection.connection)
        bound_by_server.format = Format.BINARY
        bound_by_server.adapters.register_dumper(list, ArrayDumper)
        cursor.cursor = bound_by_server
        yield cursor


def columns_of(rows: Iterable[Sequence[object]]) -> list[list[object]]:
    """Rows turned into the arrays that `unnest` makes rows of again."""
    return [list(column) for column in zip(*rows, strict=True)]
