"""A picture is asked for where the platform said, over https, at the public web, and nobody is followed elsewhere."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.servers.threads import served
from tresen.fakes.drawing import picture_of
from tresen.stores.picture_asking import LARGEST, NoPicture, NotReached, PictureBrought, bring

PNG = picture_of("lamp")
ANSWERS: dict[str, tuple[int, bytes]] = {
    "/lamp.png": (200, PNG),
    "/page.png": (200, b"<html><script>alert(1)</script>"),
    "/drawing.svg": (200, b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "/moved.png": (302, b""),
    "/gone.png": (404, b""),
    "/down.png": (503, b""),
    "/busy.png": (429, b""),
    "/large.png": (200, PNG + b"0" * LARGEST),
}


class _Pictures(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status, content = ANSWERS[self.path]
        self.send_response(status)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(content)))
        if status == 302:
            self.send_header("Location", "/lamp.png")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def host(asked: list[str]) -> Iterator[str]:
    handler = type("Handler", (_Pictures,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    with served(server):
        yield f"http://127.0.0.1:{server.server_port}"


def test_what_the_connections_own_host_on_this_machine_serves_is_brought(host: str) -> None:
    assert bring(f"{host}/lamp.png", interface=f"{host}/operator") == PictureBrought(PNG, "image/png")


@pytest.mark.parametrize("interface", ["", "https://operator.example", "http://127.0.0.1:1/operator"])
def test_this_machine_is_not_asked_for_anybody_else(host: str, asked: list[str], interface: str) -> None:
    assert isinstance(bring(f"{host}/lamp.png", interface=interface), NoPicture)
    assert asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://93.184.215.14/plain.png",
        "https://127.0.0.1/a.png",
        "https://[::1]/a.png",
        "https://10.0.0.7/a.png",
        "https://192.168.1.1/a.png",
        "https://169.254.169.254/latest/meta-data",
        "https://[fd00:ec2::254]/a.png",
        "https://[::ffff:10.0.0.7]/a.png",
        "https://user:word@93.184.215.14/a.png",
        "ftp://pictures.example/a.png",
        "file:///etc/passwd",
        "/relative.png",
        "https://[broken/a.png",
    ],
)
def test_no_private_place_and_nothing_but_https_is_asked(address: str) -> None:
    assert isinstance(bring(address, interface="https://operator.example"), NoPicture)


def test_nobody_is_followed_elsewhere(host: str, asked: list[str]) -> None:
    assert isinstance(bring(f"{host}/moved.png", interface=host), NoPicture)
    assert asked == ["/moved.png"]


@pytest.mark.parametrize("path", ["/page.png", "/drawing.svg", "/gone.png", "/large.png"])
def test_what_is_no_small_picture_is_none(host: str, path: str) -> None:
    assert isinstance(bring(host + path, interface=host), NoPicture)


@pytest.mark.parametrize("path", ["/down.png", "/busy.png"])
def test_a_trouble_may_come_right(host: str, path: str) -> None:
    assert isinstance(bring(host + path, interface=host), NotReached)


def test_nobody_there_may_come_right() -> None:
    nobody = "http://127.0.0.1:9"
    assert isinstance(bring(f"{nobody}/lamp.png", interface=nobody), NotReached)
