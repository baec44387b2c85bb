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
from tresen.channels.mirakl.parsing import OPERATOR, THREADS
from tresen.fakes.ebay.messaging import Messaging
from tresen.fakes.mirakl.inbox import thread_told
from tresen.fakes.sales import Letter, Talk
from tresen.fakes.world import World
from tresen.local.demo.tale.stores import BRAND, StorePlan


def told_by_interface(talk: Talk, letter: Letter, *, plan: StorePlan, address: str) -> Told:
    """A page of the conversation that begins with this letter, which is its newest. Raises LookupError."""
    page = Talk(id=talk.id, buyer=talk.buyer, topic=talk.topic, sale=talk.sale, item=talk.item, letters=[letter])
    match plan.channel:
        case "ebay":
            return _ebay(page)
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
