"""A chat's incoming webhook on 127.0.0.1 that answers as it is told."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.servers.threads import served


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


class Chat:
    """Takes all, or answers with the given status codes in turn; `hangs`: keeps what it got and never answers."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.answers: list[int] = []
        self.hangs = False
        self.drips = 0.0
        """Seconds between the bytes of an answer, which then never ends."""
        self.location = ""
        self.port = 0
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks/abc"

    def wait_for(self, count: int, *, seconds: float = 60) -> list[Call]:
        until = time.monotonic() + seconds
        while len(self.calls) < count:
            assert time.monotonic() < until, f"{len(self.calls)} of {count} calls came."
            time.sleep(0.05)
        return self.calls[:count]


@contextmanager
def running() -> Iterator[Chat]:
    chat = Chat()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            chat.calls.append(Call(self.path, dict(self.headers), body))
            if chat.hangs:
                chat.over.wait(30)
                self.close_connection = True
                return
            status = chat.answers.pop(0) if chat.answers else 200
            self.send_response(status)
            if chat.location:
                self.send_header("Location", chat.location)
            self.end_headers()
            self.wfile.write(b"ok" if status == 200 else b"no")
            while chat.drips and not chat.over.wait(chat.drips):
                try:
                    self.wfile.write(b".")
                except OSError:
                    return

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    chat.port = server.server_port
    with served(server):
        try:
            yield chat
        finally:
            chat.over.set()
