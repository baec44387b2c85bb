"""WhatsApp: people write to a number of the seller's, by Meta's Cloud API."""

from tresen.channels.approved_templates import TemplateDoor
from tresen.channels.contract import Connector, Look
from tresen.channels.meta.account import WHATSAPP
from tresen.channels.meta.signing import door
from tresen.channels.rule_files import load_rule_packs
from tresen.channels.whatsapp.connecting import CONNECTION
from tresen.channels.whatsapp.files import fetch_file
from tresen.channels.whatsapp.parsing import parse
from tresen.channels.whatsapp.sending import send
from tresen.channels.whatsapp.templates import listed

CONNECTOR = Connector(
    key="whatsapp",
    title="WhatsApp",
    look=Look(mark="Wa", hue=165, icon="phone"),
    parse=parse,
    send=send,
    rule_packs=load_rule_packs("whatsapp"),
    max_reply_length=WHATSAPP.longest,
    connection=CONNECTION,
    webhooks=door(WHATSAPP),
    fetch_file=fetch_file,
    templates=TemplateDoor(listed=listed),
)
