"""EBay: members write through a mail alias, eBay itself by notices."""

from tresen.channels.contract import Connector, Look, SetupField
from tresen.channels.ebay.addresses import case_address, claims
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
        SetupField(name="marketplace", label="Site", kind="select", choices=_MARKETPLACES),
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
    # The Message API refuses longer texts (commerce/message, messageText, read 2026-11); by mail the same holds.
    max_reply_length=2000,
    case_address=case_address,
    order_id_pattern=ORDER_ID.pattern,
)
