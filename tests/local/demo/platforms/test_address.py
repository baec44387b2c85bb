import socket
from pathlib import Path
from urllib.parse import urlsplit

from tresen.local.demo.platforms.address import FILE, address_of, listen


def _address(home: Path) -> str:
    with listen(home) as listening:
        return address_of(listening)


def test_the_platforms_are_found_where_they_were(tmp_path: Path) -> None:
    first = _address(tmp_path)
    assert urlsplit(first).hostname == "127.0.0.1"
    assert _address(tmp_path) == first


def test_where_somebody_else_has_their_port_they_move(tmp_path: Path) -> None:
    first = _address(tmp_path)
    with socket.create_server(("127.0.0.1", urlsplit(first).port or 0)):
        second = _address(tmp_path)
    assert second != first
    assert _address(tmp_path) == second


def test_what_is_no_port_is_forgotten(tmp_path: Path) -> None:
    for nonsense in ("", "many", "70000"):
        (tmp_path / FILE).write_text(nonsense)
        assert 0 < (urlsplit(_address(tmp_path)).port or 0) < 65536


def test_who_asks_before_anybody_answers_waits(tmp_path: Path) -> None:
    with listen(tmp_path) as listening, socket.create_connection(listening.getsockname(), timeout=5):
        answering, _ = listening.accept()
        answering.close()
