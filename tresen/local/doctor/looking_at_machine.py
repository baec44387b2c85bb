"""Python, PostgreSQL's programs, the folder for data, and the room on its disk."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tresen.local.doctor.findings import Finding, Fine, Patient, Wrong
from tresen.local.postgres import PostgresMissing, find_binaries, missing_extensions
from tresen.local.postgres.account import account_for_server, reachable
from tresen.local.postgres.layout import layout_of

OLDEST_PYTHON = (3, 12)
GIGABYTE = 1024**3
LEAST_ROOM = 2 * GIGABYTE


def look_at_python(patient: Patient) -> Iterator[Finding]:
    """New enough?"""
    del patient
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        yield Wrong(what=f"Python {version} is too old.", advice="Run bin/setup; it finds or fetches a newer one.")
    else:
        yield Fine(what=f"Python {version}")


def look_at_postgres(patient: Patient) -> Iterator[Finding]:
    """Programs for the embedded database, of the right version, with the extensions."""
    if not patient.embedded:
        yield Fine(what="PostgreSQL of DATABASE_URL (nothing embedded runs)")
        return
    try:
        binaries = find_binaries(patient.environ, data=layout_of(patient.home, patient.environ).data)
    except PostgresMissing as missing:
        what, _, advice = str(missing).partition(". ")
        yield Wrong(what=f"{what}.", advice=advice, blocks=True)
        return
    if lacking := missing_extensions(binaries):
        yield Wrong(
            what=f"PostgreSQL {binaries.version} in {binaries.folder} lacks the extensions {', '.join(lacking)}.",
            advice=f"Install them (Debian: apt install postgresql-{binaries.major} postgresql-contrib).",
            blocks=True,
        )
    else:
        yield Fine(what=f"PostgreSQL {binaries.version} ({binaries.source}: {binaries.folder})")


def look_at_home(patient: Patient) -> Iterator[Finding]:
    """May we, and the database's own user, write there?"""
    place = _existing(patient.home)
    if not os.access(place, os.W_OK | os.X_OK):
        yield Wrong(
            what=f"{place} can't be written to.",
            advice="Give it to this user, or name another folder in TRESEN_HOME.",
            blocks=patient.embedded,
        )
        return
    if patient.embedded and os.geteuid() == 0 and not reachable(place):
        yield Wrong(
            what=f"PostgreSQL runs under a user of its own, which can't enter {patient.home}.",
            advice="Open it and the folders above it (chmod o+x), or name another folder in TRESEN_HOME.",
            blocks=True,
        )
        return
    yield from _owner_of_data(patient)


def look_at_disk(patient: Patient) -> Iterator[Finding]:
    """A database that finds no room stops."""
    place = _existing(patient.home)
    free = shutil.disk_usage(place).free
    if free < LEAST_ROOM:
        advice = "Make room, or move TRESEN_HOME to a larger disk."
        yield Wrong(what=f"Only {free / GIGABYTE:.1f} GB are free on the disk of {place}.", advice=advice)
    else:
        yield Fine(what=f"{free / GIGABYTE:.0f} GB free on the disk of {place}")


def _owner_of_data(patient: Patient) -> Iterator[Finding]:
    data = layout_of(patient.home, patient.environ).data
    if patient.embedded and not data.is_dir():
        yield Wrong(what=f"Nothing is set up in {patient.home} yet.", advice=_start(patient), blocks=True)
        return
    if patient.embedded:
        account = account_for_server()
        if data.stat().st_uid != account.uid:
            yield Wrong(
                what=f"The data in {data} belongs to {data.owner()}, but PostgreSQL would run as {account.name}.",
                advice=f"Run tresen as the user it was made with, or chown -R {account.name} {data.parent}.",
                blocks=True,
            )
            return
    yield Fine(what=f"Data folder {patient.home}")


def _start(patient: Patient) -> str:
    demo = layout_of(patient.home / "demo", patient.environ).data
    return "Run tresen serve." + (" What is set up here is the demo: tresen doctor --demo." if demo.is_dir() else "")


def _existing(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.exists())
