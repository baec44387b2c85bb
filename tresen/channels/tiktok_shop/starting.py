"""A chat that we begin with the buyer of an order: made for his number in orders, then written to.

Seller Center lets sellers begin within 60 days of the order (its page for the United States, read 2026-11-22); of the
interface third parties say the same.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import msgspec

from tresen.channels.answered import to_sender
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import NoSuchOrder, OrderRef
from tresen.channels.outbound import Later, OutboundMessage, Refused, SendResult, Sent, StoreAccess, Uncertain
from tresen.channels.starting import Opening, StartDoor
from tresen.channels.tiktok_shop.acting.eligibility import not_read
from tresen.channels.tiktok_shop.asking import NO_MESSAGES, NO_SUCH_ORDER, read, request, understood
from tresen.channels.tiktok_shop.one_order import one_order
from tresen.channels.tiktok_shop.reading import CHATS_A_PAGE
from tresen.channels.tiktok_shop.sending import LONGEST, find_sent, say, unfit

_CHATS = "/customer_service/202309/conversations"
WITHIN = timedelta(days=60)


class _Begun(msgspec.Struct, frozen=True):
    conversation_id: str = ""


class _Participant(msgspec.Struct, frozen=True):
    user_id: str = ""


class _Chat(msgspec.Struct, frozen=True):
    id: str
    participants: Sequence[_Participant] = ()


class _Chats(msgspec.Struct, frozen=True):
    conversations: Sequence[_Chat] = ()


def _begin(_opening: Opening, order: OrderRef, message: OutboundMessage, access: StoreAccess) -> SendResult:
    """Our words in the chat with the order's buyer, which TikTok Shop makes where there is none."""
    if wrong := unfit(message):
        return Refused(reason=wrong)
    if message.attachments:
        return Refused(reason="The first message of a chat takes no files here.")
    buyer = _buyer_of(order, access)
    if isinstance(buyer, Stopped):
        return not_read(buyer)
    if not buyer:
        return Refused(reason=NO_SUCH_ORDER % {"number": order.number})
    chat = _chat_with(buyer, access)
    return say(access, chat, "TEXT", {"content": message.text}) if isinstance(chat, str) else chat


def _chat_with(buyer: str, access: StoreAccess) -> str | Later | Refused:
    """The chat's number. Nothing is written by making it, so that it may be made once more."""
    outcome = to_sender(access.http.send(request(access, "POST", _CHATS, told={"buyer_user_id": buyer})))
    if isinstance(outcome, Uncertain):
        return Later(after=timedelta(minutes=1), reason=outcome.reason)
    if isinstance(outcome, Refused) and outcome.reason.startswith("403"):
        return Refused(reason=NO_MESSAGES)
    if not isinstance(outcome, HttpResponse):
        return outcome
    begun = understood(outcome, _Begun)
    if isinstance(begun, Stopped) or not begun.conversation_id:
        return Refused(reason="TikTok Shop made no chat.")
    return begun.conversation_id


def _find(_opening: Opening, order: OrderRef, message: OutboundMessage, access: StoreAccess) -> Sent | Stopped | None:
    """Our words in a chat with the buyer, among the newest chats."""
    buyer = _buyer_of(order, access)
    if isinstance(buyer, Stopped) or not buyer:
        return buyer or None
    chats = read(access, _Chats, request(access, "GET", _CHATS, ("page_size", str(CHATS_A_PAGE))))
    if isinstance(chats, Stopped):
        return chats
    for chat in chats.conversations:
        if any(one.user_id == buyer for one in chat.participants):
            found = find_sent(replace(message, thread=chat.id), access)
            if found is not None:
                return found
    return None


def _buyer_of(order: OrderRef, access: StoreAccess) -> str | Stopped:
    """The buyer's number in orders; empty where there is no such order."""
    found = one_order(access, order.number)
    if isinstance(found, NoSuchOrder):
        return ""
    return found if isinstance(found, Stopped) else found[0].user_id


START = StartDoor(
    openings=(Opening(key="order", title="Message about the order", most=LONGEST),),
    send=_begin,
    find=_find,
    own_thread=True,
    within=WITHIN,
)
