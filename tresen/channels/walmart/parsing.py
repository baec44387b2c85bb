"""What one mail of Walmart's means. Every mail may come from another address: orders tie them together.

What its interface answered is read in `interface`.
"""

import re
from collections.abc import Sequence
from functools import cache

from tresen.channels.contract import (
    Automatic,
    Claim,
    Deadline,
    IdentityKind,
    Inbound,
    InboundMessage,
    MailHeaders,
    NoticeKind,
    ParsedMail,
    PlatformNotice,
    RawPayload,
    Sender,
    Source,
    ThreadKeyKind,
    Verdict,
)
from tresen.channels.dated_data import Entry, channel_file, read_data
from tresen.channels.mailed import quotes
from tresen.channels.mailed.footers import Footers
from tresen.channels.mailed.hosts import answerable, host_of
from tresen.channels.mailed.known_words import known_words
from tresen.channels.mailed.messages import (
    arrival,
    envelope,
    keys,
    not_a_mail,
    reference_keys,
    relayed_delivery_notices,
    unique,
)
from tresen.channels.mailed.ordinary import ordinary_message
from tresen.channels.mailed.typed import as_typed
from tresen.channels.walmart.addresses import RELAY, is_relay
from tresen.channels.walmart.interface.understanding import parse_answer
from tresen.mail import automatic
from tresen.mail.parsed import Address

_OWN = frozenset({"walmart.com", "walmart.ca", "es.relay.walmart.com"})
ORDER_ID = r"(?<!\d)2\d{12}(?!\d)"
# Canada's numbers have ten digits, which is a telephone number as well: only the label makes them an order.
_SALES_ORDER = re.compile(r"Sales Order ID:?\s{0,9}(\d{10,13})(?!\d)")
_ORDER_IN_SUBJECT = re.compile(ORDER_ID)
_ITEM = re.compile(r"Item ID:?\s{0,9}(\d{5,14})(?!\d)")
_REF = re.compile(r"RefID:?\s{0,9}([0-9A-Fa-f]{32})\b")
_DEADLINE = re.compile(r"within (\d{1,2}) business days?")


def claims(headers: MailHeaders) -> Claim | None:
    """Walmart's claim on a mail: its relay, or its own notices where no check of the sender's domain failed."""
    if _buyer(headers):
        return Claim(channel="walmart", marketplace="walmart.com", reason="relay")
    sender = headers.sender.email if headers.sender else ""
    if host_of(sender) in {RELAY, *_OWN} and headers.authenticated is not Verdict.FAIL:
        return Claim(channel="walmart", reason="notice")
    return None


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """A customer's message, a mail of Walmart itself, or a bounce; or what its interface answered."""
    if payload.source is Source.API:
        return parse_answer(payload)
    mail = payload.mail
    if mail is None:
        return not_a_mail(payload)
    if bounces := relayed_delivery_notices(payload, mail):
        return bounces
    buyer = _buyer(mail.headers)
    if buyer:
        return (_message(payload, mail, buyer),)
    if claims(mail.headers) is None:
        return (ordinary_message(payload, mail, problems=("not_believed",)),)
    return (_notice(payload, mail),)


def _buyer(headers: MailHeaders) -> Address | None:
    """The relay address an answer goes to, where Walmart's relay itself sent the mail."""
    if headers.sender is None or host_of(headers.sender.email) != RELAY:
        return None
    return next((address for address in answerable(headers) if is_relay(address.email)), None)


def _message(payload: RawPayload, mail: ParsedMail, buyer: Address) -> InboundMessage:
    words, tail, known = _words(mail)
    head = mail.text[: mail.text.find(words)] if known and words else mail.text
    written = as_typed(f"{mail.headers.subject}\n{words}")
    orders = unique((*_SALES_ORDER.findall(head), *_ORDER_IN_SUBJECT.findall(written)))
    reference = _REF.search(tail)
    sent_by = automatic.of_relayed(mail.headers)
    failed = ("authentication_failed",) if mail.headers.authenticated is Verdict.FAIL else ()
    name = mail.headers.sender.name if mail.headers.sender else ""
    return InboundMessage(
        **envelope(payload, mail),
        sender=Sender(kind=IdentityKind.RELAY, key=buyer.email.lower(), name=name, reply_to=buyer.email),
        text=words,
        automatic=sent_by,
        expects_answer=sent_by is Automatic.NO,
        marketplace="walmart.com",
        thread_keys=(*reference_keys(mail), *keys(ThreadKeyKind.ORDER, orders)),
        order_ids=orders,
        item_ids=unique(_ITEM.findall(head)),
        deadline=_deadline(tail),
        problems=unique((*mail.problems, *(() if known else ("frame_unknown",)), *failed)),
        extra={"ref_id": reference[1]} if reference else {},
    )


def _words(mail: ParsedMail) -> tuple[str, str, bool]:
    """The customer's words, what stands below them, and whether the frame is known."""
    start, ends = _frame()
    found = start.search(mail.text)
    if not found:
        split = quotes.split(mail.text)
        own_program = bool(split.quoted) and bool(split.new.strip())
        return (split.new if own_program else mail.text).strip(), "", own_program
    below = mail.text[found.end() :]
    end = ends.start_in(below)
    return (below[:end].strip(), below[end:], True) if end is not None else (below.strip(), "", True)


@cache
def _frame() -> tuple[re.Pattern[str], Footers]:
    root = read_data(channel_file("walmart", "frames.yaml"), known={"checked", "start", "ends"})
    start = Entry(where=f"{root.where}, start", entries=root.entries.get("start"), known={"words", "mark"})
    start.mark()
    return re.compile(rf"^[ \t\xa0]{{0,20}}{re.escape(start.text('words'))}", re.MULTILINE), Footers(
        known_words(root, "ends")
    )


def _deadline(tail: str) -> Deadline | None:
    found = _DEADLINE.search(tail)
    if not found:
        return None
    return Deadline(stated=found[0], amount=int(found[1]), unit="business_days", starts="mail_date")


def _notice(payload: RawPayload, mail: ParsedMail) -> PlatformNotice:
    return PlatformNotice(
        **arrival(payload, mail),
        kind=NoticeKind.OTHER,
        text=mail.text,
        html=mail.html,
        order_ids=unique((*_SALES_ORDER.findall(mail.text), *_ORDER_IN_SUBJECT.findall(mail.headers.subject))),
        item_ids=unique(_ITEM.findall(mail.text)),
        authenticated=mail.headers.authenticated,
        problems=unique((*mail.problems, "notice_unknown")),
    )
