"""Mirakl: the software of many marketplaces. Messages, orders and returns are read from each operator's interface."""

from tresen.channels.contract import Connector, Look, SetupField
from tresen.channels.mirakl.acting import ACTIONS
from tresen.channels.mirakl.back_office import BACK_OFFICE
from tresen.channels.mirakl.connecting import CONNECTION
from tresen.channels.mirakl.files import fetch_file
from tresen.channels.mirakl.parsing import parse
from tresen.channels.mirakl.reading import FEEDS, ORDER
from tresen.channels.mirakl.sending import LONGEST, START, find_sent, send
from tresen.channels.mirakl.threads import READERS
from tresen.channels.rule_files import load_rule_packs

_MARKETPLACES = (("pccomponentes", "PcComponentes"), ("conrad", "Conrad"), ("other", "Another operator"))

CONNECTOR = Connector(
    key="mirakl",
    title="Mirakl",
    look=Look(mark="M", hue=20, icon="blocks"),
    parse=parse,
    send=send,
    rule_packs=load_rule_packs("mirakl"),
    marketplaces=_MARKETPLACES,
    setup_fields=(SetupField(name="marketplace", label="Marketplace", kind="select", choices=_MARKETPLACES),),
    max_reply_length=LONGEST,
    back_office=BACK_OFFICE,
    connection=CONNECTION,
    feeds=FEEDS,
    order=ORDER,
    actions=ACTIONS,
    find_sent=find_sent,
    start=START,
    fetch_file=fetch_file,
    readers=READERS,
)
