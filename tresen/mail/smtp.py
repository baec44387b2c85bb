"""Sending in a transaction of our own: who took what, when, under which number.

The line that matters is the dot that ends the mail. Before it nothing was taken, whatever happens; after it only the
server's answer tells, and a lost answer means that nobody knows.
"""

import base64
import re
import smtplib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tresen.mail.outcomes import (
    Accepted,
    Outcome,
    OutcomeUnknown,
    PermanentFailure,
    SignInRefused,
    TemporaryFailure,
)
from tresen.mail.signing_in import BearerToken, Credentials, Password, Security, ServerAddress
from tresen.mail.smtp_answers import (
    GO_ON,
    HANGING_UP,
    MORE,
    PERMANENT,
    SIGN_IN_CODES,
    SIGNED_IN,
    YES,
    Stopped,
    expect,
    expect_now,
    failure,
    kind,
    queue_id,
    said,
)

# RFC 5321 §4.5.3.2.6 grants a server ten minutes to answer the final dot.
FINAL_ANSWER_SECONDS = 600.0

_ADDRESS = re.compile(r"[^\s<>\x00-\x1f\x7f]{1,256}@[^\s<>\x00-\x1f\x7f@]{1,255}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpTransport:
    """Sends through one server. `clock` gives our time of the server's answer; None as credentials: no sign-in."""

    server: ServerAddress
    credentials: Credentials | None
    clock: Callable[[], datetime]

    def send(self, message: bytes, *, sender: str, recipient: str) -> Outcome:
        """One transaction for one recipient. Broken connections come back as outcomes, never as exceptions."""
        return self.send_to_all(message, sender=sender, recipients=[recipient])[recipient]

    def send_to_all(self, message: bytes, *, sender: str, recipients: Sequence[str]) -> Mapping[str, Outcome]:
        """One transaction for several recipients, with an outcome for each of them."""
        outcomes: dict[str, Outcome] = {}
        smtp: smtplib.SMTP | None = None
        try:
            for address in (sender, *recipients):
                _check_address(address)
            smtp = self._connected(hello=_ascii_domain(sender))
            self._sign_in(smtp)
            _open(smtp, message, sender=sender, recipients=recipients)
            outcomes.update(_refused_recipients(smtp, recipients))
            accepted = [recipient for recipient in recipients if recipient not in outcomes]
            if accepted:
                _begin_data(smtp, message)
                outcomes |= dict.fromkeys(accepted, self._final_answer(smtp))
        except Stopped as stopped:
            outcomes = dict.fromkeys(recipients, stopped.outcome) | outcomes
        except (smtplib.SMTPException, OSError, ValueError) as error:
            outcomes = dict.fromkeys(recipients, TemporaryFailure(code=0, text=said(str(error)))) | outcomes
        finally:
            _close(smtp)
        return outcomes

    def check(self) -> Outcome | None:
        """Connect and sign in, for "test connection": None when both went well."""
        smtp: smtplib.SMTP | None = None
        try:
            smtp = self._connected(hello="localhost")
            self._sign_in(smtp)
        except Stopped as stopped:
            return stopped.outcome
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            return TemporaryFailure(code=0, text=said(str(error)))
        finally:
            _close(smtp)
        return None

    def _connected(self, *, hello: str) -> smtplib.SMTP:
        """Raises `Stopped` or OSError; nothing stays open then."""
        server = self.server
        smtp: smtplib.SMTP
        if server.security is Security.TLS:
            smtp = smtplib.SMTP_SSL(local_hostname=hello, timeout=server.timeout, context=server.tls_context())
        else:
            smtp = smtplib.SMTP(local_hostname=hello, timeout=server.timeout)
        try:
            # smtplib compares the certificate with this name, and sets it only when it connects in its constructor.
            smtp._host = server.host  # type: ignore[attr-defined] # noqa: SLF001
            # A server that turns everybody away does not judge this mail: such a refusal is never permanent.
            expect_now(smtp.connect(server.host, server.port))
            smtp.ehlo_or_helo_if_needed()
            if server.security is Security.STARTTLS:
                self._encrypt(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _encrypt(self, smtp: smtplib.SMTP) -> None:
        if not smtp.has_extn("starttls"):
            raise Stopped(TemporaryFailure(code=0, text=f"{self.server.host} does not offer STARTTLS."))
        expect_now(smtp.starttls(context=self.server.tls_context()))
        smtp.ehlo_or_helo_if_needed()

    def _sign_in(self, smtp: smtplib.SMTP) -> None:
        match self.credentials:
            case None:
                return
            case BearerToken() as bearer:
                code, text = smtp.docmd("AUTH", f"XOAUTH2 {_base64(bearer.sasl())}")
                if code == GO_ON:  # The reason for the refusal; an empty line asks for the refusal itself.
                    code, text = smtp.docmd("")
            case Password(user=user, password=password):
                code, text = _sign_in_by_password(smtp, user, password)
        if code == SIGNED_IN:
            return
        if code in SIGN_IN_CODES or kind(code) == PERMANENT:
            raise Stopped(SignInRefused(code=code, text=said(text)))
        raise Stopped(TemporaryFailure(code=code, text=said(text)))

    def _final_answer(self, smtp: smtplib.SMTP) -> Outcome:
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(max(self.server.timeout, FINAL_ANSWER_SECONDS))
            smtp.send(b".\r\n")
            code, text = smtp.getreply()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            return OutcomeUnknown(text=said(str(error)))
        if kind(code) == YES:
            words = said(text)
            return Accepted(code=code, text=words, queue_id=queue_id(words), at=self.clock())
        return failure(code, text)


def _sign_in_by_password(smtp: smtplib.SMTP, user: str, password: str) -> tuple[int, bytes]:
    """PLAIN, else LOGIN, in UTF-8 (smtplib's own cannot send a password with an umlaut)."""
    ways = str(smtp.esmtp_features.get("auth", "")).upper().split()
    if "PLAIN" in ways:
        return smtp.docmd("AUTH", f"PLAIN {_base64(f'\0{user}\0{password}')}")
    if "LOGIN" in ways:
        code, text = smtp.docmd("AUTH", "LOGIN")
        for answer in (user, password):
            if code != GO_ON:
                break
            code, text = smtp.docmd(_base64(answer))
        return code, text
    raise Stopped(SignInRefused(code=0, text=f"The server offers no sign-in by password ({' '.join(ways) or 'none'})."))


def _open(smtp: smtplib.SMTP, message: bytes, *, sender: str, recipients: Sequence[str]) -> None:
    """MAIL FROM with what the mail needs, or a refusal where the server lacks it."""
    options: list[str] = []
    size = str(smtp.esmtp_features.get("size", ""))
    if smtp.has_extn("size"):
        options.append(f"SIZE={len(message)}")
        if size.isdigit() and 0 < int(size) < len(message):
            limit = f"The mail has {len(message):,} bytes, the server takes {int(size):,}."
            raise Stopped(PermanentFailure(code=552, text=limit))
    header = message.partition(b"\r\n\r\n")[0]
    if not header.isascii() or not all(_local_part(address).isascii() for address in (sender, *recipients)):
        if not smtp.has_extn("smtputf8"):
            raise Stopped(PermanentFailure(code=553, text="The server takes no addresses beyond ASCII (SMTPUTF8)."))
        options += ["SMTPUTF8"]
        smtp.command_encoding = "utf-8"
    if not message.isascii():
        if not smtp.has_extn("8bitmime"):
            raise Stopped(PermanentFailure(code=554, text="The server takes no 8-bit mail (8BITMIME)."))
        options.append("BODY=8BITMIME")
    expect(smtp.mail(_envelope(sender, smtp), options), YES)


def _refused_recipients(smtp: smtplib.SMTP, recipients: Sequence[str]) -> dict[str, Outcome]:
    """Those whom the server does not take, each with its answer."""
    refused: dict[str, Outcome] = {}
    for recipient in recipients:
        code, text = smtp.rcpt(_envelope(recipient, smtp))
        if code == HANGING_UP:
            raise Stopped(TemporaryFailure(code=code, text=said(text)))
        if kind(code) != YES:
            refused[recipient] = failure(code, text)
    return refused


def _begin_data(smtp: smtplib.SMTP, message: bytes) -> None:
    """DATA and the whole mail but for the final dot, lines ending in CRLF, leading dots doubled."""
    expect(smtp.docmd("DATA"), MORE)
    lines = re.sub(rb"\r\n|\n|\r", b"\r\n", message)
    stuffed = re.sub(rb"(?m)^\.", b"..", lines)
    smtp.send(stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n")


def _check_address(address: str) -> None:
    if not _ADDRESS.fullmatch(address):
        raise Stopped(PermanentFailure(code=0, text=f"This is no mail address: {said(address)!r}"))
    _ascii_domain(address)


def _envelope(address: str, smtp: smtplib.SMTP) -> str:
    """With SMTPUTF8 as it is, else with the domain in its ASCII form."""
    if address.isascii() or smtp.command_encoding == "utf-8":
        return address
    return f"{_local_part(address)}@{_ascii_domain(address)}"


def _local_part(address: str) -> str:
    return address.rpartition("@")[0]


def _ascii_domain(address: str) -> str:
    domain = address.rpartition("@")[2]
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise Stopped(PermanentFailure(code=0, text=f"This is no domain: {said(domain)!r}")) from None


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _close(smtp: smtplib.SMTP | None) -> None:
    """Say goodbye without waiting for long; what was answered stands already."""
    if smtp is None:
        return
    try:
        if smtp.sock is not None:
            smtp.sock.settimeout(2)
            smtp.quit()
    except (smtplib.SMTPException, OSError):
        pass
    finally:
        smtp.close()
