import os
from pathlib import Path

import pytest

from tresen.local.postgres.finding import Binaries, PostgresMissing, find_binaries, installed, missing_extensions


def a_folder_of_binaries(folder: Path, *, version: str) -> Path:
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        program.chmod(0o755)
    return folder


def data_made_by(folder: Path, major: int) -> Path:
    folder.mkdir()
    (folder / "PG_VERSION").write_text(f"{major}\n")
    return folder


@pytest.fixture
def only_here(tmp_path, monkeypatch):
    """A machine whose distribution ships 14, 15 and 17; the wheel is real."""
    for major in (14, 15, 17):
        a_folder_of_binaries(tmp_path / "lib" / str(major) / "bin", version=f"{major}.3 (Debian {major}.3-1)")
    monkeypatch.setattr("tresen.local.postgres.finding.DISTRIBUTION", tmp_path / "lib")
    return tmp_path


def test_a_new_home_gets_the_newest_of_the_distribution(only_here):
    found = find_binaries({})
    assert (found.version, found.source, found.major) == ("17.3", "distribution", 17)


def test_an_old_data_folder_gets_the_version_that_made_it(only_here):
    assert find_binaries({}, data=data_made_by(only_here / "data", 15)).version == "15.3"


def test_without_a_distribution_the_wheel_serves(only_here, monkeypatch):
    monkeypatch.setattr("tresen.local.postgres.finding.DISTRIBUTION", only_here / "nothing")
    assert find_binaries({}).source == "wheel"


def test_a_version_that_is_too_old_is_never_offered(only_here):
    assert [binaries.major for binaries in installed() if binaries.source == "distribution"] == [17, 15]


def test_data_of_a_version_that_is_gone_names_what_to_install(only_here):
    with pytest.raises(PostgresMissing, match="apt install postgresql-16"):
        find_binaries({}, data=data_made_by(only_here / "data", 16))


def test_data_that_names_no_version_are_told_to_be_damaged(only_here):
    data = data_made_by(only_here / "data", 15)
    (data / "PG_VERSION").write_text("\n")
    with pytest.raises(PostgresMissing, match="names no version of PostgreSQL"):
        find_binaries({}, data=data)


def test_data_that_can_not_be_read_are_told_by_name(only_here):
    (only_here / "data" / "PG_VERSION").mkdir(parents=True)
    with pytest.raises(PostgresMissing, match=r"PG_VERSION can't be read \(Is a directory\)"):
        find_binaries({}, data=only_here / "data")


def test_a_forced_folder_wins(only_here):
    forced = a_folder_of_binaries(only_here / "mine", version="16.1")
    assert find_binaries({"TRESEN_POSTGRES_BIN": str(forced)}).folder == forced


def test_a_forced_folder_that_can_not_read_the_data_is_refused(only_here):
    forced = a_folder_of_binaries(only_here / "mine", version="16.1")
    with pytest.raises(PostgresMissing, match="made by PostgreSQL 15"):
        find_binaries({"TRESEN_POSTGRES_BIN": str(forced)}, data=data_made_by(only_here / "data", 15))


@pytest.mark.parametrize(("version", "says"), [("14.9", "15 is the oldest"), (None, "holds no PostgreSQL")])
def test_a_forced_folder_that_is_unfit_is_refused(only_here, version, says):
    folder = only_here / "mine"
    if version:
        a_folder_of_binaries(folder, version=version)
    with pytest.raises(PostgresMissing, match=says):
        find_binaries({"TRESEN_POSTGRES_BIN": str(folder)})


def test_a_missing_extension_is_named(tmp_path):
    share = tmp_path / "share"
    (share / "extension").mkdir(parents=True)
    (share / "extension" / "pg_trgm.control").touch()
    folder = a_folder_of_binaries(tmp_path / "bin", version="17.3")
    (folder / "pg_config").write_text(f"#!/bin/sh\necho {share}\n")
    (folder / "pg_config").chmod(0o755)
    assert missing_extensions(Binaries(folder=folder, version="17.3", source="x")) == ["unaccent", "btree_gin"]


def test_the_postgresql_of_this_machine_has_all_extensions():
    assert missing_extensions(find_binaries(os.environ)) == []
