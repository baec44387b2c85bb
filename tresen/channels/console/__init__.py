"""A channel without a platform: messages are typed in, answers are printed. The whole product runs on it."""

from tresen.channels.console.parsing import parse
from tresen.channels.console.sending import send
from tresen.channels.console.starting import START
from tresen.channels.contract import Connector, Look
from tresen.channels.rule_files import load_rule_packs
from tresen.mail.composing import reply_subject

CONNECTOR = Connector(
    key="console",
    title="Console",
    look=Look(mark="C", hue=300, icon="terminal"),
    parse=parse,
    send=send,
    rule_packs=load_rule_packs("console"),
    reply_subject=reply_subject,
    for_trying=True,
    start=START,
)
