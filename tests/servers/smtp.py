"""A real SMTP server on 127.0.0.1 that answers as it is told."""

import asyncio
import base64
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass(frozen=True, slots=True)
class Received:
    """A mail the server took. `signed_in` is the user, or empty."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    queue_id: str
    signed_in: str = ""
    options: tuple[str, ...] = ()


@dataclass(slots=True)
class Behaviour:
    """Answers by default are yes. `recipients` maps an address to the answer it gets at RCPT.

    `hang_up`: "" or "before_dot" (while the mail is on its way), "after_dot" (the mail is lost, no answer) or
    "after_taking" (the mail is taken, no answer).
    """

    mail: str = ""
    recipients: dict[str, str] = field(default_factory=dict)
    every_recipient: str = ""
    data: str = ""
    final: str = ""
    hang_up: str = ""


class SmtpServer:
    """Start, ask for `port`, look into `received`. `users` (with passwords) or `knows_token` make it ask who we are."""

    host = "127.0.0.1"

    def __init__(
        self,
        *,
        users: dict[str, str] | None = None,
        knows_token: Callable[[str, str], bool] | None = None,
        tls: ssl.SSLContext | None = None,
        implicit_tls: bool = False,
        size_limit: int = 50_000_000,
        smtputf8: bool = True,
        exclude_auth: tuple[str, ...] = (),
    ) -> None:
        self.received: list[Received] = []
        self.attempts = 0
        self.transports: set[Any] = set()
        self.behaviour = Behaviour()
        self.users = users or {}
        self.knows_token = knows_token
        self.port = 0
        self._tls = tls
        self._implicit_tls = implicit_tls
        self._size_limit = size_limit
        self._smtputf8 = smtputf8
        self._exclude_auth = exclude_auth
        self._running: _Running | None = None

    def behave(self, **answers: Any) -> None:
        """From now on: `behave(every_recipient="451 4.3.0 later")`; without arguments all is well again."""
        self.behaviour = Behaviour(**answers)

    def start(self) -> None:
        self._running = _Running(self, ssl_context=self._tls if self._implicit_tls else None)
        self.port = self._running.port

    def stop(self) -> None:
        """Refuse connections from now on. `start` takes the same port again."""
        if self._running is not None:
            self._running.stop()
            self._running = None

    def wait_for(self, count: int, *, seconds: float = 20) -> list[Received]:
        """The first `count` mails, as soon as they are there."""
        until = time.monotonic() + seconds
        while len(self.received) < count:
            if time.monotonic() > until:
                raise AssertionError(f"{len(self.received)} of {count} mails came within {seconds} s.")
            time.sleep(0.02)
        return self.received[:count]

    def protocol(self, loop: asyncio.AbstractEventLoop) -> SMTP:
        ask = bool(self.users or self.knows_token)
        excluded = set(self._exclude_auth) | (set() if self.knows_token else {"XOAUTH2"})
        return _Protocol(
            self,
            _Handler(self),
            loop=loop,
            hostname="mx.shop.example",
            ident="Testserver",
            data_size_limit=self._size_limit,
            enable_SMTPUTF8=self._smtputf8,
            auth_require_tls=False,
            authenticator=self._authenticate,
            auth_exclude_mechanism=excluded,
            tls_context=None if self._implicit_tls else self._tls,
            asked_to_sign_in=ask,
        )

    def _authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        if isinstance(data, LoginPassword) and self.users.get(data.login.decode()) == data.password.decode():
            return AuthResult(success=True, auth_data=data.login.decode())
        return AuthResult(success=False, handled=False, message="535 5.7.8 Authentication credentials invalid")


class _Protocol(SMTP):
    """aiosmtpd warns when sign-in is demanded without TLS, and its command limit is too short for tokens."""

    command_size_limit = 10_000

    def __init__(self, owner: SmtpServer, handler: Any, *, asked_to_sign_in: bool, **options: Any) -> None:
        super().__init__(handler, **options)
        self.owner = owner
        self._auth_required = asked_to_sign_in
        self.command_size_limits = defaultdict(lambda: 10_000)

    async def auth_XOAUTH2(self, server: Any, args: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd finds it by name
        said = base64.b64decode(args[1] if len(args) > 1 else "").decode()
        user = said.partition("user=")[2].partition("\1")[0]
        token = said.partition("auth=Bearer ")[2].partition("\1")[0]
        if self.owner.knows_token and self.owner.knows_token(user, token):
            return AuthResult(success=True, auth_data=user)
        await self.challenge_auth(b'{"status":"401"}')
        return AuthResult(success=False, handled=False, message="535 5.7.3 Authentication unsuccessful")

    def connection_made(self, transport: Any) -> None:
        self.owner.transports.add(transport)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.owner.transports.discard(self.transport)
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        in_mail = self.envelope is not None and self.envelope.rcpt_tos and not data.startswith((b"RCPT", b"DATA"))
        if self.owner.behaviour.hang_up == "before_dot" and in_mail and self.transport is not None:
            self.transport.abort()  # type: ignore[attr-defined]  # the stubs know a transport that only closes
            return
        super().data_received(data)


class _Handler:
    def __init__(self, owner: SmtpServer) -> None:
        self.owner = owner

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.owner.attempts += 1
        if self.owner.behaviour.mail:
            return self.owner.behaviour.mail
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Ok"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        behaviour = self.owner.behaviour
        answer = behaviour.recipients.get(address) or behaviour.every_recipient or "250 2.1.5 Ok"
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        behaviour = self.owner.behaviour
        if behaviour.hang_up == "after_dot":
            return self._hang_up(server)
        if behaviour.final and not behaviour.final.startswith("2"):
            return behaviour.final
        queue_id = f"4Tq{len(self.owner.received):04d}xz"
        content = envelope.content or b""
        self.owner.received.append(
            Received(
                envelope.mail_from or "",
                tuple(envelope.rcpt_tos),
                content if isinstance(content, bytes) else content.encode(),
                queue_id,
                session.auth_data or "",
                tuple(envelope.mail_options),
            )
        )
        if behaviour.hang_up == "after_taking":
            return self._hang_up(server)
        return behaviour.final or f"250 2.0.0 Ok: queued as {queue_id}"

    @staticmethod
    def _hang_up(server: SMTP) -> str:
        if server.transport is not None:
            server.transport.abort()  # type: ignore[attr-defined]  # as above
        return "421 gone"


class _Running:
    """The server's own thread and loop."""

    def __init__(self, owner: SmtpServer, *, ssl_context: ssl.SSLContext | None) -> None:
        self.owner = owner
        self.loop = asyncio.new_event_loop()
        # All of it happens in its thread: the test's own may have a loop already, as a browser's has.
        self.thread = threading.Thread(target=self.loop.run_forever, name="smtp", daemon=True)
        self.thread.start()
        self.server = self._told(self._listening(ssl_context))
        self.port: int = self.server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        self._told(self._ended())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    def _told[T](self, doing: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(doing, self.loop).result(10)

    async def _listening(self, ssl_context: ssl.SSLContext | None) -> asyncio.Server:
        return await self.loop.create_server(
            lambda: self.owner.protocol(self.loop), host=self.owner.host, port=self.owner.port, ssl=ssl_context
        )

    async def _ended(self) -> None:
        self.server.close()
        for transport in list(self.owner.transports):
            transport.abort()
        others = asyncio.all_tasks(self.loop) - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0.01)


@contextmanager
def running(**options: Any) -> Iterator[SmtpServer]:
    """A started server that is stopped at the end."""
    server = SmtpServer(**options)
    server.start()
    try:
        yield server
    finally:
        server.stop()
