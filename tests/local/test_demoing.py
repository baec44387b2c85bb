import socket

from tresen.local import demoing
from tresen.local.commands import COMMANDS, main
from tresen.local.demo.tale.people import agents


def test_the_demo_is_a_command():
    assert "demo" in {command.name for command in COMMANDS}


def test_a_port_that_is_taken_is_said_before_anything_is_filled(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["demo", "--port", str(port)]) == 1
    assert str(port) in capsys.readouterr().err


def test_the_sign_in_that_is_printed_is_somebodys():
    roles = {agent.email: agent.role for agent in agents()}
    for person, role in (("miriam", "admin"), ("jana", "lead"), ("deniz", "agent")):
        assert f"{person}@tannlicht.example" in demoing.PEOPLE
        assert roles[f"{person}@tannlicht.example"] == role
    assert len(demoing.PASSWORD) >= 12


def test_one_demo_runs_in_a_home_at_a_time(tmp_path):
    with demoing.alone(tmp_path / "home") as first, demoing.alone(tmp_path / "home") as second:
        assert (first, second) == (True, False)
    with demoing.alone(tmp_path / "home") as again:
        assert again
