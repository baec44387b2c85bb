"""Where the demo's platforms talk: on this machine alone, at the same port again as long as nobody else has it.

The command that runs the demo listens there and hands the socket on, so that nobody is turned away while the platforms
begin, or begin anew: who asks waits.
"""

import socket
from pathlib import Path

HOST = "127.0.0.1"
FILE = "platforms.port"
LAST_PORT = 65_535
WAITING = 128
"""So many may wait to be answered."""


def listen(home: Path) -> socket.socket:
    """A socket that listens. Its port is remembered in the demo's home: stores are connected to it."""
    listening = _at(_remembered(home)) or socket.create_server((HOST, 0), backlog=WAITING)
    (home / FILE).write_text(f"{listening.getsockname()[1]}\n")
    return listening


def address_of(listening: socket.socket) -> str:
    """Like http://127.0.0.1:8124."""
    host, port = listening.getsockname()
    return f"http://{host}:{port}"


def inherited(number: int) -> socket.socket:
    """The socket that whoever started this process has handed on."""
    return socket.socket(fileno=number)


def _remembered(home: Path) -> int:
    """Zero where there is none, or something else."""
    try:
        port = int((home / FILE).read_text())
    except (OSError, ValueError):
        return 0
    return port if 0 < port <= LAST_PORT else 0


def _at(port: int) -> socket.socket | None:
    try:
        return socket.create_server((HOST, port), backlog=WAITING) if port else None
    except OSError:
        return None
