"""Amazon: buyers write through a mail relay, Amazon itself by notices; its interface tells of orders."""

from tresen.channels.amazon.addresses import SELLER_CENTRAL
from tresen.channels.amazon.claims import claims
from tresen.channels.amazon.contents import ORDER_ID
from tresen.channels.amazon.interface import feedback, notification_queue, order_reading, returns, stock
from tresen.channels.amazon.interface.connecting import CONNECTION
from tresen.channels.amazon.interface.sending import ACTIONS, START
from tresen.channels.amazon.knowledge import marketplaces
from tresen.channels.amazon.parsing import parse
from tresen.channels.amazon.sending import send
from tresen.channels.amazon.subjects import short_subject
from tresen.channels.contract import Connector, Look, SetupField
from tresen.channels.rule_files import load_rule_packs
from tresen.mail.composing import reply_subject

_MARKETPLACES = tuple((marketplace.host, marketplace.host.capitalize()) for marketplace in marketplaces())

CONNECTOR = Connector(
    key="amazon",
    title="Amazon",
    look=Look(mark="A", hue=70, icon="package"),
    parse=parse,
    send=send,
    claims=claims,
    rule_packs=load_rule_packs("amazon"),
    marketplaces=_MARKETPLACES,
    setup_fields=(
        SetupField(name="marketplace", label="Marketplace", kind="select", choices=_MARKETPLACES),
        SetupField(
            name="sender",
            label="Sender address",
            kind="email",
            help_text="Must be approved in Seller Central under Messaging Permissions, else Amazon rejects answers.",
        ),
        SetupField(
            name="addresses",
            label="Addresses buyers' messages arrive at",
            required=False,
            help_text="Only where one mailbox serves several stores.",
        ),
    ),
    relay=True,
    reply_subject=reply_subject,
    short_subject=short_subject,
    order_id_pattern=ORDER_ID.pattern,
    back_office=SELLER_CENTRAL,
    connection=CONNECTION,
    feeds=(order_reading.FEED, notification_queue.FEED, returns.FEED, feedback.FEED, stock.FEED),
    order=order_reading.DOOR,
    actions=ACTIONS,
    start=START,
)
