"""Reaching an IMAP server and signing in there."""

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError

from tresen.mail.signing_in import (
    AuthenticationRefused,
    BearerToken,
    Credentials,
    FolderGone,
    Security,
    ServerAddress,
    Unreachable,
)


def reach(server: ServerAddress, credentials: Credentials) -> BaseMailBox:
    """A signed-in connection; `leave` closes it.

    Raises:
        Unreachable: no connection, or it broke.
        AuthenticationRefused: the server does not know us.
    """
    with translated():
        box = _connected(server)
    try:
        _sign_in(box.client, credentials)
    except BaseException:
        leave(box)
        raise
    return box


def leave(box: BaseMailBox) -> None:
    """Say goodbye without waiting for long."""
    with suppress(imaplib.IMAP4.error, ImapToolsError, OSError):
        box.client.sock.settimeout(2)
        box.client.logout()
    with suppress(OSError):
        box.client.shutdown()


@contextmanager
def translated(folder: str = "") -> Iterator[None]:
    """Errors of the libraries and of the line as ours."""
    try:
        yield
    except MailboxFolderSelectError as error:
        raise FolderGone(f'The folder "{folder}" cannot be opened any more.') from error
    # A host like "imap..example" has no name in DNS at all: Python says so by a UnicodeError.
    except (imaplib.IMAP4.error, ImapToolsError, OSError, EOFError, UnicodeError) as error:
        raise Unreachable(f"The mail server does not answer as it should: {error}") from error


def _connected(server: ServerAddress) -> BaseMailBox:
    match server.security:
        case Security.TLS:
            return MailBox(server.host, server.port, timeout=server.timeout, ssl_context=server.tls_context())
        case Security.STARTTLS:
            return MailBoxStartTls(server.host, server.port, timeout=server.timeout, ssl_context=server.tls_context())
        case Security.PLAIN:
            return MailBoxUnencrypted(server.host, server.port, timeout=server.timeout)


def _sign_in(client: imaplib.IMAP4, credentials: Credentials) -> None:
    if isinstance(credentials, BearerToken):
        mechanism, said = "XOAUTH2", credentials.sasl().encode()
    else:
        mechanism, said = "PLAIN", f"\0{credentials.user}\0{credentials.password}".encode()
    answers = iter([said])
    try:
        if (
            mechanism == "PLAIN"
            and "AUTH=PLAIN" not in client.capabilities
            and not isinstance(credentials, BearerToken)
        ):
            client.login(credentials.user, credentials.password)
        else:
            # A second question is the reason for a refusal: an empty answer asks for the refusal itself.
            client.authenticate(mechanism, lambda _question: next(answers, b""))
    except (imaplib.IMAP4.abort, OSError) as error:
        raise Unreachable(f"The mail server broke off while we signed in: {error}") from error
    except (imaplib.IMAP4.error, UnicodeError) as error:
        text = str(error)
        if "[UNAVAILABLE]" in text.upper() or "[INUSE]" in text.upper():
            raise Unreachable(f"The mail server cannot sign anybody in now: {text}") from error
        raise AuthenticationRefused(f"The mail server does not accept the sign-in: {text}") from error
