"""How a mail server is reached and how one signs in there; and what can go wrong on the way."""

import ssl
from dataclasses import dataclass, field
from enum import StrEnum

TIMEOUT_SECONDS = 30.0
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class Security(StrEnum):
    """How the line is encrypted. `PLAIN` is for servers on this machine only."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAddress:
    """A mail server. `tls` replaces the system's certificates; time-outs are in seconds."""

    host: str
    port: int
    security: Security = Security.TLS
    timeout: float = TIMEOUT_SECONDS
    tls: ssl.SSLContext | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse to send a password over an open line.

        Raises:
            ValueError: plain text to another machine.
        """
        if self.security is Security.PLAIN and self.host not in _THIS_MACHINE:
            raise ValueError(f"{self.host} must be reached by TLS or STARTTLS: without them passwords can be read.")

    def tls_context(self) -> ssl.SSLContext:
        """The certificates to check the server against."""
        return self.tls or ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Password:
    """Sign in by user name and password."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BearerToken:
    """Sign in by an OAuth 2 access token (XOAUTH2), as Microsoft 365 and Google demand."""

    user: str
    token: str = field(repr=False)

    def sasl(self) -> str:
        """The XOAUTH2 initial response, before base64."""
        return f"user={self.user}\1auth=Bearer {self.token}\1\1"


Credentials = Password | BearerToken


class MailTrouble(Exception):
    """Something between us and a mail server. The message is a sentence for an administrator."""


class Unreachable(MailTrouble):
    """The server does not answer, or says it cannot now. Trying again later may help."""


class AuthenticationRefused(MailTrouble):
    """The server knows us not: the password or token is wrong or was withdrawn. A person must act."""


class ReconnectNeeded(AuthenticationRefused):
    """The consent behind an OAuth 2 connection is gone. A person must connect the mailbox again."""


class FolderGone(MailTrouble):
    """The folder does not exist any more, or cannot be opened."""


class UidValidityChanged(MailTrouble):
    """The server numbers the folder's mails anew: what was remembered by number means nothing now."""

    def __init__(self, folder: str, *, before: int, now: int) -> None:
        super().__init__(f'The server has numbered the folder "{folder}" anew ({before} before, {now} now).')
        self.folder = folder
        self.before = before
        self.now = now
