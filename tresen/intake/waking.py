"""Waking the sweeps of every worker when this transaction commits."""

from django.db import connection


def wake(channel: str) -> None:
    """There is something to do for those who listen on this NOTIFY channel."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [channel])
