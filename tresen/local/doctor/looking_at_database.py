"""The database: does it answer, is it new enough, does it have what we need, is it of this release?"""

from collections.abc import Iterator

from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from tresen.local.doctor.findings import Finding, Fine, Patient, Wrong
from tresen.local.postgres.finding import EXTENSIONS, OLDEST_MAJOR

AS_NUMBER = 10_000


def look_at_database(patient: Patient) -> Iterator[Finding]:
    """Does it answer, and with what?"""
    del patient
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
            number, version = cursor.fetchone()
            cursor.execute("SELECT name FROM pg_available_extensions WHERE name = ANY(%s)", [list(EXTENSIONS)])
            lacking = sorted(set(EXTENSIONS) - {name for (name,) in cursor.fetchall()})
            cursor.execute("SELECT current_setting('server_encoding')")
            (encoding,) = cursor.fetchone()
    except OperationalError as problem:
        said = str(problem).strip().splitlines()[0]
        advice = "Check DATABASE_URL, and that the server runs and lets this machine in."
        yield Wrong(what=f"The database does not answer: {said}.", advice=advice, blocks=True)
        return
    problems = list(_problems(number // AS_NUMBER, version, encoding, lacking))
    yield from problems or [Fine(what=f"Database answers (PostgreSQL {version})")]


def look_at_migrations(patient: Patient) -> Iterator[Finding]:
    """Is the database of this release?"""
    del patient
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    replaced = {name for each in executor.loader.replacements.values() for name in each.replaces}
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.graph.nodes) - replaced
    if missing:
        advice = "Run tresen migrate (tresen serve does it by itself)."
        yield Wrong(what=f"{len(missing)} migrations are not applied yet.", advice=advice, blocks=True)
    elif unknown:
        yield Wrong(
            what=f"The database is of a newer release: it knows {len(unknown)} migrations that this one does not.",
            advice="Run the newer release here too.",
        )
    else:
        yield Fine(what="Database is of this release")


def _problems(major: int, version: str, encoding: str, lacking: list[str]) -> Iterator[Finding]:
    if major < OLDEST_MAJOR:
        advice = f"Move to {OLDEST_MAJOR} or newer."
        yield Wrong(what=f"PostgreSQL {version} is too old.", advice=advice, blocks=True)
    if encoding != "UTF8":
        advice = "Make a new database with ENCODING 'UTF8' and move the data."
        yield Wrong(what=f"The database is encoded in {encoding}.", advice=advice, blocks=True)
    if lacking:
        yield Wrong(
            what=f"The database server lacks the extensions {', '.join(lacking)}.",
            advice="Install them on the server (Debian: apt install postgresql-contrib).",
            blocks=True,
        )
