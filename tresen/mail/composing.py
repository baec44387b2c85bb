"""An outgoing mail from plain values: the same values give the same bytes, so that a retry is the same mail.

Header lines are written here and not by the standard library, which turns long ids in References into encoded words.
"""

import base64
import binascii
import email.header
import email.utils
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from tresen.mail.automatic import LOOP_FIELD
from tresen.mail.cleaning import clean_line, clean_text
from tresen.mail.parsed import Address
from tresen.mail.thread_keys import without_prefixes

MAX_SUBJECT = 500
MAX_REFERENCES = 20
# RFC 5322 §2.1.1: lines should not pass 78 characters and must not pass 998.
_FOLD_AT = 78
_LONGEST_LINE = 990
_MESSAGE_ID = re.compile(r"[!-;=?A-~]+@[!-;=?A-~]+")
_ADDRESS = re.compile(r"[^\s<>,;:\"()@\x00-\x1f]+@[^\s<>,;:\"()@\x00-\x1f]+")
_CONTENT_TYPE = re.compile(r"(?!multipart/|message/)[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingFile:
    """A file that leaves with the mail."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    """What leaves. Ids without angle brackets; `references` oldest first; `quoted` stands below the text as given.

    `automatic`: nobody wrote it for this customer. `marks_loops`: carries our loop mark; never on relays, which
    forbid marks of ours.
    """

    message_id: str
    sender: Address
    recipient: Address
    subject: str
    text: str
    at: datetime
    reply_to: Address | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    quoted: str = ""
    files: tuple[OutgoingFile, ...] = ()
    automatic: bool = False
    marks_loops: bool = False


def compose(mail: OutgoingMail) -> bytes:
    """The mail as it goes over the wire: CRLF, 7-bit but for addresses beyond ASCII.

    Raises:
        ValueError: an address or id that is none.
    """
    lines = [*_headers(mail), "MIME-Version: 1.0"]
    head = "".join(f"{line}\r\n" for line in lines).encode()
    text = _text_part(mail)
    if not mail.files:
        return head + text
    boundary = f"=_{hashlib.sha256(mail.message_id.encode()).hexdigest()[:32]}"
    parts = [text, *(_file_part(file) for file in mail.files)]
    body = b"".join(b"--%b\r\n%b\r\n" % (boundary.encode(), part) for part in parts)
    kind = f'Content-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n'
    return head + kind.encode() + body + f"--{boundary}--\r\n".encode()


def reply_subject(subject: str) -> str:
    """The subject of an answer: unchanged but for a single "Re: " before it."""
    return f"Re: {without_prefixes(clean_line(subject))}"


def reply_references(references: tuple[str, ...], in_reply_to: str | None) -> tuple[str, ...]:
    """The thread an answer names: the ids of the mail it answers and that mail itself, the first and the last 19."""
    chain = tuple(dict.fromkeys([*references, *([in_reply_to] if in_reply_to else [])]))
    return chain if len(chain) <= MAX_REFERENCES else (chain[0], *chain[1 - MAX_REFERENCES :])


def _headers(mail: OutgoingMail) -> Iterator[str]:
    yield _field("Message-ID", [_bracketed(mail.message_id)])
    yield f"Date: {email.utils.format_datetime(mail.at.astimezone(UTC))}"
    yield _address_field("From", mail.sender)
    yield _address_field("To", mail.recipient)
    if mail.reply_to:
        yield _address_field("Reply-To", mail.reply_to)
    yield _text_field("Subject", clean_line(mail.subject)[:MAX_SUBJECT])
    if mail.in_reply_to and _MESSAGE_ID.fullmatch(mail.in_reply_to):
        yield _field("In-Reply-To", [_bracketed(mail.in_reply_to)])
    known = [each for each in reply_references(mail.references, mail.in_reply_to) if _MESSAGE_ID.fullmatch(each)]
    if known:
        yield _field("References", [_bracketed(each) for each in known])
    if mail.automatic:
        yield "Auto-Submitted: auto-replied"
        yield "X-Auto-Response-Suppress: All"
    if mail.marks_loops:
        yield f"{LOOP_FIELD.title()}: {mail.message_id.rpartition('@')[2]}"


def _field(name: str, words: list[str]) -> str:
    """A field of words that must stay whole, folded between them."""
    lines, line = [], f"{name}:"
    for word in words:
        if len(line) + 1 + len(word) > _FOLD_AT and line != f"{name}:":
            lines.append(line)
            line = ""
        line = f"{line} {word}"
    return "\r\n".join([*lines, line])


def _text_field(name: str, text: str) -> str:
    if text.isascii() and "=?" not in text and all(len(word) < _FOLD_AT for word in text.split()):
        return _field(name, text.split())
    encoded = email.header.Header(text, "utf-8", header_name=name, maxlinelen=_FOLD_AT - 2).encode(linesep="\r\n")
    return f"{name}: {encoded}"


def _address_field(name: str, address: Address) -> str:
    if not _ADDRESS.fullmatch(address.email):
        raise ValueError(f"This is no mail address: {clean_line(address.email)!r}")
    shown = clean_line(address.name)[:200]
    if not shown:
        return _field(name, [address.email])
    if shown.isascii() and "=?" not in shown:
        escaped = re.sub(r'(["\\])', r"\\\1", shown)
        return _field(name, [*f'"{escaped}"'.split(" "), f"<{address.email}>"])
    encoded = email.header.Header(shown, "utf-8", header_name=name, maxlinelen=_FOLD_AT - 2).encode(linesep="\r\n")
    return f"{name}: {encoded}\r\n <{address.email}>"


def _bracketed(message_id: str) -> str:
    if not _MESSAGE_ID.fullmatch(message_id):
        raise ValueError(f"This is no message id: {clean_line(message_id)!r}")
    return f"<{message_id}>"


def _text_part(mail: OutgoingMail) -> bytes:
    """Plain text, 7-bit where it already is, else quoted-printable: relays read nothing else reliably."""
    whole = clean_text(mail.text).rstrip("\n")
    if mail.quoted.strip():
        whole = f"{whole}\n\n{clean_text(mail.quoted).rstrip()}"
    content = f"{whole}\n".encode()
    plain = content.isascii() and all(len(line) <= _LONGEST_LINE for line in content.split(b"\n"))
    encoding = "7bit" if plain else "quoted-printable"
    body = content if plain else binascii.b2a_qp(content, istext=True)
    head = f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + body.replace(b"\n", b"\r\n")


def _file_part(file: OutgoingFile) -> bytes:
    kind = file.content_type.strip().lower()
    kind = kind if _CONTENT_TYPE.fullmatch(kind) else "application/octet-stream"
    name = re.sub(r"[\\/\"]", "_", clean_line(file.name))[:80] or "file"
    ascii_name = name.encode("ascii", "replace").decode().replace("?", "_")
    shown = f'filename="{name}"' if name.isascii() else f"filename*=utf-8''{quote(name, safe='')}"
    head = (
        f'Content-Type: {kind};\r\n name="{ascii_name}"\r\n'
        f"Content-Disposition: attachment;\r\n {shown}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode() + base64.encodebytes(file.content).replace(b"\n", b"\r\n")
