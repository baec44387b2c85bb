"""EBay: members write through a mail alias or in conversations, eBay itself by notices."""

from tresen.channels.contract import Connector, Look, SetupField
from tresen.channels.ebay.addresses import SELLER_HUB, claims
from tresen.channels.ebay.interface.letting_in import CONNECTION
from tresen.channels.ebay.interface.messages import answering
from tresen.channels.ebay.interface.messages.files import fetch_file
from tresen.channels.ebay.interface.messages.reading import MESSAGE_FEED
from tresen.channels.ebay.interface.orders.acting import ORDER_ACTIONS
from tresen.channels.ebay.interface.orders.reading import ORDER_DOOR, ORDER_FEED
from tresen.channels.ebay.interface.post_order.deciding import RETURN_ACTIONS
from tresen.channels.ebay.interface.signing import WEBHOOKS
from tresen.channels.ebay.interface.whole_reading import WHOLE_FEEDS
from tresen.channels.ebay.knowledge import frame_words
from tresen.channels.ebay.notices import ORDER_ID
from tresen.channels.ebay.parsing import parse
from tresen.channels.ebay.sending import send
from tresen.channels.ebay.subjects import short_subject
from tresen.channels.rule_files import load_rule_packs
from tresen.mail.composing import reply_subject

_MARKETPLACES = tuple((f"ebay.{site}", f"eBay.{site}") for site in sorted(frame_words().sites))

CONNECTOR = Connector(
    key="ebay",
    title="eBay",
    look=Look(mark="E", hue=265, icon="gavel"),
    parse=parse,
    send=send,
    claims=claims,
    rule_packs=load_rule_packs("ebay"),
    marketplaces=_MARKETPLACES,
    setup_fields=(
        SetupField(name="marketplace", label="eBay site", kind="select", choices=_MARKETPLACES),
        SetupField(
            name="sender",
            label="Sender address",
            kind="email",
            help_text="The e-mail address of the eBay account; eBay passes on mail from no other.",
        ),
        SetupField(
            name="addresses",
            label="Addresses members' messages arrive at",
            required=False,
            help_text="Only where one mailbox serves several stores.",
        ),
    ),
    relay=True,
    reply_subject=reply_subject,
    short_subject=short_subject,
    max_reply_length=answering.LONGEST,
    back_office=SELLER_HUB,
    order_id_pattern=ORDER_ID.pattern,
    connection=CONNECTION,
    feeds=(MESSAGE_FEED, ORDER_FEED, *WHOLE_FEEDS),
    order=ORDER_DOOR,
    actions=ORDER_ACTIONS | RETURN_ACTIONS,
    webhooks=WEBHOOKS,
    find_sent=answering.find_sent,
    start=answering.START,
    fetch_file=fetch_file,
)
