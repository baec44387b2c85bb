"""Fake platforms over HTTP on this machine: several accounts behind one port, each with its faults."""

import json
import socket
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from werkzeug.exceptions import HTTPException
from werkzeug.http import http_date
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from tresen.fakes.drawing import picture_of
from tresen.fakes.faults import FAULTS, Fault, Faults
from tresen.fakes.seen import overview, page_of, shop_page
from tresen.fakes.world import World

type StartResponse = object
ENDS_WITHIN = 0.02
"""Seconds; the library looks every half a second whether it is over."""
_WEBSITE = "website"
_SEEN = "seen"
_CONTROL = "control"
_PICTURES = "pictures/"
_MEASURES = frozenset({"too_many", "broken", "silent", "slow", "twice", "shuffled", "silence", "slowness"})


class Fake(Protocol):
    """A platform: how it answers, and how it says that something is wrong."""

    world: World
    title: str

    def answer(self, request: Request) -> Response:
        """What it says to a request; the path begins after the account's own."""

    def too_many(self) -> Response:
        """Its 429."""

    def broken(self) -> Response:
        """Its 5xx."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One seller's account at one platform, under a path of its own."""

    name: str
    fake: Fake
    faults: Faults = field(default_factory=Faults)


class Platforms:
    """The accounts as one WSGI application.

    `/<name>/…` is an account's interface, `/<name>/seen` shows what its buyers see, `POST /<name>/control` changes what
    goes wrong: {"too_many": 0.02, "next": ["silent_after"]}. `/<name>/pictures/…` are those of products, for everybody.
    `desk`: where Tresen is, for whoever wants to go back there.
    """

    def __init__(self, accounts: Iterable[Account], *, desk: str = "") -> None:
        self.desk = desk
        self.accounts: Mapping[str, Account] = {account.name: account for account in accounts}

    def __call__(self, environ: dict[str, object], start_response: StartResponse) -> Iterable[bytes]:
        """The WSGI call."""
        request = Request(environ)
        try:
            response = self._answer(request)
        except HTTPException as wrong:
            response = Response(wrong.description, status=wrong.code)
        return response(environ, start_response)  # type: ignore[arg-type]

    def _answer(self, request: Request) -> Response:
        name, _, rest = request.path.strip("/").partition("/")
        account = self.accounts.get(name)
        if name == _WEBSITE and account is None:
            return _website(request.args.get("script", ""), desk=self.desk)
        if account is None:
            pages = overview(((one.name, one.fake.title) for one in self.accounts.values()), desk=self.desk)
            return Response(pages, mimetype="text/html", status=404 if name else 200)
        if rest == _SEEN:
            find = request.args.get("find", "")[:80]
            page = page_of(account.name, account.fake.title, account.fake.world, find=find, desk=self.desk)
            return Response(page, mimetype="text/html")
        if rest == _CONTROL:
            return _controlled(account.faults, request)
        account.fake.world.pictures = f"{request.root_url}{name}/{_PICTURES}".rstrip("/")
        if rest.startswith(_PICTURES):
            return Response(picture_of(rest.removeprefix(_PICTURES)), mimetype="image/png")
        environ = dict(request.environ)
        environ["SCRIPT_NAME"], environ["PATH_INFO"] = f"/{name}", f"/{rest}"
        environ[FAULTS] = account.faults
        return _faulty(account, Request(environ))


def _website(script: str, *, desk: str) -> Response:
    """An invented shop's page with a policy as strict as can be; `script` is Tresen's own, or there is none."""
    ours = script if desk and script.startswith(f"{desk}/chat/") else ""
    answer = Response(shop_page(ours, desk=desk), mimetype="text/html")
    allowed = f"script-src {desk}; connect-src {desk}; " if ours else ""
    answer.headers["Content-Security-Policy"] = f"default-src 'none'; {allowed}require-trusted-types-for 'script'"
    return answer


def _faulty(account: Account, request: Request) -> Response:
    fault = account.faults.next()
    match fault:
        case Fault.TOO_MANY:
            return account.fake.too_many()
        case Fault.BROKEN:
            return account.fake.broken()
        case Fault.SILENT:
            return _silent(request, account.faults.silence)
        case Fault.SLOW:
            time.sleep(account.faults.slowness)
    with request:  # files that came with it are closed
        answer = account.fake.answer(request)
    match fault:
        case Fault.BROKEN_AFTER:
            return account.fake.broken()
        case Fault.SILENT_AFTER:
            return _silent(request, account.faults.silence)
        case _:
            answer.headers.setdefault("Date", http_date(account.fake.world.now()))
            return answer


def _silent(request: Request, seconds: float) -> Response:
    """Say nothing for a while, then hang up."""
    time.sleep(seconds)
    line = request.environ.get("werkzeug.socket")
    if isinstance(line, socket.socket):
        line.shutdown(socket.SHUT_RDWR)
    return Response(status=500)


def _controlled(faults: Faults, request: Request) -> Response:
    wanted = json.loads(request.get_data() or b"{}")
    faults.demand(Fault(name) for name in wanted.pop("next", ()))
    for name, value in wanted.items():
        if name not in _MEASURES:
            return Response(f"There is no fault “{name}”.", status=400)
        setattr(faults, name, bool(value) if name == "shuffled" else float(value))
    return Response(status=204)


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def make_environ(self) -> dict[str, Any]:
        """With the headers that have an underscore in their name, too, as Walmart's: Werkzeug leaves them out."""
        environ = super().make_environ()
        named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in self.headers.items() if "_" in name}
        return {**named, **environ}

    def send_response(self, code: int, message: str | None = None) -> None:
        """Without a time of this machine's: a platform tells its own."""
        self.send_response_only(code, message)

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Says nothing."""

    def connection_dropped(self, error: BaseException, environ: object = None) -> None:
        """Whoever asked has gone: nothing to do."""


def server_of(platforms: Platforms, *, port: int = 0, listening: socket.socket | None = None) -> BaseWSGIServer:
    """A server of this machine alone; `port` 0: a free one. Or at a socket that listens, and goes on when it stops."""
    at = listening.fileno() if listening else None
    return make_server("127.0.0.1", port, platforms, threaded=True, request_handler=_Quiet, fd=at)


@contextmanager
def running(
    accounts: Iterable[Account], *, port: int = 0, listening: socket.socket | None = None, desk: str = ""
) -> Iterator[str]:
    """Serve these in a thread; gives the address below which each account's name follows."""
    server = server_of(Platforms(accounts, desk=desk), port=port, listening=listening)
    often = {"poll_interval": ENDS_WITHIN}
    thread = threading.Thread(target=server.serve_forever, kwargs=often, name="fake platforms", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.socket.getsockname()[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
