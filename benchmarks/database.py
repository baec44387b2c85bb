"""A PostgreSQL of the benchmarks' own with the product's schema, and copies of its databases."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from tresen.batches.garbage import collect_rarely
from tresen.local.postgres import start_ephemeral

# Invented; they protect nothing.
SETTINGS = {
    "TRESEN_SECRET_KEY": "a key for benchmarks that guards nothing at all",
    "TRESEN_VAULT_KEYS": "dGVzdHMtb25seS1uby1zZWNyZXQtMzItYnl0ZXMtbG8=",
    "DJANGO_SETTINGS_MODULE": "tresen.config.settings",
}


@contextmanager
def own_database() -> Iterator[None]:
    """Start a server as durable as a real one, bring it to this release, and set Django up on it."""
    server = start_ephemeral(durable=True)
    try:
        os.environ.update(SETTINGS, DATABASE_URL=server.url)
        import django  # noqa: PLC0415 - needs the settings above
        from django.core.management import call_command  # noqa: PLC0415 - same

        django.setup()
        call_command("migrate", verbosity=0)
        collect_rarely()  # as the worker does when it starts
        yield
    finally:
        server.stop()


def copied(name: str, new: str) -> str:
    """A copy of a database; nobody may be connected to the original. Gives the copy's name."""
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    connection.close()
    with server_connection("postgres") as server:
        server.autocommit = True
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(new), sql.Identifier(name)))
    return new


def server_connection(name: str) -> psycopg.Connection:
    """A connection without Django to a database of this server."""
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    given = connection.get_connection_params()
    return psycopg.connect(**{key: given[key] for key in ("host", "port", "user") if given.get(key)}, dbname=name)


@contextmanager
def using(name: str) -> Iterator[None]:
    """Let Django ask another database of this server while this lasts."""
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
