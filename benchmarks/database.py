"""A PostgreSQL of the benchmarks' own, as durable as a real one, with the product's schema."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tresen.local.postgres import start_ephemeral

# Invented; they protect nothing.
SETTINGS = {
    "TRESEN_SECRET_KEY": "a key for benchmarks that guards nothing at all",
    "TRESEN_VAULT_KEYS": "dGVzdHMtb25seS1uby1zZWNyZXQtMzItYnl0ZXMtbG8=",
    "DJANGO_SETTINGS_MODULE": "tresen.config.settings",
}


@contextmanager
def own_database() -> Iterator[None]:
    """Start a server, bring it to this release, and set Django up on it."""
    server = start_ephemeral(durable=True)
    try:
        os.environ.update(SETTINGS, DATABASE_URL=server.url)
        import django  # noqa: PLC0415 - needs the settings above
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        call_command("migrate", verbosity=0)
        yield
    finally:
        server.stop()


def truncate_all() -> None:
    """Empty every table of ours; sequences go on."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename NOT LIKE 'django%%'"
        )
        cursor.execute(f"TRUNCATE {cursor.fetchone()[0]} CASCADE")
