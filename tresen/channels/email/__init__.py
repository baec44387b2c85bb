"""Plain mail from customers; it takes every mail that no platform claims."""

from tresen.channels.contract import Connector, Look, SetupField
from tresen.channels.email.parsing import claims, parse
from tresen.channels.email.sending import send
from tresen.channels.mailed.ordinary import ORDER_ID
from tresen.channels.rule_files import load_rule_packs
from tresen.mail.composing import reply_subject

CONNECTOR = Connector(
    key="email",
    title="E-mail",
    look=Look(mark="@", hue=220, icon="mail"),
    parse=parse,
    send=send,
    claims=claims,
    rule_packs=load_rule_packs("email"),
    setup_fields=(
        SetupField(name="sender", label="Sender address", kind="email"),
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
    reply_subject=reply_subject,
    order_id_pattern=ORDER_ID,
)
