import subprocess

import pytest

from checks.rules.traces import no_traces


@pytest.fixture
def repository(tmp_path):
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text("kept-out.txt\n")
    return tmp_path


# Put together here, so that this file names no such place itself.
@pytest.mark.parametrize(
    "place", ["/ro" + "ot/.cache/x", "/ho" + "me/anna/desk", "https://py" + "pi.org/simple", "--extra-index" + "-url x"]
)
def test_a_place_of_somebodys_is_told(repository, place):
    (repository / "notes.md").write_text(f"fine\nsee {place}\n")
    assert [(problem.path, problem.line) for problem in no_traces(repository)] == [("notes.md", 2)]


def test_a_place_of_every_machine_is_fine(repository):
    (repository / "notes.md").write_text("/var/lib/tresen and ~/.local/share, https://shop.example\n")
    assert list(no_traces(repository)) == []


def test_a_file_that_is_not_kept_and_a_picture_are_not_read(repository):
    (repository / "kept-out.txt").write_text("/ro" + "ot/x")
    (repository / "picture.png").write_bytes(b"\x89PNG\xff\xfe/ro" + b"ot/x")
    assert list(no_traces(repository)) == []
