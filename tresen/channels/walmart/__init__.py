"""Walmart: customers write through a mail relay whose address changes from mail to mail."""

from tresen.channels.contract import Connector, Look, SetupField
from tresen.channels.mailed.subjects import reply_subject
from tresen.channels.rule_packs import load_rule_packs
from tresen.channels.walmart.parsing import ORDER_ID, claims, parse

CONNECTOR = Connector(
    key="walmart",
    title="Walmart",
    look=Look(mark="W", hue=245, icon="shopping-cart"),
    parse=parse,
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
)
