"""Shopify: the contact form comes by its mailer, orders by webhook and Admin API; answers go straight to shoppers."""

from tresen.channels.contract import Connector, Look, SetupField
from tresen.channels.mailed.ordinary import ORDER_ID
from tresen.channels.rule_files import load_rule_packs
from tresen.channels.shopify.acting import ACTIONS
from tresen.channels.shopify.admin import disputes, reading_orders, returns, stock
from tresen.channels.shopify.admin.back_office import ADMIN
from tresen.channels.shopify.admin.connecting import CONNECTION
from tresen.channels.shopify.parsing import claims, parse
from tresen.channels.shopify.sending import send
from tresen.channels.shopify.signing import SECRET, is_genuine, told
from tresen.channels.shopify.starting import START
from tresen.channels.webhooks import WebhookDoor
from tresen.mail.composing import reply_subject

CONNECTOR = Connector(
    key="shopify",
    title="Shopify",
    look=Look(mark="S", hue=145, icon="shopping-bag"),
    parse=parse,
    send=send,
    claims=claims,
    rule_packs=load_rule_packs("shopify"),
    setup_fields=(
        SetupField(
            name="sender", label="Sender address", kind="email", help_text="Answers to shoppers come from here."
        ),
        SetupField(
            name="addresses",
            label="Addresses the contact form writes to",
            required=False,
            help_text="The store contact e-mail of the Shopify admin, where one mailbox serves several stores.",
        ),
        SetupField(
            name="order_id_pattern",
            label="Order number pattern",
            required=False,
            help_text="A regular expression, if your numbers do not look like #1042.",
        ),
    ),
    back_office=ADMIN,
    connection=CONNECTION,
    feeds=(reading_orders.FEED, returns.FEED, disputes.FEED, stock.FEED),
    order=reading_orders.DOOR,
    actions=ACTIONS,
    start=START,
    webhooks=WebhookDoor(
        is_genuine=is_genuine,
        told=told,
        secret=SECRET,
        where="Shopify admin, Settings, Notifications, Webhooks: below the list; or the client secret of your app.",
        there="Shopify admin, Settings, Notifications, Webhooks: one for each of these, format JSON.",
        topics=("orders/create", "orders/updated"),
    ),
    reply_subject=reply_subject,
    order_id_pattern=ORDER_ID,
)
