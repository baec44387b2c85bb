import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tresen.local.doctor.findings import Fine, Patient, Wrong
from tresen.local.doctor.looking_at_database import look_at_database, look_at_migrations
from tresen.local.doctor.looking_at_machine import look_at_disk, look_at_home, look_at_postgres, look_at_python
from tresen.local.doctor.looking_at_settings import look_at_settings
from tresen.local.doctor.looking_at_workers import look_at_workers
from tresen.local.heartbeat import SweepHealth, beat


@pytest.fixture
def patient(tmp_path):
    return Patient(home=tmp_path, environ=os.environ)


@pytest.fixture
def embedded(tmp_path):
    return Patient(home=tmp_path, environ={})


def wrongs(findings):
    return [finding for finding in findings if isinstance(finding, Wrong)]


def test_the_python_of_the_tests_is_new_enough(patient):
    assert wrongs(look_at_python(patient)) == []


def test_data_of_a_postgresql_that_is_gone_is_named_with_its_cure(embedded):
    data = embedded.home / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("16\n")
    (wrong,) = look_at_postgres(embedded)
    assert "PostgreSQL 16" in wrong.what
    assert "apt install postgresql-16" in wrong.advice
    assert wrong.blocks


def test_a_missing_extension_is_named_with_its_cure(tmp_path):
    for name in ("postgres", "initdb", "pg_config"):
        program = tmp_path / name
        program.write_text(
            f"#!/bin/sh\ncase $0 in *pg_config) echo {tmp_path};; *) echo 'postgres (PostgreSQL) 17.2';; esac\n"
        )
        program.chmod(0o755)
    (wrong,) = look_at_postgres(Patient(home=tmp_path, environ={"TRESEN_POSTGRES_BIN": str(tmp_path)}))
    assert "pg_trgm, unaccent, btree_gin" in wrong.what
    assert "postgresql-contrib" in wrong.advice


def test_a_home_without_data_asks_for_a_first_start():
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        (wrong,) = look_at_home(Patient(home=Path(name) / "new", environ={}))
    assert "Nothing is set up" in wrong.what
    assert "tresen serve" in wrong.advice


def test_a_full_disk_is_told_in_gigabytes(patient, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1024**3}))
    (wrong,) = look_at_disk(patient)
    assert "Only 1.0 GB" in wrong.what


def test_all_wrong_settings_are_told(patient, monkeypatch):
    monkeypatch.setenv("TRESEN_SECRET_KEY", "short")
    monkeypatch.setenv("TRESEN_VAULT_KEYS", "short too")
    told = " ".join(wrong.what for wrong in look_at_settings(patient))
    assert "TRESEN_SECRET_KEY" in told
    assert "TRESEN_VAULT_KEYS" in told


def test_an_embedded_installation_needs_no_secrets_set(embedded, monkeypatch):
    for name in ("DATABASE_URL", "TRESEN_SECRET_KEY", "TRESEN_VAULT_KEYS"):
        monkeypatch.delenv(name)
    assert wrongs(look_at_settings(embedded)) == []


@pytest.mark.django_db
def test_a_migrated_database_is_well(patient):
    assert wrongs([*look_at_database(patient), *look_at_migrations(patient)]) == []


@pytest.mark.django_db
def test_a_migration_that_is_not_applied_is_told(patient):
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415 (a model, which needs Django)

    MigrationRecorder.Migration.objects.filter(app="sessions").delete()
    (wrong,) = look_at_migrations(patient)
    assert wrong.what.startswith("1 migrations")
    assert "tresen migrate" in wrong.advice


@pytest.mark.django_db
def test_the_steps_that_the_first_schema_stands_for_are_of_no_newer_release(patient):
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415 (a model, which needs Django)

    assert MigrationRecorder.Migration.objects.filter(app="sla", name="0001_initial").exists()
    assert wrongs(look_at_migrations(patient)) == []
    MigrationRecorder.Migration.objects.create(app="sla", name="0099_of_next_year")
    (wrong,) = look_at_migrations(patient)
    assert wrong.what.startswith("The database is of a newer release: it knows 1 ")


def test_without_a_worker_people_learn_what_does_not_happen(patient):
    (wrong,) = look_at_workers(patient)
    assert "no mail is fetched" in wrong.what


def test_a_worker_that_beats_is_well(patient):
    beat(patient.home, at=datetime.now(tz=UTC), sweeps={})
    (fine,) = look_at_workers(patient)
    assert isinstance(fine, Fine)


def test_a_silent_worker_and_a_failing_sweep_are_told(patient):
    failing = {"mail": SweepHealth(last_success="", failures=3, problem="OSError: down")}
    beat(patient.home, at=datetime.now(tz=UTC), sweeps=failing)
    assert "mail fails (3 times in a row): OSError: down" in wrongs(look_at_workers(patient))[0].what
    beat(patient.home, at=datetime.now(tz=UTC) - timedelta(minutes=2), sweeps={})
    assert "has said nothing" in wrongs(look_at_workers(patient))[0].what


def test_the_command_says_what_is_wrong_and_ends_with_1():
    environ = {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    asked = subprocess.run(
        [sys.executable, "-m", "tresen", "doctor"], env=environ, capture_output=True, text=True, check=False
    )
    assert asked.returncode == 1
    assert "WRONG  The database does not answer" in asked.stdout
    assert "Check DATABASE_URL" in asked.stdout
    assert asked.stdout.endswith("1 thing is wrong.\n")
