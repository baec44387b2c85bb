"""The usual reasons why a mail server can't be reached, told from what libraries say of it."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SIGN_IN_REFUSED = _("The server refuses the sign-in. Check user name and password, or sign in at the provider again.")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A sentence for people, and what was said word for word where the sentence does not hold it."""

    sentence: str
    details: str = ""


def cause_of(said: str) -> str:
    """What these words mean, in the active language; empty for unknown ones and for a server's answer to a mail."""
    if _ANSWER.match(said):
        return ""
    return next((str(sentence) for pattern, sentence in _CAUSES if pattern.search(said)), "")


_ANSWER = re.compile(r"\s*[245]\d\d\b|\s*[245]\.\d{1,3}\.\d")


NO_SUCH_NAME = re.compile(
    r"name or service not known|nodename nor servname|no address associated|name resolution|getaddrinfo|idna",
    re.IGNORECASE,
)


def _cause(pattern: str, sentence: str | Promise) -> tuple[re.Pattern[str], str | Promise]:
    return re.compile(pattern, re.IGNORECASE), sentence


# The numbers are Linux's and macOS's; the words those of their libraries, of OpenSSL and of Python.
_CAUSES = (
    (NO_SUCH_NAME, _("No server of this name is found. Check how it is spelled.")),
    _cause(
        r"certificate.verify.failed|certificate has expired|self.signed certificate|hostname mismatch",
        _("The server’s certificate is not one for this name, or nobody we trust has signed it."),
    ),
    _cause(
        r"wrong.version.number|unknown protocol|record layer failure|packet length too long|http.request",
        _("The server does not speak TLS at this port. Choose another port or another encryption."),
    ),
    _cause(
        r"connection refused|errno (?:111|61)\b",
        _("The server takes no connections at this port. Check the port."),
    ),
    _cause(
        r"timed out|timeout|errno (?:110|60)\b",
        _("The server does not answer in time. Check its name and port."),
    ),
    _cause(
        r"no route to host|network is unreachable|errno (?:101|113|51|65)\b",
        _("The way to the server is interrupted."),
    ),
    _cause(
        r"connection reset|broken pipe|connection (?:unexpectedly )?closed|eof occurred|socket error: eof",
        _("The server closed the connection. Check port and encryption."),
    ),
)
