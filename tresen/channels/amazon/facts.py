"""What is worth keeping of a notice: sums, dates, articles, deadlines, links."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from tresen.channels.amazon.addresses import currency_of, is_buyer
from tresen.channels.amazon.contents import amazon_path
from tresen.channels.amazon.knowledge import SpanShape, notice_words
from tresen.channels.contract import Deadline, NoticeKind, ParsedMail, PlatformLink
from tresen.channels.mailed.figures import day_in, money_in
from tresen.channels.mailed.markup import Markup
from tresen.channels.mailed.messages import unique
from tresen.channels.mailed.wording import contains_any, folded, value_after

_TEXT_LENGTH = 50_000
_CLAIMS = frozenset({NoticeKind.A_TO_Z_OPENED, NoticeKind.A_TO_Z_ASKED, NoticeKind.A_TO_Z_DECIDED})
_CHARGEBACKS = frozenset({NoticeKind.CHARGEBACK_OPENED, NoticeKind.CHARGEBACK_DECIDED})
_RETURNS = frozenset({NoticeKind.RETURN_AUTHORISED, NoticeKind.RETURN_REQUESTED})
_WITH_SUM = _CLAIMS | _CHARGEBACKS | {NoticeKind.REFUND_ISSUED}
_WITH_DEADLINE = frozenset({NoticeKind.A_TO_Z_OPENED, NoticeKind.A_TO_Z_ASKED, NoticeKind.CHARGEBACK_OPENED})
_OPTED_OUT = NoticeKind.DELIVERY_FAILED_BUYER_OPTED_OUT

_ASIN = re.compile(r"B[A-Z0-9]{9}|\d{9}[\dX]")
_ITEM_TITLE = re.compile(r"Items purchased:\s{0,3}\d{1,4} of \((.{1,300}?)\)\s{0,3}$", re.MULTILINE)
_MAILTO = re.compile(r"mailto:([^?\s\"'<>]{3,120})")
_KEYWORD = re.compile(r"\[(?:Important|Importante|Wichtig|重要)\]", re.IGNORECASE)
_RECIPIENT_NAME = re.compile(
    r"(?:inviato a|sent to|enviado a|envoyé à)\s{1,3}([^\d\n]{1,60}?)\s{1,3}(?:il|on|el|le)\s{1,3}\d"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of one notice; what it does not name is empty."""

    item_ids: tuple[str, ...] = ()
    buyer_name: str = ""
    deadline: Deadline | None = None
    links: tuple[PlatformLink, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


def facts_of(mail: ParsedMail, kind: NoticeKind, *, marketplace: str | None, at: datetime) -> Facts:
    """The facts a notice of that kind holds. `at` is the mail's own time."""
    text = mail.text[:_TEXT_LENGTH]
    extra: dict[str, str] = {}
    if kind in _WITH_SUM:
        extra |= _sum(mail.headers.subject if kind is NoticeKind.REFUND_ISSUED else text, marketplace)
    if kind in _CHARGEBACKS and (found := _ITEM_TITLE.search(text)):
        extra["item_title"] = found[1]
    items: tuple[str, ...] = ()
    if kind in _RETURNS:
        items, details = _return(mail, text)
        extra |= details
    if kind is _OPTED_OUT:
        extra |= _opt_out(mail, text)
    if kind is NoticeKind.POLICY_WARNING and (complaint := value_after(notice_words().complaint_ids, text)):
        extra["complaint_id"] = complaint
    name = _RECIPIENT_NAME.search(text) if kind is _OPTED_OUT else None
    return Facts(
        item_ids=items,
        buyer_name=name[1] if name else "",
        deadline=_deadline(text, kind, at) if kind in _WITH_DEADLINE else None,
        links=_links(mail) if kind is NoticeKind.CANCELLATION_REQUESTED else (),
        extra=extra,
    )


def outcome_in(text: str, kind: NoticeKind) -> str:
    """How a decided claim or chargeback ended: "won" (also where Amazon pays), "lost"; empty where no word says so."""
    if kind not in {NoticeKind.A_TO_Z_DECIDED, NoticeKind.CHARGEBACK_DECIDED}:
        return ""
    words = folded(text[:_TEXT_LENGTH])
    return next((name for name, phrases in notice_words().outcomes.items() if contains_any(words, phrases)), "")


def _sum(text: str, marketplace: str | None) -> dict[str, str]:
    found = money_in(text, local=currency_of(marketplace))
    return {"amount": found.amount, "currency": found.currency} if found else {}


def _return(mail: ParsedMail, text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """ASINs and details; several articles stand line below line in each detail."""
    words = notice_words()
    details = {name: value_after(labels, text) for name, labels in words.labels.items()}
    rows = _articles(mail)
    for name in words.columns:
        cells = [row[name] for row in rows if row.get(name)]
        details[name] = "\n".join(cells) or details.get(name, "")
    if day := day_in(details.get("return_requested_on", "")):
        details["return_requested_on"] = day.isoformat()
    if contains_any(folded(text), words.authorised_by_amazon):
        details["authorised_by"] = "amazon"
    items = unique(row["asin"] for row in rows if _ASIN.fullmatch(row.get("asin", "")))
    return items, {name: value for name, value in details.items() if value}


def _articles(mail: ParsedMail) -> list[dict[str, str]]:
    """The rows of the table that has an ASIN column, by the names of our columns; columns vary, headings tell."""
    names = {folded(heading): name for name, headings in notice_words().columns.items() for heading in headings}
    names["asin"] = "asin"
    for rows in Markup(mail.html).tables():
        headings = [names.get(folded(cell), "") for cell in rows[0]] if rows else []
        if "asin" in headings:
            return [dict(zip(headings, row, strict=False)) for row in rows[1:]]
    return []


def _opt_out(mail: ParsedMail, text: str) -> dict[str, str]:
    recipient = next((found for found in _MAILTO.findall(mail.html or text) if is_buyer(found)), "")
    keyword = _KEYWORD.search(text)
    day = day_in(text)
    found = {
        "failed_recipient": recipient,
        "our_message_sent_on": day.isoformat() if day else "",
        "override_keyword": keyword[0] if keyword else "",
    }
    return {name: value for name, value in found.items() if value}


def _deadline(text: str, kind: NoticeKind, at: datetime) -> Deadline | None:
    """The shortest of the spans the mail names: which of them is the seller's own no word tells, and early is safe.

    Only the notice of a new claim speaks of what follows if Amazon asks; in all others the time runs from the mail.
    """
    text = unicodedata.normalize("NFC", text)
    spans = [(_length(found, shape), shape, found) for shape, found in _spans(text) if int(found[1])]
    if not spans:
        return None
    length, shape, found = min(spans, key=lambda span: span[0])
    conditional = shape.conditional and kind is NoticeKind.A_TO_Z_OPENED
    return Deadline(
        stated=" ".join(found[0].split()),
        conditional=conditional,
        at=None if conditional else at + length,
        amount=int(found[1]),
        unit=shape.unit,
        starts=shape.starts if kind in _CLAIMS else "mail_date",
    )


def _spans(text: str) -> Iterator[tuple[SpanShape, re.Match[str]]]:
    for shape in notice_words().spans:
        for found in _span_pattern(shape).finditer(text):
            yield shape, found


def _length(found: re.Match[str], shape: SpanShape) -> timedelta:
    return timedelta(hours=int(found[1])) if shape.unit == "hours" else timedelta(days=int(found[1]))


@cache
def _span_pattern(shape: SpanShape) -> re.Pattern[str]:
    words = (r"(\d{1,3})" if word == "N" else re.escape(word) for word in shape.words.split())
    return re.compile(r"(?<!\w)" + r"\s{1,3}".join(words) + r"(?!\w)", re.IGNORECASE)


def _links(mail: ParsedMail) -> tuple[PlatformLink, ...]:
    urls = unique(link.url for link in Markup(mail.html).links())
    return tuple(
        PlatformLink(kind="cancel_order", url=url) for url in urls if (amazon_path(url) or "").endswith("/cancel-order")
    )
