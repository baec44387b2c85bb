"""OTTO's marketplace: buyers write by mail from an alias; orders, parcels, returns and stock are read by interface.

What may be sent to a buyer unasked OTTO restricts, and we have not seen its rules: nothing is begun from here.
"""

from tresen.channels.contract import Connector, Look, SetupField
from tresen.channels.otto.interface.acting import ACTIONS
from tresen.channels.otto.interface.connecting import CONNECTION
from tresen.channels.otto.interface.reading import FEEDS, ORDER_DOOR
from tresen.channels.otto.interface.reasons import REASONS
from tresen.channels.otto.parsing import MARKETPLACE, ORDER_ID, claims, parse
from tresen.channels.otto.sending import send
from tresen.channels.rule_files import load_rule_packs
from tresen.mail.composing import reply_subject

CONNECTOR = Connector(
    key="otto",
    title="OTTO",
    look=Look(mark="O", hue=45, icon="store"),
    parse=parse,
    send=send,
    claims=claims,
    rule_packs=load_rule_packs("otto"),
    marketplaces=((MARKETPLACE, "OTTO.de"),),
    setup_fields=(
        SetupField(
            name="sender",
            label="Sender address",
            kind="email",
            help_text="The address registered for buyers’ mail in OTTO Partner Connect; mail from another one is not "
            "passed on.",
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
    order=ORDER_DOOR,
    actions=ACTIONS,
    reasons=REASONS,
    unasked="OTTO restricts what may be written to buyers who have not written, and we have not seen its rules.",
)
