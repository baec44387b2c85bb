"""A page of somebody's website with as strict a policy as can be, from another origin than Tresen's."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.servers.threads import served


@dataclass(slots=True)
class ForeignPage:
    """Its `url` is its origin; `script` the address of the one script in it, `policy` its Content-Security-Policy."""

    url: str
    script: str = ""
    policy: str = ""

    def strict(self, script: str) -> None:
        """Show this script of Tresen's, and allow it and requests to Tresen: nothing else."""
        tresen = script.partition("/chat/")[0]
        self.script = script
        self.policy = (
            f"default-src 'none'; script-src {tresen}; connect-src {tresen}; require-trusted-types-for 'script'"
        )


@contextmanager
def running() -> Iterator[ForeignPage]:
    """Serve it on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            script = f'<script src="{page.script}" async></script>'
            body = f'<!doctype html><html lang="en"><title>Shop</title><h1>Stools</h1>{script}'
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", page.policy)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_arguments: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    page = ForeignPage(url=f"http://127.0.0.1:{server.server_port}")
    with served(server):
        yield page
