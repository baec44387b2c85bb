"""WooCommerce, shops on WordPress: orders come by webhook and API, answers leave by mail or as notes to orders."""

from tresen.channels.contract import Connector, Look, SetupField
from tresen.channels.mailed.ordinary import ORDER_ID
from tresen.channels.rule_files import load_rule_packs
from tresen.channels.webhooks import WebhookDoor
from tresen.channels.woocommerce.acting import ACTIONS
from tresen.channels.woocommerce.back_office import BACK_OFFICE
from tresen.channels.woocommerce.connecting import CONNECTION
from tresen.channels.woocommerce.parsing import parse
from tresen.channels.woocommerce.reading import DOOR, FEEDS
from tresen.channels.woocommerce.sending import START, find_sent, send
from tresen.channels.woocommerce.signing import SECRET, is_genuine, told
from tresen.mail.composing import reply_subject

CONNECTOR = Connector(
    key="woocommerce",
    title="WooCommerce",
    look=Look(mark="Wo", hue=325, icon="shopping-bag"),
    parse=parse,
    send=send,
    rule_packs=load_rule_packs("woocommerce"),
    setup_fields=(
        SetupField(
            name="sender", label="Sender address", kind="email", help_text="Answers to shoppers come from here."
        ),
        SetupField(
            name="addresses",
            label="Further addresses of this store",
            required=False,
            help_text="Mail to any of them belongs to this store.",
        ),
        SetupField(
            name="order_id_pattern",
            label="Order number pattern",
            required=False,
            help_text="A regular expression, if your numbers do not look like #1042.",
        ),
    ),
    back_office=BACK_OFFICE,
    connection=CONNECTION,
    feeds=FEEDS,
    order=DOOR,
    actions=ACTIONS,
    find_sent=find_sent,
    start=START,
    webhooks=WebhookDoor(
        is_genuine=is_genuine,
        told=told,
        secret=SECRET,
        where="WordPress, WooCommerce, Settings, Advanced, Webhooks: the field Secret, the same for each of them.",
        asked=SetupField(
            name="secret",
            label="Secret",
            kind="secret",
            pattern=r".{16,}",
            unfit="At least 16 characters: who guesses it could tell of orders that do not exist.",
        ),
        there="WordPress, WooCommerce, Settings, Advanced, Webhooks: one for each of these, active, API version 3.",
        topics=("order.created", "order.updated", "order.deleted"),
    ),
    reply_subject=reply_subject,
    order_id_pattern=ORDER_ID,
)
