"""Bounces and receipts: what a server says about a mail of ours (RFC 3464, RFC 8098, and the plain letters of old)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from tresen.mail.cleaning import clean_line
from tresen.mail.headers.lines import HeaderBlock, read_block
from tresen.mail.parsed import Automatic, DeliveryReport, FailedRecipient, MailHeaders
from tresen.mail.parts.structure import Part, content_of
from tresen.mail.thread_keys import is_own_message_id, message_ids

MAX_RECIPIENTS = 100
_MAX_REASON = 500
_MAX_SEARCHED = 200_000

_DAEMON = re.compile(r"(?:mailer-daemon|postmaster|mail-?daemon|mdaemon|bounces?)@", re.IGNORECASE)
_FAILED_SUBJECT = re.compile(
    r"undeliver(?:ed|able)|delivery (?:status notification|has failed|failure|failed|system)"
    r"|failure notice|returned mail|message not delivered|could not be delivered"
    r"|unzustellbar|nicht zu(?:stellbar|gestellt)"
    r"|zustell(?:ung (?:fehlgeschlagen|gescheitert)|fehler|ungsfehler)|unable to deliver"
    r"|non (?:recapitabile|recapitato|consegnato)|mancato recapito|mancata consegna|\brecapitare\b"
    r"|non remis|échec de (?:la )?remise"
    r"|no se (?:puede|ha podido) entregar|devuelto|onbestelbaar",
    re.IGNORECASE,
)
_DELAYED_SUBJECT = re.compile(r"delayed|delay\b|warning: |verzögert|ritardat|retard", re.IGNORECASE)
# Alone on its line, or before what the other server said: "<buyer@customer.example>: host mx said: 550 ...".
_ADDRESS_LINE = re.compile(
    r"^[ \t]*(?:<?([^\s<>@:]{1,64}@[^\s<>@:]{1,255}?)>?[ \t]*:?[ \t]*$|<([^\s<>@:]{1,64}@[^\s<>@:]{1,255})>:[ \t])",
    re.MULTILINE,
)
_ADDRESS = re.compile(r"(?<![^\s<(\"'])[^\s<>@:;,()\"']{1,64}@[^\s<>@:;,()\"']{1,250}[^\s<>@:;,()\"'.]")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_COPY_BEGINS = re.compile(
    r"^-{2,80}[^\n-]{0,80}(?:copy of the message|original message|returned message|urspr.ngliche nachricht)",
    re.IGNORECASE | re.MULTILINE,
)
_COPIED_ID = re.compile(r"^[ \t>]*message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_REPORTED = {
    *("message/delivery-status", "message/global-delivery-status"),
    *("message/disposition-notification", "message/global-disposition-notification"),
}
_COMPLAINT = "message/feedback-report"


def read_report(raw: bytes, tree: Part, headers: MailHeaders, text: str) -> tuple[Automatic, DeliveryReport | None]:
    """What kind of report this is, if it is one, and about which mail and recipients."""
    if tree.kind == "multipart/report" or _by_machine(headers):
        found = _structured(raw, tree)
        if found is not None:
            kind, report = found
            return kind, replace(report, message_id=report.message_id or _own_id(headers, text))
    if _looks_like_bounce(headers):
        return Automatic.BOUNCE, _plain(raw, tree, headers, text)
    if tree.kind == "multipart/report":
        # A report all the same: what it tells is for people to read, and nobody waits for an answer.
        return Automatic.DELIVERY_REPORT, DeliveryReport(message_id=_own_id(headers, text))
    return Automatic.NO, None


def _by_machine(headers: MailHeaders) -> bool:
    """Whether a server sent it. What a person hangs on his own letter, be it a report, is his letter's."""
    return _from_daemon(headers) or headers.automatic is not Automatic.NO


def _structured(raw: bytes, tree: Part) -> tuple[Automatic, DeliveryReport] | None:
    recipients: list[FailedRecipient] = []
    original: str | None = None
    seen = False
    for leaf in tree.leaves():
        if leaf.kind in _REPORTED:
            seen = True
            content = content_of(raw, leaf)[0]
            recipients += _recipients(content)
            original = original or _first_id(read_block(content).first("original-message-id"))
        elif leaf.kind == _COMPLAINT:
            seen = True
        elif leaf.kind in {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}:
            original = original or _first_id(read_block(content_of(raw, leaf)[0]).first("message-id"))
    if not seen:
        return None
    failed = any(recipient.permanent for recipient in recipients)
    kind = Automatic.BOUNCE if failed else Automatic.DELIVERY_REPORT
    return kind, DeliveryReport(message_id=original, recipients=tuple(recipients[:MAX_RECIPIENTS]))


def _recipients(content: bytes) -> Iterator[FailedRecipient]:
    """Those that did not get it, or not yet. `delivered`, `relayed` and `expanded` are no failures."""
    for block in _blocks(content):
        action = block.first("action").strip().lower().partition(" ")[0]
        address = block.first("final-recipient") or block.first("original-recipient")
        status = _STATUS.search(block.first("status"))
        if not action and status and status[1].startswith("5"):
            action = "failed"
        if action not in {"failed", "delayed"} or not address:
            continue
        yield FailedRecipient(
            email=clean_line(address.rpartition(";")[2].strip(" <>")),
            status=status[1] if status else "",
            reason=_reason(block.first("diagnostic-code").partition(";")[2] or block.first("diagnostic-code")),
            permanent=action == "failed",
        )


def _blocks(content: bytes) -> Iterator[HeaderBlock]:
    """A delivery status is header blocks, one for the whole and one for each recipient."""
    position = 0
    for _ in range(MAX_RECIPIENTS + 1):
        while content[position : position + 1] in {b"\r", b"\n"}:
            position += 1
        if position >= len(content):
            return
        block = read_block(content, position)
        yield block
        position = max(block.body_at, position + 1)


def _looks_like_bounce(headers: MailHeaders) -> bool:
    if headers.get("x-failed-recipients"):
        return True
    return _from_daemon(headers) and _FAILED_SUBJECT.search(headers.subject) is not None


def _from_daemon(headers: MailHeaders) -> bool:
    sender = headers.sender.email if headers.sender else ""
    returned_to = [value.strip("<> ") for name, value in headers.everything if name == "return-path"]
    return bool(_DAEMON.match(sender)) or any(not value for value in returned_to)


def _plain(raw: bytes, tree: Part, headers: MailHeaders, text: str) -> DeliveryReport:
    """qmail, Exim and their like: addresses on lines of their own, the reason below, a copy of the mail at the end."""
    text = text[:_MAX_SEARCHED]
    copy = _COPY_BEGINS.search(text)
    letter = text[: copy.start()] if copy else text
    named = [each.strip() for each in headers.get("x-failed-recipients").split(",") if "@" in each]
    about = _copied_id(raw, tree, text) or _own_id(headers, text)
    lines: dict[str, int] = {}
    for found in _ADDRESS_LINE.finditer(letter):
        lines.setdefault(found[1] or found[2], found.end())
    if not named and not lines and about is None:
        lines = _mentioned(letter, headers)
    permanent = _DELAYED_SUBJECT.search(headers.subject) is None
    recipients = [
        _plain_recipient(email, letter[lines[email] :] if email in lines else letter, permanent=permanent)
        for email in dict.fromkeys([*named, *lines])
    ]
    return DeliveryReport(message_id=about, recipients=tuple(recipients[:MAX_RECIPIENTS]))


def _mentioned(letter: str, headers: MailHeaders) -> dict[str, int]:
    """Addresses amid the words, and where each ends: not those that the letter itself comes from or goes to."""
    concerned = [*headers.to, *headers.cc, *((headers.sender,) if headers.sender else ())]
    known = {*headers.delivered_to, *(address.email.lower() for address in concerned)}
    return {found[0]: found.end() for found in _ADDRESS.finditer(letter) if found[0].lower() not in known}


def _own_id(headers: MailHeaders, text: str) -> str | None:
    """The id of a mail of ours that the report answers to or names: none other than ours looks like it."""
    named = (*headers.in_reply_to, *reversed(headers.references), *message_ids(text[:_MAX_SEARCHED]))
    return next((each for each in named if is_own_message_id(each)), None)


def _plain_recipient(email: str, below: str, *, permanent: bool) -> FailedRecipient:
    paragraph = below.strip("\n").partition("\n\n")[0]
    status = _STATUS.search(paragraph)
    return FailedRecipient(
        email=clean_line(email),
        status=status[1] if status else "",
        reason=_reason(paragraph),
        permanent=permanent and not (status and status[1].startswith("4")),
    )


def _copied_id(raw: bytes, tree: Part, text: str) -> str | None:
    for leaf in tree.leaves():
        if leaf.kind in {"message/rfc822", "text/rfc822-headers"}:
            return _first_id(read_block(content_of(raw, leaf)[0]).first("message-id"))
    copied = _COPIED_ID.search(text)
    return _first_id(copied[1]) if copied else None


def _first_id(value: str) -> str | None:
    return next(iter(message_ids(value)), None)


def _reason(text: str) -> str:
    return clean_line(text)[:_MAX_REASON]
