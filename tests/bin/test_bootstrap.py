import ast
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bootstrap(tmp_path):
    """bin/bootstrap.py of a repository that holds nothing else but what it reads."""
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-setup.txt", ".python-version"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "bin").mkdir()
    (tmp_path / "tresen").mkdir()
    for name in ("bootstrap.py", "catalogues.py", "setup"):
        shutil.copy(ROOT / "bin" / name, tmp_path / "bin" / name)
    specification = importlib.util.spec_from_file_location("bootstrap", tmp_path / "bin" / "bootstrap.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def an_environment(bootstrap):
    """An environment that was made from the requirements as they are."""
    bootstrap.PYTHON.parent.mkdir(parents=True)
    bootstrap.PYTHON.symlink_to(sys.executable)
    names = ("requirements.txt", "requirements-dev.txt")
    bootstrap.STAMP.write_text(json.dumps({name: bootstrap.fingerprint(bootstrap.ROOT / name) for name in names}))


def test_it_reads_on_the_oldest_python_that_may_begin():
    ast.parse((ROOT / "bin" / "bootstrap.py").read_text(), feature_version=(3, 9))


def test_an_environment_that_is_up_to_date_is_left_alone(bootstrap, monkeypatch):
    an_environment(bootstrap)
    monkeypatch.setenv("PATH", "/nonexistent")  # nothing could be fetched or run
    bootstrap.set_up(dev=True)
    bootstrap.set_up(dev=False)


def test_a_changed_requirement_is_noticed(bootstrap):
    an_environment(bootstrap)
    (bootstrap.ROOT / "requirements.txt").write_text("x==1 --hash=sha256:0\n")
    assert bootstrap.known_state()["requirements.txt"] != bootstrap.fingerprint(bootstrap.ROOT / "requirements.txt")


@pytest.mark.parametrize("stamp", ["{", "", "null"])
def test_an_unfinished_environment_counts_as_none(bootstrap, stamp):
    an_environment(bootstrap)
    bootstrap.STAMP.write_text(stamp)
    assert not bootstrap.known_state()


def test_pyenvs_python_is_found_where_home_is_empty(bootstrap, tmp_path, monkeypatch):
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    program = tmp_path / "pyenv" / "versions" / f"{version}.0" / "bin" / f"python{version}"
    program.parent.mkdir(parents=True)
    program.symlink_to(sys.executable)
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    assert bootstrap.pythons(version) == [str(program)]
    assert bootstrap.pythons("3.8") == []


def test_without_any_python_of_the_right_version_one_sentence_says_what_to_do(bootstrap, monkeypatch):
    (bootstrap.ROOT / ".python-version").write_text("3.99\n")
    monkeypatch.setattr(bootstrap, "OLDEST", (3, 99))
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setenv("PYENV_ROOT", "/nonexistent")
    with pytest.raises(bootstrap.CannotGoOn, match=r"Python 3\.99 is not on this machine.*pyenv install 3\.99"):
        bootstrap.make_environment("/nonexistent/uv")


def test_a_machine_without_python_is_told_what_to_install(bootstrap, tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("bash", "dirname", "env"):
        (tools / name).symlink_to(shutil.which(name))
    asked = subprocess.run(
        [str(bootstrap.ROOT / "bin" / "setup")], env={"PATH": str(tools)}, capture_output=True, text=True, check=False
    )
    assert asked.returncode == 1
    assert "sudo apt install python3 python3-venv" in asked.stderr


PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Queue"
msgstr "Warteschlange"
"""


def test_translations_are_compiled_once_and_again_after_a_change(bootstrap, monkeypatch):
    source = bootstrap.ROOT / "tresen" / "workspace" / "locale" / "de" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO)
    monkeypatch.setattr(bootstrap, "PYTHON", Path(sys.executable))
    bootstrap.compile_translations()
    compiled = source.with_suffix(".mo")
    assert b"Warteschlange" in compiled.read_bytes()
    assert not bootstrap.stale(source)
    os.utime(source, (compiled.stat().st_mtime + 5,) * 2)
    assert bootstrap.stale(source)
