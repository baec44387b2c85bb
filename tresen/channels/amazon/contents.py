"""What a buyer's mail holds: his words, the order lines above them, Amazon's signed links below them."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from tresen.channels.amazon.framing import has_frame_above, looks_framed, read_frame
from tresen.channels.amazon.knowledge import marketplaces, notice_words
from tresen.channels.contract import ParsedMail, PlatformLink
from tresen.channels.mailed import quotes
from tresen.channels.mailed.hosts import site_of
from tresen.channels.mailed.markup import Markup, text_of
from tresen.channels.mailed.messages import unique
from tresen.channels.mailed.typed import as_typed

STAMP = "X-Space-Notification-Type"
ORDER_ID = re.compile(r"(?<![\d-])\d{3}-\d{7}-\d{7}(?![\d-])")
_ASIN_LABEL = re.compile(r"ASIN\s{0,2}:\s{0,2}([A-Z0-9]{10})\b")
_ASIN_LINK = re.compile(r"(?:/dp/|/gp/product/|[?&]asin=)([A-Z0-9]{10})(?![A-Z0-9])")
_ASIN = re.compile(r"B[A-Z0-9]{9}|\d{9}[\dX]")
_URL = re.compile(r"https://[^\s<>\"]{1,2000}")
_BUYERS_BLOCK = "-o-pre-wrap"
_HOSTS = frozenset(marketplace.host for marketplace in marketplaces())
_SELLER_SITES = ("sellercentral.", "sellercentral-europe.", "www.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A buyer's mail, sorted. `shape`: frame, own_mail_program (no frame, his own quotes cut) or unknown."""

    text: str
    shape: str = "frame"
    order_ids: tuple[str, ...] = ()
    item_ids: tuple[str, ...] = ()
    links: tuple[PlatformLink, ...] = ()
    case_ids: tuple[str, ...] = ()
    thread_ids: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Parts:
    """Amazon's head, the buyer's words, and Amazon's addresses above and below them."""

    head: str
    words: str
    urls_above: tuple[str, ...]
    urls_below: tuple[str, ...]
    problems: tuple[str, ...] = ()


def contents_of(mail: ParsedMail) -> Contents:
    """The parts of a buyer's mail, whatever the language of its frame."""
    parts = _from_html(mail) or _from_text(mail)
    if parts is None:
        return _without_frame(mail)
    case_ids, thread_ids, links = _read_links(parts.urls_below)
    words = quotes.split(parts.words).new or parts.words
    return Contents(
        text=words,
        order_ids=order_ids(mail.headers.subject, parts.head, words),
        item_ids=_item_ids(parts),
        links=links,
        case_ids=case_ids,
        thread_ids=thread_ids,
        problems=(*parts.problems, *(() if words or mail.attachments else ("no_words",))),
    )


def order_ids(*texts: str) -> tuple[str, ...]:
    """All order numbers in the texts, the first found first."""
    return unique(found for text in texts for found in ORDER_ID.findall(as_typed(text)))


def _from_html(mail: ParsedMail) -> _Parts | None:
    """The surest anchor: exactly one block of the buyer's, below the frame's beginning and in no quotation."""
    if _BUYERS_BLOCK not in mail.html:
        return None
    markup = Markup(mail.html)
    blocks = [block for block in markup.elements("pre") if _BUYERS_BLOCK in (block.get("style") or "")]
    if len(blocks) != 1 or next(blocks[0].iterancestors("blockquote"), None) is not None:
        return None
    head = markup.text_before(blocks[0])
    if not has_frame_above(head) or quotes.split(head).quoted:
        return None
    below = [link.url for link in markup.links(after=blocks[0])]
    return _Parts(
        head=head,
        words=text_of(blocks[0]),
        urls_above=tuple(link.url for link in markup.links(before=blocks[0])),
        urls_below=tuple(below or _urls_of_text(mail)),
    )


def _urls_of_text(mail: ParsedMail) -> list[str]:
    framed = read_frame(mail.text)
    return _URL.findall(framed.tail) if framed else []


def _from_text(mail: ParsedMail) -> _Parts | None:
    framed = read_frame(mail.text)
    if framed is None:
        return None
    below = _URL.findall(framed.tail)
    if not below and mail.html:
        # The plain text was made from the HTML, which alone holds the addresses; only signed ones of Amazon count.
        below = [link.url for link in Markup(mail.html).links() if link.url not in framed.words]
    return _Parts(
        head=framed.head,
        words=framed.words,
        urls_above=tuple(_URL.findall(framed.head)),
        urls_below=tuple(below),
        problems=("garbled_text",) if framed.mojibake else (),
    )


def _without_frame(mail: ParsedMail) -> Contents:
    """A mail from the buyer's own program has no frame but a quoted history; anything else is kept whole."""
    split = quotes.split(mail.text)
    stamped = mail.headers.get(STAMP).strip() in notice_words().message_stamps
    own_program = bool(split.new) and (bool(split.quoted) or not (stamped or looks_framed(mail.text)))
    text = split.new if own_program else mail.text
    return Contents(
        text=text.strip(),
        shape="own_mail_program" if own_program else "unknown",
        order_ids=order_ids(mail.headers.subject, text) or order_ids(mail.text),
        problems=() if own_program else ("frame_unknown",),
    )


def _item_ids(parts: _Parts) -> tuple[str, ...]:
    named = [*_ASIN_LABEL.findall(parts.head)]
    for url in parts.urls_above:
        named += _ASIN_LINK.findall(url)
    return unique(asin for asin in named if _ASIN.fullmatch(asin))


def _read_links(urls: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[PlatformLink, ...]]:
    cases: list[str] = []
    threads: list[str] = []
    links: list[PlatformLink] = []
    for url in urls:
        path = amazon_path(url)
        if path is None:
            continue
        query = parse_qs(urlsplit(url).query)
        if "no-response-needed" in path:
            links.append(PlatformLink(kind="no_response_needed", url=url))
            threads += query.get("t", [])[:1]
        elif query.get("fi") == ["caseId"]:
            cases += query.get("ss", [])[:1]
    return unique(cases), unique(threads), tuple({link.url: link for link in links}.values())


def amazon_path(url: str) -> str | None:
    """The path of an address at exactly one of Amazon's own sites, else None."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme != "https" or parts.username is not None:
        return None
    known = any(site_of(f"@{host}", prefix=site, suffixes=_HOSTS) for site in _SELLER_SITES)
    return parts.path if known else None
