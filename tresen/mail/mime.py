"""A raw mail taken apart into the plain values that connectors read. Never fails, whatever the bytes are."""

from collections.abc import Sequence
from dataclasses import replace

from tresen.mail import automatic
from tresen.mail.charsets import decode_unlabelled
from tresen.mail.cleaning import clean_line, clean_text
from tresen.mail.headers import authentication
from tresen.mail.headers.addresses import normalise, read_addresses
from tresen.mail.headers.dates import read_date
from tresen.mail.headers.encoded_words import decode_words
from tresen.mail.headers.lines import HeaderBlock, read_block
from tresen.mail.headers.received import received_at
from tresen.mail.parsed import Automatic, MailHeaders, ParsedMail, Problem
from tresen.mail.parts import reports
from tresen.mail.parts.bodies import Bodies, read_bodies
from tresen.mail.parts.structure import Unwalkable, walk
from tresen.mail.thread_keys import message_ids

EXCERPT_BYTES = 4000
MAX_SUBJECT = 2000

_DELIVERED_TO = ("delivered-to", "x-original-to", "x-delivered-to", "envelope-to", "x-envelope-to", "apparently-to")


def parse_mail(raw: bytes, *, trusted_receivers: Sequence[str]) -> ParsedMail:
    """The whole mail: headers, text, HTML, files, and what its own receiver says of it.

    `trusted_receivers`: hosts of ours as they name themselves in Received and Authentication-Results lines;
    `*.example.com` stands for all below it. What could not be read whole is named in `problems`.
    """
    raw = _with_line_feeds(raw)
    try:
        tree = walk(raw)
    except Unwalkable as reason:
        return parse_headers_only(raw, trusted_receivers=trusted_receivers, problem=reason.problem)
    headers = _headers(tree.block, trusted_receivers=trusted_receivers)
    bodies = read_bodies(raw, tree)
    kind, report = reports.read_report(raw, tree, headers, bodies.text)
    if kind is Automatic.NO or headers.automatic is Automatic.LOOP:
        kind = headers.automatic
    return ParsedMail(
        headers=replace(headers, automatic=kind),
        text=bodies.text,
        html=bodies.html,
        attachments=bodies.attachments,
        report=report,
        received_at=received_at(tree.block, trusted_receivers=trusted_receivers),
        problems=tuple(dict.fromkeys([*_header_problems(tree.block, headers), *_empty(raw, bodies), *bodies.problems])),
    )


def parse_headers_only(
    raw: bytes, *, trusted_receivers: Sequence[str] = (), problem: str = Problem.NOT_READ_WHOLE
) -> ParsedMail:
    """The cheap reading when the whole one is refused: headers and the first 4,000 bytes as they stand."""
    raw = _with_line_feeds(raw[:1_000_000])
    block = read_block(raw)
    headers = _headers(block, trusted_receivers=trusted_receivers)
    excerpt = clean_text(decode_unlabelled(raw[block.body_at : block.body_at + EXCERPT_BYTES]))
    return ParsedMail(
        headers=headers,
        text=excerpt,
        received_at=received_at(block, trusted_receivers=trusted_receivers),
        problems=tuple(dict.fromkeys([problem, *_header_problems(block, headers)])),
    )


def _headers(block: HeaderBlock, *, trusted_receivers: Sequence[str]) -> MailHeaders:
    senders = read_addresses(block.first("from")) or read_addresses(block.first("sender"))
    own_results = authentication.own_results(block, trusted_receivers=trusted_receivers)
    headers = MailHeaders(
        sender=senders[0] if senders else None,
        reply_to=read_addresses(block.first("reply-to")),
        to=read_addresses(",".join(block.all("to"))),
        cc=read_addresses(",".join(block.all("cc"))),
        delivered_to=_delivered_to(block),
        subject=_readable(block.first("subject"))[:MAX_SUBJECT],
        message_id=next(iter(_ids(block.first("message-id"))), None),
        in_reply_to=_ids(block.first("in-reply-to")),
        references=_ids(block.first("references")),
        claimed_at=read_date(block.first("date")),
        authenticated=authentication.judge(block, trusted_receivers=trusted_receivers),
        everything=tuple(
            (name, _readable(value))
            for name, value in block.fields
            if name != authentication.FIELD or value == own_results
        ),
    )
    return replace(headers, automatic=automatic.of_headers(headers))


def _delivered_to(block: HeaderBlock) -> tuple[str, ...]:
    found = [
        normalise(address.email)
        for name in _DELIVERED_TO
        for value in block.all(name)
        for address in read_addresses(value)
    ]
    return tuple(dict.fromkeys(found))


def _ids(value: str) -> tuple[str, ...]:
    return tuple(clean_line(each) for each in message_ids(value))


def _readable(value: str) -> str:
    return clean_line(decode_words(value))


def _header_problems(block: HeaderBlock, headers: MailHeaders) -> list[str]:
    problems: list[str] = []
    if block.too_long:
        problems.append(Problem.MONSTROUS_HEADER)
    if block.damaged:
        problems.append(Problem.HEADERS_DAMAGED)
    if headers.sender is None:
        problems.append(Problem.NO_SENDER)
    if headers.claimed_at is None and block.first("date"):
        problems.append(Problem.DATE_UNREADABLE)
    return problems


def _empty(raw: bytes, bodies: Bodies) -> list[str]:
    empty = not raw.strip() or not (bodies.text.strip() or bodies.attachments)
    return [Problem.NO_CONTENT] if empty else []


def _with_line_feeds(raw: bytes) -> bytes:
    """Blank lines before the first header are dropped; a mail with bare carriage returns gets line feeds."""
    if raw[:1] in {b"\n", b"\r"}:
        raw = raw.lstrip(b"\r\n")
    if b"\n" not in raw[:100_000] and b"\r" in raw[:100_000]:
        raw = raw.replace(b"\r", b"\n")
    return raw
