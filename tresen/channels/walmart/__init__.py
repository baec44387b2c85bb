"""Walmart: customers write through a mail relay whose address changes from mail to mail.

Orders, returns and stock are read from its interface, which has no messages.
"""

from tresen.channels.contract import Connector, Look, SetupField
from tresen.channels.rule_files import load_rule_packs
from tresen.channels.walmart.interface.acting import ACTIONS
from tresen.channels.walmart.interface.connecting import CONNECTION
from tresen.channels.walmart.interface.performance import FIGURES
from tresen.channels.walmart.interface.reading import FEEDS, ORDER
from tresen.channels.walmart.interface.reasons import REASONS
from tresen.channels.walmart.parsing import ORDER_ID, claims, parse
from tresen.channels.walmart.sending import send
from tresen.mail.composing import reply_subject

CONNECTOR = Connector(
    key="walmart",
    title="Walmart",
    look=Look(mark="W", hue=245, icon="shopping-cart"),
    parse=parse,
    send=send,
    claims=claims,
    rule_packs=load_rule_packs("walmart"),
    marketplaces=(("walmart.com", "Walmart.com"),),
    setup_fields=(
        SetupField(
            name="sender",
            label="Sender address",
            kind="email",
            help_text="The customer-care address registered in Seller Center; the relay takes mail from no other.",
        ),
        SetupField(
            name="addresses",
            label="Addresses customers' messages arrive at",
            required=False,
            help_text="Only where one mailbox serves several stores.",
        ),
    ),
    relay=True,
    reply_subject=reply_subject,
    order_id_pattern=ORDER_ID,
    connection=CONNECTION,
    feeds=FEEDS,
    order=ORDER,
    actions=ACTIONS,
    reasons=REASONS,
    figures=FIGURES,
)
