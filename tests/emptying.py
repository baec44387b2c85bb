"""Empties the database after a test that committed: only what is filled, so that it takes milliseconds.

Django's own flush truncates a hundred tables and writes its permissions anew: a fifth of all the time the tests took.
Where much lies, or the server's user may not do this, it is still Django's.
"""

from collections.abc import Callable

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase

KEPT = frozenset({"django_migrations", "django_content_type", "auth_permission"})
"""What a migrated database has before any test."""
MUCH = 4 * 1024 * 1024
"""Bytes; deleting more row by row would leave more behind than it saves."""

_django_empties = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def _empties(case: TransactionTestCase) -> None:
    if not all(empty(name) for name in case._databases_names(include_mirrors=False)):  # type: ignore[attr-defined]
        _django_empties(case)


def use() -> Callable[[], None]:
    """From now on; gives what takes it back."""
    TransactionTestCase._fixture_teardown = _empties  # type: ignore[attr-defined]

    def back() -> None:
        TransactionTestCase._fixture_teardown = _django_empties  # type: ignore[attr-defined]

    return back


def empty(database: str) -> bool:
    """Delete every row that a test left. False where this is not the way."""
    with transaction.atomic(using=database), connections[database].cursor() as cursor:
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        (superuser,) = cursor.fetchone()
        filled = _filled(cursor)
        if not superuser or _bytes_of(cursor, filled) > MUCH:
            return False
        # Neither triggers nor foreign keys are asked: all rows go.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in filled:
            cursor.execute(f'DELETE FROM "{table}"')
    return True


def _filled(cursor: CursorWrapper) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    tables = [name for (name,) in cursor.fetchall() if name not in KEPT]
    cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables))
    return [name for (name,) in cursor.fetchall()]


def _bytes_of(cursor: CursorWrapper, tables: list[str]) -> int:
    cursor.execute("SELECT coalesce(sum(pg_table_size(name::regclass)), 0) FROM unnest(%s) AS name", [tables])
    (size,) = cursor.fetchone()
    return int(size)
