"""Reading one payload: from bytes to what they mean. Runs in the sandbox's child, so: no Django, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from tresen.channels.by_hand.parsing import parse as parse_log
from tresen.channels.consent import ConsentWord
from tresen.channels.contract import (
    DeliveryNotice,
    Ignored,
    Inbound,
    InboundMessage,
    OwnAnswer,
    PlatformNotice,
    RawPayload,
    Source,
    StoreView,
    Unreadable,
)
from tresen.channels.erasure import ErasureRequest
from tresen.channels.order_measures import beyond_measure
from tresen.channels.order_news import OrderNamed, OrderSnapshot, ReturnNotice, StockNotice
from tresen.channels.receipts import Receipt
from tresen.mail.mime import parse_headers_only, parse_mail
from tresen.mail.parsed import ParsedMail, Problem
from tresen.stores.recognising import connector_named, plain_stores, recognise

LONGEST_EXCERPT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known of a payload besides its bytes. `stores`: those that its mailbox serves, or the form's own.

    `siblings`: the other stores of their brands.
    `cut`: the mail was larger than we fetch. `only_headers` names the problem for which the whole is not read.
    """

    number: int
    source: Source
    received_at: datetime
    recorded_at: datetime
    stores: tuple[StoreView, ...]
    siblings: tuple[StoreView, ...] = ()
    trusted_receivers: tuple[str, ...] = ()
    cut: bool = False
    only_headers: str = ""
    about: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was found out about a payload as a whole: its store, its mail's id and sender. Meanings follow it."""

    store: int
    message_id: str = ""
    sender: str = ""


type Answer = Reading | Inbound

ANSWERS: tuple[type[Answer], ...] = (
    Reading,
    InboundMessage,
    OwnAnswer,
    PlatformNotice,
    DeliveryNotice,
    OrderNamed,
    OrderSnapshot,
    ReturnNotice,
    StockNotice,
    ErasureRequest,
    Receipt,
    ConsentWord,
    Ignored,
    Unreadable,
)


def read(raw: bytes, about: Circumstances) -> Sequence[Answer]:
    """The reading, then one or more meanings. Never empty of meanings: nothing understood is `Ignored`."""
    if about.source is not Source.MAIL:
        store = about.stores[0]
        payload = _payload(raw, about, store, mail=None)
        parse = parse_log if about.source is Source.BY_HAND else connector_named(store.channel).parse
        return [Reading(store=store.id), *_meanings(parse(payload))]
    mail = _mail(raw, about)
    recognised = recognise(mail.headers, about.stores, siblings=about.siblings)
    mail = replace(mail, problems=tuple(dict.fromkeys([*mail.problems, *recognised.doubts])))
    sender = mail.headers.sender.email.lower() if mail.headers.sender else ""
    reading = Reading(store=recognised.store.id, message_id=mail.headers.message_id or "", sender=sender)
    if about.only_headers:
        return [reading, _unreadable(mail, about.only_headers)]
    payload = _payload(raw, about, recognised.store, mail=mail)
    return [reading, *_meanings(recognised.connector.parse(payload))]


def read_nothing(about: Circumstances, problem: str) -> Sequence[Answer]:
    """What stands where not even the headers could be read."""
    store = plain_stores(about.stores)[0]
    return [Reading(store=store.id), Unreadable(reason=problem)]


def _mail(raw: bytes, about: Circumstances) -> ParsedMail:
    if about.only_headers:
        return parse_headers_only(raw, trusted_receivers=about.trusted_receivers, problem=about.only_headers)
    mail = parse_mail(raw, trusted_receivers=about.trusted_receivers)
    if about.cut:
        mail = replace(mail, problems=tuple(dict.fromkeys([*mail.problems, Problem.TOO_LARGE])))
    return mail


def _payload(raw: bytes, about: Circumstances, store: StoreView, *, mail: ParsedMail | None) -> RawPayload:
    return RawPayload(
        number=about.number,
        source=about.source,
        body=raw,
        received_at=about.received_at,
        recorded_at=about.recorded_at,
        store=store,
        mail=mail,
        about=about.about,
        headers=about.headers,
    )


def _meanings(found: Sequence[Inbound]) -> Sequence[Inbound]:
    return [_measured(one) for one in found] or (Ignored(reason="nothing_said"),)


def _measured(found: Inbound) -> Inbound:
    """News of orders whose figures can't be meant is set aside with the figure, the rest of its payload taken over."""
    match found:
        case OrderSnapshot(number=about) | ReturnNotice(order_number=about) | StockNotice(sku=about):
            wrong = beyond_measure(found)
            return Unreadable(reason="beyond_measure", excerpt=f"{about}: {wrong}") if wrong else found
        case _:
            return found


def _unreadable(mail: ParsedMail, problem: str) -> Unreadable:
    sender = mail.headers.sender
    return Unreadable(
        reason=problem,
        subject=mail.headers.subject,
        sender=sender.email if sender else "",
        excerpt=mail.text[:LONGEST_EXCERPT],
    )
