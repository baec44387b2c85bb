"""The demo's own mail server: takes every answer, so that answers really leave by SMTP, and none leaves the machine."""

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tresen.local.demo.founding import SMTP_PASSWORD

MOST_BYTES = 40 * 1024 * 1024


type Deliver = Callable[[bytes, str], None]
"""Told of each mail: its bytes, and one of its recipients."""


class _Sink:
    """Accepts, counts, and hands over to who shows the recipients what they got."""

    def __init__(self, deliver: Deliver) -> None:
        self._numbers = count(1)
        self._deliver = deliver

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        del server, session
        raw = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        for recipient in envelope.rcpt_tos:
            self._deliver(raw, recipient)
        return f"250 2.0.0 Ok: queued as DEMO{next(self._numbers):06d}"


def _sign_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object) -> AuthResult:
    del server, session, envelope, mechanism
    known = isinstance(given, LoginPassword) and given.password == SMTP_PASSWORD.encode()
    return AuthResult(success=known, handled=known)


@contextmanager
def running_sink(deliver: Deliver) -> Iterator[int]:
    """The server on this machine alone; gives its port."""
    # The library says at every sign-in that something of its own is out of date.
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    controller = Controller(
        _Sink(deliver),
        hostname="127.0.0.1",
        port=port,
        authenticator=_sign_in,
        auth_require_tls=False,
        data_size_limit=MOST_BYTES,
    )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
