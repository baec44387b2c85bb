"""SMS: people write to a number of the seller's at Twilio."""

from tresen.channels.contract import Connector, Look
from tresen.channels.rule_files import load_rule_packs
from tresen.channels.sms.connecting import CONNECTION
from tresen.channels.sms.files import fetch_file
from tresen.channels.sms.parsing import parse
from tresen.channels.sms.quiet import quiet_hours
from tresen.channels.sms.sending import LONGEST, find_sent, send
from tresen.channels.sms.signing import DOOR

CONNECTOR = Connector(
    key="sms",
    title="SMS",
    look=Look(mark="Sm", hue=95, icon="message-square"),
    parse=parse,
    send=send,
    find_sent=find_sent,
    rule_packs=load_rule_packs("sms"),
    max_reply_length=LONGEST,
    takes_files=False,
    connection=CONNECTION,
    webhooks=DOOR,
    fetch_file=fetch_file,
    quiet=quiet_hours,
    operator="Twilio",
)
