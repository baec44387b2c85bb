"""EBay's own mails about an order, a return, a request."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict

from tresen.channels.cases import CaseNews
from tresen.channels.contract import Deadline, NoticeKind, ParsedMail, PlatformNotice, RawPayload
from tresen.channels.ebay.addresses import marketplace_of
from tresen.channels.ebay.knowledge import NoticeShape, notice_shapes
from tresen.channels.mailed.case_news import case_news
from tresen.channels.mailed.figures import day_in
from tresen.channels.mailed.messages import occurred_at, unique
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


class Understood(TypedDict):
    """What a notice's subject and text say, whichever way they came."""

    subject: str
    text: str
    kind: NoticeKind
    order_ids: tuple[str, ...]
    item_ids: tuple[str, ...]
    buyer_name: str
    deadline: Deadline | None
    case: CaseNews | None
    problems: tuple[str, ...]
    extra: Mapping[str, str]


def notice(payload: RawPayload, mail: ParsedMail) -> PlatformNotice:
    """The notice; of an unknown one the whole text and a flag."""
    marketplace = marketplace_of(mail.headers)
    at = occurred_at(payload)
    understood = read_notice(mail.headers.subject, mail.text, at=at, marketplace=marketplace, problems=mail.problems)
    return PlatformNotice(
        external_id=mail.headers.message_id,
        occurred_at=at,
        html=mail.html,
        marketplace=marketplace,
        authenticated=mail.headers.authenticated,
        **understood,
    )


def read_notice(
    subject: str, whole: str, *, at: datetime, marketplace: str | None = None, problems: Sequence[str] = ()
) -> Understood:
    """What a notice says that was written at `at`; dates are read as its site writes them."""
    text = whole[:_TEXT_LENGTH]
    both = f"{subject}\n{text}"
    shape = next((shape for shape in notice_shapes() if contains_any(folded(subject), shape.subjects)), None)
    buyer = _BUYER.search(both)
    ids = _ids(both) | _ids(subject)
    number = _case_id(shape, _ids(subject)) or _case_id(shape, ids) if shape else ""
    case = case_news(shape.kind, external_id=number) if shape else None
    # Only its number says which case is over: without one a person must look.
    unclear = case is not None and case.kind is None and not number
    return Understood(
        subject=subject,
        text=whole,
        kind=shape.kind if shape else NoticeKind.OTHER,
        order_ids=unique(ORDER_ID.findall(both)),
        item_ids=unique(ITEM_ID.findall(both)),
        buyer_name=next(filter(None, buyer.groups()), "") if buyer else "",
        deadline=_deadline(text, at=at, day_first=marketplace not in _MONTH_FIRST),
        case=case,
        problems=unique(
            (*problems, *(() if shape else ("notice_unknown",)), *(("notice_unclear",) if unclear else ()))
        ),
        extra=ids | ({"what": shape.what} if shape and shape.what else {}),
    )


def _case_id(shape: NoticeShape, ids: Mapping[str, str]) -> str:
    """EBay numbers returns, requests and cases apart; a notice about one may name the others."""
    first = "return_id" if shape.kind in _RETURNS or shape.what == "return_closed" else "request_id"
    return next((ids[name] for name in (first, "request_id", "case_id", "return_id") if name in ids), "")


def _deadline(text: str, *, at: datetime, day_first: bool) -> Deadline | None:
    """Until when, where the mail says so. A day before the mail itself was misread and is not believed."""
    found = _RESPOND_BY.search(text)
    day = day_in(found[1], day_first=day_first) if found else None
    return Deadline(stated=found[1], on=day) if found and day and day >= at.date() else None


def _ids(text: str) -> dict[str, str]:
    patterns = {"request_id": _REQUEST_ID, "return_id": _RETURN_ID, "case_id": _CASE_ID}
    found = {name: pattern.search(text) for name, pattern in patterns.items()}
    return {name: next(filter(None, match.groups()), "") for name, match in found.items() if match}
