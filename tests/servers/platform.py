"""A platform's interface on 127.0.0.1 that answers as it is told."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.servers.threads import served


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is answered. `hangs`: nothing; `breaks`: the connection ends in the middle of it."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"{}"
    hangs: bool = False
    breaks: bool = False


class Platform:
    """Gives the answers in turn, and the plain one when none is left."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answers: list[Answer] = []
        self.port = 0
        self.over = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def running() -> Iterator[Platform]:
    platform = Platform()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            platform.asked.append(Asked(self.command, self.path, dict(self.headers), body))
            answer = platform.answers.pop(0) if platform.answers else Answer()
            if answer.hangs:
                platform.over.wait(30)
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body) + answer.breaks))
            self.end_headers()
            self.wfile.write(answer.body)
            self.close_connection = answer.breaks

        do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 - the library's names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    platform.port = server.server_address[1]
    with served(server):
        try:
            yield platform
        finally:
            platform.over.set()
