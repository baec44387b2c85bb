import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tresen.local import group as group_module
from tresen.local.group import FIRST_PAUSE, LONGEST_PAUSE, WELL_AFTER, Group, Member


def wait_until(holds, *, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def sleeper(name="sleeper"):
    return Member(name=name, command=("sleep", "60"))


@pytest.fixture
def grouped():
    groups = []

    def make(*members):
        groups.append(Group(members))
        return groups[-1]

    yield make
    for group in groups:
        group.stop()


def test_all_members_run_and_all_end_together(grouped):
    group = grouped(sleeper("a"), sleeper("b"))
    assert len(group.pids()) == 2
    group.stop()
    assert group.pids() == []


def test_a_member_that_was_killed_comes_back_after_a_pause(grouped, capfd):
    group = grouped(sleeper())
    (old,) = group.pids()
    os.kill(old, signal.SIGKILL)
    wait_until(lambda: not group.pids())
    now = time.monotonic()
    group.tend(now)
    group.tend(now + FIRST_PAUSE / 2)
    assert group.pids() == []
    group.tend(now + FIRST_PAUSE)
    assert len(group.pids()) == 1
    assert "sleeper ended (signal 9); again in 1 s." in capfd.readouterr().err


def ended_at(group, moment):
    """Let the one member start at `moment` and see its end; the moment it may start again."""
    place = group._places[0]
    wait_until(lambda: place.process.poll() is not None)
    group.tend(moment)
    return place.again_at


def test_the_pause_grows_while_a_member_keeps_ending_and_has_a_limit(grouped):
    group = grouped(Member(name="broken", command=("false",)))
    moment, pauses = time.monotonic(), []
    for _ in range(7):
        again_at = ended_at(group, moment)
        pauses.append(again_at - moment)
        group.tend(again_at)
        moment = again_at
    assert pauses == pytest.approx([1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE])


def test_a_member_that_ran_well_for_long_starts_with_a_short_pause_again(grouped):
    group = grouped(Member(name="broken", command=("false",)))
    moment = ended_at(group, time.monotonic())
    group.tend(moment)
    moment = ended_at(group, moment)
    group.tend(moment)
    later = moment + WELL_AFTER + 1
    assert ended_at(group, later) - later == pytest.approx(FIRST_PAUSE)


def test_a_member_that_does_not_listen_is_killed(grouped, monkeypatch):
    monkeypatch.setattr(group_module, "LONGEST_STOP", 0.2)
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    group = grouped(Member(name="deaf", command=(sys.executable, "-c", deaf)))
    time.sleep(0.3)
    group.stop()
    assert group.pids() == []


def test_a_member_leaves_with_a_killed_group():
    program = """
import sys, time
from tresen.local.group import Group, Member
child = "import time; from tresen.local.kinship import die_with_parent as d; d(); print(0, flush=True); time.sleep(9)"
group = Group([Member(name="child", command=(sys.executable, "-c", child))])
print(group.pids()[0], flush=True)
time.sleep(60)
"""
    leader = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    lines = {leader.stdout.readline().strip(), leader.stdout.readline().strip()}
    (child,) = (int(line) for line in lines if line != "0")
    leader.kill()
    wait_until(lambda: not is_running(child))
    leader.communicate(timeout=10)


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_socket_is_handed_on_to_who_is_started_again(grouped, monkeypatch):
    monkeypatch.setattr(group_module, "FIRST_PAUSE", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        says = f"import socket; socket.socket(fileno={listening.fileno()}).accept()[0].sendall(b'here')"
        command = (sys.executable, "-c", says)
        group = grouped(Member(name="who answers once", command=command, sockets=[listening.fileno()]))
        for _ in range(2):
            with socket.create_connection(listening.getsockname(), timeout=10) as asking:
                while not group.pids():
                    group.tend(time.monotonic())
                assert asking.recv(4) == b"here"
            wait_until(lambda: not group.pids())
            group.tend(time.monotonic())
