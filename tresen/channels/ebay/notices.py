"""EBay's own mails about an order, a return, a request."""

import re
from collections.abc import Mapping
from datetime import datetime

from tresen.channels.contract import Deadline, MailHeaders, NoticeKind, ParsedMail, PlatformNotice, RawPayload
from tresen.channels.ebay.addresses import marketplace_of
from tresen.channels.ebay.knowledge import NoticeShape, notice_shapes
from tresen.channels.mailed.case_news import case_news
from tresen.channels.mailed.figures import day_in
from tresen.channels.mailed.messages import arrival, occurred_at, unique
from tresen.channels.mailed.wording import contains_any, folded

ORDER_ID = re.compile(r"(?<![\d-])\d{2}-\d{5}-\d{5}(?![\d-])")
ITEM_ID = re.compile(r"(?:Item ID|Artikelnr\.?|Artikelnummer)\s{0,3}:?\s{0,3}(\d{9,15})\b")
_BUYER = re.compile(
    r"\b[Yy]our buyer ([^\s:,;]{1,64}) (?:opened|requested|wants)|\bReturn request from ([^\s:,;]{1,64})"
)
_REQUEST_ID = re.compile(r"\bRequest(?: ID)?:? (\d{6,15})\b")
_RETURN_ID = re.compile(r"\bReturn ID:?\s{0,3}(\d{10,15})\b|/returns/(\d{10,15})\b")
_CASE_ID = re.compile(r"\bCase (?:#|ID:? ?)(\d{6,15})\b")
_RETURNS = frozenset({NoticeKind.RETURN_REQUESTED, NoticeKind.RETURN_AUTHORISED})
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2}/\d{1,2}/\d{4})"
_RESPOND_BY = re.compile(rf"\b[Rr]espond (by {_DAY})")
_MONTH_FIRST = frozenset({None, "ebay.ca", "ebay.ph"})
"""Where 05/12/2026 is in May; ebay.com, which names no site, is one of them."""
_TEXT_LENGTH = 50_000


def notice(payload: RawPayload, mail: ParsedMail) -> PlatformNotice:
    """The notice; of an unknown one the whole text and a flag."""
    text = mail.text[:_TEXT_LENGTH]
    both = f"{mail.headers.subject}\n{text}"
    subject = folded(mail.headers.subject)
    shape = next((shape for shape in notice_shapes() if contains_any(subject, shape.subjects)), None)
    buyer = _BUYER.search(both)
    ids = _ids(both) | _ids(mail.headers.subject)
    number = _case_id(shape, _ids(mail.headers.subject)) or _case_id(shape, ids) if shape else ""
    case = case_news(shape.kind, external_id=number) if shape else None
    # Only its number says which case is over: without one a person must look.
    unclear = case is not None and case.kind is None and not number
    return PlatformNotice(
        **arrival(payload, mail),
        kind=shape.kind if shape else NoticeKind.OTHER,
        text=mail.text,
        html=mail.html,
        marketplace=marketplace_of(mail.headers),
        order_ids=unique(ORDER_ID.findall(both)),
        item_ids=unique(ITEM_ID.findall(both)),
        buyer_name=next(filter(None, buyer.groups()), "") if buyer else "",
        deadline=_deadline(text, mail.headers, at=occurred_at(payload)),
        case=case,
        authenticated=mail.headers.authenticated,
        problems=unique(
            (*mail.problems, *(() if shape else ("notice_unknown",)), *(("notice_unclear",) if unclear else ()))
        ),
        extra=ids | ({"what": shape.what} if shape and shape.what else {}),
    )


def _case_id(shape: NoticeShape, ids: Mapping[str, str]) -> str:
    """EBay numbers returns, requests and cases apart; a notice about one may name the others."""
    first = "return_id" if shape.kind in _RETURNS or shape.what == "return_closed" else "request_id"
    return next((ids[name] for name in (first, "request_id", "case_id", "return_id") if name in ids), "")


def _deadline(text: str, headers: MailHeaders, *, at: datetime) -> Deadline | None:
    """Until when, where the mail says so. A day before the mail itself was misread and is not believed."""
    found = _RESPOND_BY.search(text)
    day = day_in(found[1], day_first=marketplace_of(headers) not in _MONTH_FIRST) if found else None
    return Deadline(stated=found[1], on=day) if found and day and day >= at.date() else None


def _ids(text: str) -> dict[str, str]:
    patterns = {"request_id": _REQUEST_ID, "return_id": _RETURN_ID, "case_id": _CASE_ID}
    found = {name: pattern.search(text) for name, pattern in patterns.items()}
    return {name: next(filter(None, match.groups()), "") for name, match in found.items() if match}
