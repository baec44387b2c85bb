"""Shopify: the shop's contact form arrives by Shopify's mailer; answers go straight to the shopper."""

from tresen.channels.contract import Connector, Look, SetupField
from tresen.channels.mailed.ordinary import ORDER_ID
from tresen.channels.rule_files import load_rule_packs
from tresen.channels.shopify.parsing import claims, parse
from tresen.channels.shopify.sending import send
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
    reply_subject=reply_subject,
    order_id_pattern=ORDER_ID,
)
