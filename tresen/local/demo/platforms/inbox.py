"""A letter of the story as the platform's interface tells of it: the fake writes the answer, nobody is asked."""

from urllib.parse import urlsplit

import msgspec
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from tresen.channels.ebay.interface.messages.reading import (
    ACCOUNT_HEADER,
    CONVERSATION,
    CONVERSATION_HEADER,
    FROM_MEMBERS,
    ITEM_HEADER,
)
from tresen.channels.feeds import Told
from tresen.channels.kaufland.parsing import TICKETS, TICKETS_ORDERS
from tresen.channels.mirakl.parsing import OPERATOR, THREADS
from tresen.channels.tiktok_shop.parsing import CONVERSATION as CHAT_HEADER
from tresen.channels.tiktok_shop.parsing import MESSAGES
from tresen.fakes.ebay.messaging import Messaging
from tresen.fakes.kaufland import FakeKaufland, tickets
from tresen.fakes.mirakl.inbox import thread_told
from tresen.fakes.sales import Sale, Talk
from tresen.fakes.tiktok_shop import FakeTikTokShop, chats
from tresen.fakes.tiktok_shop.answering import answered
from tresen.fakes.world import World
from tresen.local.demo.platforms.sales import sale_of
from tresen.local.demo.platforms.talks import letter_of, talk_of
from tresen.local.demo.tale.happenings import Happening, Plot
from tresen.local.demo.tale.stores import BRAND


def told_by_interface(plot: Plot, happening: Happening, *, address: str) -> Told:
    """A page of the conversation that begins with this letter, which is its newest. Raises LookupError."""
    plan, letter, page = plot.thread.store, letter_of(plot, happening), talk_of(plot)
    assert letter is not None  # else nothing is told
    so_far = [one for one in page.letters if one.at <= letter.at]
    page.letters = [letter]
    match plan.channel:
        case "ebay":
            return _ebay(page)
        case "kaufland" | "tiktok_shop":
            order = plot.thread.order
            assert order is not None  # every matter there is about one
            page.letters = so_far
            sale = sale_of(order, int(plot.thread.key), plan=plan, now=happening.at)
            return _kaufland(page, sale) if plan.channel == "kaufland" else _tiktok_shop(page, sale)
        case "mirakl":
            body = msgspec.json.encode({"data": [thread_told(page, whole=True)]})
            return Told(about=THREADS, body=body, headers={OPERATOR: urlsplit(address).netloc})
        case _:
            raise LookupError(f"{plan.name} has no inbox that its interface tells of.")


def _ebay(page: Talk) -> Told:
    world = World(clock=lambda: page.changed_at)
    world.fill(talks=[page])
    account = BRAND.lower()
    asked = Request(EnvironBuilder(query_string={"conversation_type": FROM_MEMBERS}).get_environ())
    body = Messaging(world, account).conversation(asked, page.id).get_data()
    headers = {CONVERSATION_HEADER: page.id, ITEM_HEADER: page.item, ACCOUNT_HEADER: f"{account} example1"}
    return Told(about=f"{CONVERSATION}/{FROM_MEMBERS}", body=body, headers=headers)


def _kaufland(page: Talk, sale: Sale) -> Told:
    """A message is numbered by its place: the ticket is read whole, and what was told before is left out."""
    fake = FakeKaufland(_world_of(page, sale))
    asked = Request(EnvironBuilder(query_string={"embedded": "messages"}).get_environ())
    ticket = tickets.one(fake, asked, tickets.ticket_number(page.id))
    ticket["data"]["messages"] = ticket["data"]["messages"][-1:]
    return Told(about=TICKETS, body=msgspec.json.encode(ticket), headers={TICKETS_ORDERS: sale.number})


def _tiktok_shop(page: Talk, sale: Sale) -> Told:
    """The newest first; before the first letter stands the card of what the buyer looked at."""
    told = chats.told_in(FakeTikTokShop(_world_of(page, sale)), page, plain=True)
    newest = told[::-1] if len(page.letters) == 1 else told[-1:]
    return Told(
        about=MESSAGES,
        body=answered({"messages": newest, "next_page_token": ""}).get_data(),
        headers={CHAT_HEADER: chats.chat_number(page)},
    )


def _world_of(page: Talk, sale: Sale) -> World:
    world = World(clock=lambda: page.changed_at)
    world.fill(sales=[sale], talks=[page])
    return world
