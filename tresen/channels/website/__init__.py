"""The contact form of a website of ours: a page and a JSON endpoint; answers leave by mail."""

from tresen.channels.contract import Connector, Look, SetupField
from tresen.channels.mailed.ordinary import ORDER_ID
from tresen.channels.rule_files import load_rule_packs
from tresen.channels.website.parsing import parse
from tresen.channels.website.sending import send
from tresen.mail.composing import reply_subject

CONNECTOR = Connector(
    key="website",
    title="Website",
    look=Look(mark="F", hue=190, icon="globe"),
    parse=parse,
    send=send,
    rule_packs=load_rule_packs("website"),
    takes_forms=True,
    setup_fields=(
        SetupField(name="sender", label="Sender address", kind="email", help_text="Answers come from here."),
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
