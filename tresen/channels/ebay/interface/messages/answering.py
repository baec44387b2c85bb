"""Answers by the Message API, and conversations that we begin. Times are eBay's own."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tresen.channels.answered import to_sender
from tresen.channels.ebay.interface import asking, letting_in
from tresen.channels.ebay.interface.messages.reading import (
    MESSAGES,
    MOST_PAGES,
    conversations_with,
    page_request,
)
from tresen.channels.ebay.interface.messages.shapes import ConversationsPage, Message, MessagesPage, SentMessage
from tresen.channels.ebay.interface.orders.reading import path_of
from tresen.channels.ebay.interface.orders.shapes import Order
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import OrderRef
from tresen.channels.outbound import (
    OutboundMessage,
    Refused,
    SendResult,
    Sent,
    StoreAccess,
    Uncertain,
)
from tresen.channels.starting import Opening, StartDoor, Unfit
from tresen.channels.typed_json import NotAsDocumented, instant, read_json, read_value
from tresen.channels.ways_out import WayOut, found_in

LONGEST = 2000
"""The Message API refuses longer texts (commerce/message, messageText, read 2026-11)."""
_CLOCKS_APART = timedelta(minutes=1)
_HOME = re.compile(r"(?:.+\.)?ebay\.(?:[a-z]{2,3}|co\.uk|com\.[a-z]{2})")
_FORBIDDEN = {
    WayOut.EMAIL: "eBay takes no e-mail addresses here.",
    WayOut.PHONE: "eBay takes no telephone numbers here.",
    WayOut.LINK: "eBay takes no links here that lead away from it.",
}
_SEND = f"{asking.MESSAGES}/send_message"


def is_connected(access: StoreAccess) -> bool:
    """Whether the seller has let us in."""
    try:
        return bool(access.secret("refresh_token"))
    except LookupError:
        return False


def answer(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One message into the conversation that the buyer wrote in."""
    return _sent({"conversationId": message.thread}, message, access)


def find_sent(message: OutboundMessage, access: StoreAccess) -> Sent | Stopped | None:
    """Our newest message of that text in the conversation, not older than the first attempt."""
    if not message.thread:
        return None
    known = letting_in.account(access)
    if isinstance(known, Stopped):
        return known
    return _said_in(message.thread, message, known.names.split(), access)


def _said_in(
    thread: str, message: OutboundMessage, accounts: Sequence[str], access: StoreAccess
) -> Sent | Stopped | None:
    newest = None
    for page in _pages(thread, access):
        if isinstance(page, Stopped):
            return page
        for one in _messages(page):
            ours = (one.sender_username or "").lower() in accounts
            at = instant(one.created_date)
            late = message.since is None or at > message.since - _CLOCKS_APART
            if ours and late and _same(one.message_body or "", message.text):
                newest = max(filter(None, (newest, (at, one.message_id))))
    return Sent(external_id=newest[1], at=newest[0], thread=thread) if newest else None


def begin(opening: Opening, order: OrderRef, message: OutboundMessage, access: StoreAccess) -> SendResult:
    """A message to the order's buyer about what he bought."""
    if wrong := unfit_words(opening, message.text):
        return Refused(reason=wrong.sentence)
    about = _about(order, access)
    if isinstance(about, Stopped):
        return Refused(reason=about.reason) if about.reconnect or about.lacks else about.later()
    name, item = about
    if not name:
        return Refused(reason="eBay does not tell who bought this order: write to the buyer on eBay itself.")
    to: dict[str, object] = {"otherPartyUsername": name}
    if item:
        to["reference"] = {"referenceType": "LISTING", "referenceId": item}
    return _sent(to, message, access)


def unfit_words(_opening: Opening, text: str) -> Unfit | None:
    """What eBay forbids in a first message, whatever its length."""
    found = found_in(text, tuple(_FORBIDDEN), at_home=_HOME)
    return Unfit(_FORBIDDEN[found[0]], found[1]) if found else None


def find_begun(
    opening: Opening, order: OrderRef, message: OutboundMessage, access: StoreAccess
) -> Sent | Stopped | None:
    """Our message in the conversation with the order's buyer about what he bought, not older than the first attempt."""
    del opening
    known = letting_in.account(access)
    if isinstance(known, Stopped):
        return known
    about = _about(order, access)
    if isinstance(about, Stopped):
        return about
    listed = asking.read(access, conversations_with(access, *about), ConversationsPage)
    if isinstance(listed, Stopped):
        return listed
    for one in listed.conversations or ():
        found = _said_in(one.conversation_id, message, known.names.split(), access)
        if found is not None:
            return found
    return None


def _about(order: OrderRef, access: StoreAccess) -> tuple[str, str] | Stopped:
    """The buyer's user name, empty where eBay tells none, and the number of the item he bought."""
    told = asking.read(access, asking.get(access, path_of(order.number)), Order)
    if isinstance(told, Stopped):
        return told
    name = (told.buyer.username if told.buyer else None) or ""
    return name, next((line.legacy_item_id for line in told.line_items if line.legacy_item_id), "") or ""


def _sent(to: dict[str, object], message: OutboundMessage, access: StoreAccess) -> SendResult:
    if message.attachments:
        return Refused(
            reason="eBay takes files only from a public address, so none can be sent from here: send the answer "
            "without its files, or answer on eBay itself."
        )
    if len(message.text) > LONGEST:
        return Refused(reason=f"eBay takes at most {LONGEST} characters.")
    outcome = to_sender(access.http.send(asking.post(access, _SEND, {**to, "messageText": message.text})))
    return _taken(outcome) if isinstance(outcome, HttpResponse) else outcome


def _taken(outcome: HttpResponse) -> Sent | Uncertain:
    """EBay's own number and time. An answer that says neither may still mean that it was sent."""
    try:
        told = read_json(outcome.body, SentMessage)
        at = _time_of(told)
    except NotAsDocumented as wrong:
        return Uncertain(reason=f"eBay took it, and did not say as what: {wrong}"[:300])
    return Sent(external_id=told.message_id, at=at)


def _time_of(told: SentMessage) -> datetime:
    if told.created_date is None:
        raise NotAsDocumented("no time")
    return instant(told.created_date)


def _pages(thread: str, access: StoreAccess) -> Iterator[MessagesPage | Stopped]:
    for number in range(MOST_PAGES):
        page = asking.read(access, page_request(access, thread, offset=number * MESSAGES), MessagesPage)
        yield page
        if isinstance(page, Stopped) or not page.messages or (number + 1) * MESSAGES >= page.total:
            return


def _messages(page: MessagesPage) -> Iterator[Message]:
    for told in page.messages or ():
        try:
            yield read_value(told, Message)
        except NotAsDocumented:
            continue


def _same(theirs: str, ours: str) -> bool:
    """EBay may break lines in its own way."""
    return theirs.split() == ours.split()


START = StartDoor(
    openings=(
        Opening(
            key="message",
            title="Message about the item",
            most=LONGEST,
            help_text="E-mail addresses, telephone numbers and links that lead away from eBay are forbidden there.",
        ),
    ),
    send=begin,
    find=find_begun,
    unfit=unfit_words,
)
