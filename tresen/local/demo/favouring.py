"""Whom the demo shop treats with special care: its few most important customers, and those who buy again and again."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.db import connection

from tresen.channels.mirakl.orders import customer_key
from tresen.channels.senders import IdentityKind
from tresen.customers.matching import Contact, match_customers
from tresen.customers.models import Segment
from tresen.local.demo.tale.people import Buyer
from tresen.local.demo.tale.stores import StorePlan
from tresen.local.demo.tale.story import Story

REGULAR_FROM_ORDERS = 3
REGULAR_FROM_CENTS = 30_000


def favour(story: Story, *, address: str, at: datetime) -> None:
    """Give customers their segments by what is known of their orders; who is important is known since `at`.

    `address`: where the platforms talk; a Mirakl operator's customers are known by it.
    """
    contacts = [_contact(plot.thread.store, plot.thread.buyer, address) for plot in story.plots if plot.vip]
    _segment([*match_customers(contacts, at=at).values()])


def _contact(store: StorePlan, buyer: Buyer, address: str) -> Contact:
    """How the store's channel knows a buyer who writes."""
    match store.channel:
        case "ebay":
            kind, key, name = IdentityKind.USERNAME, buyer.username.lower(), buyer.username
        case "amazon":
            kind, key, name = IdentityKind.RELAY, buyer.address, buyer.name
        case "mirakl":
            kind, key, name = IdentityKind.USERNAME, customer_key(urlsplit(address).netloc, buyer.username), buyer.name
        case _:
            return Contact(channel="email", realm="", key=buyer.address, kind=IdentityKind.EMAIL, name=buyer.name)
    return Contact(channel=store.channel, realm=store.marketplace, key=key, kind=kind, name=name)


def _segment(vips: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_REGULAR, [Segment.REGULAR, REGULAR_FROM_ORDERS, REGULAR_FROM_CENTS])
        cursor.execute(_VIP, [Segment.VIP, list(vips)])


_REGULAR = """
    UPDATE customers_customer customer SET segment = %s
    FROM (
        SELECT identity.customer_id, count(*) AS orders, sum(o.total) AS cents
        FROM orders_order o JOIN customers_identity identity ON identity.id = o.identity_id GROUP BY 1
    ) AS bought
    WHERE bought.customer_id = customer.id AND (bought.orders >= %s OR bought.cents >= %s)
"""
_VIP = """
    UPDATE customers_customer customer SET segment = %s
    FROM customers_identity identity WHERE identity.customer_id = customer.id AND identity.id = ANY(%s)
"""
