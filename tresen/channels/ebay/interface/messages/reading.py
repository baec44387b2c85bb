"""Conversations are read: what members wrote in a window, and what eBay wrote.

EBay takes a time only for members' conversations. Its own are listed whole, so those are looked through from the
front until a page has one from before the window; what lies behind is left.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from tresen.channels.ebay.interface import asking, letting_in, paging
from tresen.channels.ebay.interface.messages.shapes import Conversation, ConversationsPage, MessagesPage
from tresen.channels.feeds import Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.http import HttpRequest
from tresen.channels.mailed.messages import THE_FIRST
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, instant, read_json

FROM_MEMBERS, FROM_EBAY = "FROM_MEMBERS", "FROM_EBAY"
CONVERSATION = "conversation"
CONVERSATION_HEADER, ITEM_HEADER, ACCOUNT_HEADER = "conversation-id", "item-id", "account"
"""What is kept beside a page of messages: eBay does not repeat it in them."""
PATH = f"{asking.MESSAGES}/conversation"
SIZE = 10
MESSAGES = 50
"""The most messages that one request brings."""
MOST_PAGES = 5
"""So many pages of eBay's own conversations are looked through in one window."""
_REQUESTS = 16


class _Place(msgspec.Struct, frozen=True):
    """Where a window's reading stands: `left` are a page's conversations still to be read, each with its item.

    `last`: no page follows. `within`: so many messages of the first one that is left have been read.
    """

    kind: str = FROM_MEMBERS
    offset: int | None = None
    account: str = ""
    left: tuple[tuple[str, str], ...] = ()
    within: int = 0
    last: bool = False


def read_conversations(access: StoreAccess, window: Window, place: str) -> Step:
    """A page of conversations with their messages, as many as some sixteen requests bring."""
    try:
        stands = read_json(place.encode(), _Place) if place else _Place()
    except NotAsDocumented:
        return Stale()
    reader = _Reader(access, window)
    if not stands.account:
        known = letting_in.account(access)
        if isinstance(known, Stopped):
            return known
        stands = msgspec.structs.replace(stands, account=known.names)
    goes_on = stands if stands.left else reader.list_from(stands)
    if not isinstance(goes_on, Stopped):
        goes_on = reader.read(goes_on)
    if isinstance(goes_on, Stopped):
        return goes_on
    following = goes_on if goes_on.left else _following(goes_on)
    return Page(told=tuple(reader.told), next=msgspec.json.encode(following).decode() if following else "")


def _following(place: _Place) -> _Place | None:
    """Where to go on once a page is read; None at the end."""
    offset = place.offset or 0
    if place.kind == FROM_MEMBERS and place.last:
        return _Place(account=place.account, kind=FROM_EBAY, offset=0)
    if place.last:
        return None
    offset += -SIZE if place.kind == FROM_MEMBERS else SIZE
    return _Place(account=place.account, kind=place.kind, offset=max(0, offset))


@dataclass(slots=True)
class _Reader:
    access: StoreAccess
    window: Window
    told: list[Told] = field(default_factory=list)
    asked: int = 0

    def list_from(self, place: _Place) -> _Place | Stopped:
        """The place with the conversations of its page."""
        page = self._listed(place.kind, place.offset or 0)
        if isinstance(page, Stopped):
            return page
        if place.offset is None and page.total > SIZE:
            # One page beyond the last: the one before it is the last.
            beyond = paging.last_page(page.total, SIZE) + SIZE
            return msgspec.structs.replace(place, offset=beyond, left=())
        listed = page.conversations or ()
        if place.kind == FROM_MEMBERS:
            wanted, last = listed, not place.offset
        else:
            times = [_written_at(one) for one in listed]
            wanted = [one for one, at in zip(listed, times, strict=True) if self.window.since <= at < self.window.until]
            seen = (place.offset or 0) + SIZE
            last = len(listed) < SIZE or seen >= MOST_PAGES * SIZE or any(at < self.window.since for at in times)
        left = tuple((one.conversation_id, _item(one)) for one in wanted)
        return msgspec.structs.replace(place, offset=place.offset or 0, left=left, last=last)

    def read(self, place: _Place) -> _Place | Stopped:
        """Read messages of the conversations that are left, while requests are; gives what is left then.

        What can't be read on the way costs nothing that was read before it.
        """
        began = place
        while place.left and self.asked < _REQUESTS:
            page = self._messages(place, *place.left[0])
            if isinstance(page, Stopped):
                return page if place == began else place
            within = place.within + MESSAGES
            more = bool(page.messages) and within < page.total
            place = msgspec.structs.replace(
                place, left=place.left if more else place.left[1:], within=within if more else 0
            )
        return place

    def _listed(self, kind: str, offset: int) -> ConversationsPage | Stopped:
        query = [("conversation_type", kind), ("limit", str(SIZE)), ("offset", str(offset))]
        if kind == FROM_MEMBERS:
            since, until = asking.stamp(self.window.since), asking.stamp(self.window.until)
            query += [("start_time", since), ("end_time", until)]
        self.asked += 1
        return asking.read(self.access, asking.get(self.access, PATH, *query), ConversationsPage)

    def _messages(self, place: _Place, number: str, item: str) -> MessagesPage | Stopped:
        self.asked += 1
        answer = asking.asked(self.access, page_request(self.access, number, kind=place.kind, offset=place.within))
        if isinstance(answer, Stopped):
            return answer
        headers = {CONVERSATION_HEADER: number, ITEM_HEADER: item, ACCOUNT_HEADER: place.account}
        self.told.append(Told(about=f"{CONVERSATION}/{place.kind}", body=answer.body, headers=headers))
        return asking.understood(answer, MessagesPage)


def page_request(access: StoreAccess, number: str, *, kind: str = FROM_MEMBERS, offset: int = 0) -> HttpRequest:
    """Ask for a page of one conversation's messages; the offset must be a multiple of the limit."""
    query = (("conversation_type", kind), ("limit", str(MESSAGES)), ("offset", str(offset)))
    return asking.get(access, f"{PATH}/{asking.safe(number)}", *query)


def conversations_with(access: StoreAccess, member: str, item: str) -> HttpRequest:
    """Ask for the conversations with one member, about one item where it is known, the newest first."""
    about = (("reference_type", "LISTING"), ("reference_id", item)) if item else ()
    query = (("conversation_type", FROM_MEMBERS), ("other_party_username", member), ("limit", str(SIZE)), *about)
    return asking.get(access, PATH, *query)


def _written_at(one: Conversation) -> datetime:
    latest = one.latest_message.created_date if one.latest_message else None
    return instant(latest) if latest else THE_FIRST


def _item(one: Conversation) -> str:
    return (one.reference_id or "") if one.reference_type == "LISTING" else ""


MESSAGE_FEED = Feed(
    key="messages",
    title="Messages",
    read=read_conversations,
    every=timedelta(minutes=3),
    reach=timedelta(days=180),
    span=timedelta(days=7),
)
