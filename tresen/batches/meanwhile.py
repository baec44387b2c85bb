"""Work of the server's while Python has work of its own."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import batched

import psycopg
from django.db import connection

WORTH_IT = 20
"""For fewer rows than this the server is done before it has been told to go on."""

PART = 100
"""So many are reckoned before they are sent, so that the server writes them while the next are reckoned."""


@contextmanager
def server_at_work[T](over: Collection[T]) -> Iterator[Iterator[tuple[T, ...]]]:
    """Let the server work while the body runs, which is given what is to be worked `over` part by part.

    A statement of the body that gives no rows is sent and not waited for; what it fails by is raised at the end. So is
    a row written before that points at a row which is not there: the server checks that meanwhile, too. The commit
    would check it, and Python would wait: a batch's rows point at thousands of others. Who asks for this has written
    every row that others point at. Nothing is copied in the body.
    """
    parts = batched(over, PART)
    if len(over) < WORTH_IT:
        yield parts
        return
    with connection.wrap_database_errors, connection.connection.pipeline():
        cursor = psycopg.Cursor(connection.connection)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield parts
