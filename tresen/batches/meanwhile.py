"""Work of the server's while Python has work of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

WORTH_IT = 20
"""Fewer rows than this are checked at the commit, in less time than asking for it takes."""


@contextmanager
def references_checked(*, rows: int) -> Iterator[None]:
    """Let the server check, while the body runs, that all rows written so far point at rows that exist.

    The commit would check it, and Python would wait: a batch's rows point at thousands of others. The body computes;
    a statement of its would wait for the checks. Who asks for this has written every row that others point at.
    """
    if rows < WORTH_IT:
        yield
        return
    with connection.wrap_database_errors, connection.connection.pipeline():
        cursor = psycopg.Cursor(connection.connection)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield
