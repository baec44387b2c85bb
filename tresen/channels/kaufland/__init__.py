"""Kaufland's marketplaces: buyers write tickets about what they bought; all is read from the Seller API."""

from tresen.channels.contract import Connector, Look, SetupField, Surface
from tresen.channels.kaufland.acting import ACTIONS
from tresen.channels.kaufland.connecting import CONNECTION
from tresen.channels.kaufland.files import fetch_file
from tresen.channels.kaufland.one_order import ORDER
from tresen.channels.kaufland.parsing import parse
from tresen.channels.kaufland.pushing import DOOR
from tresen.channels.kaufland.reading import FEEDS
from tresen.channels.kaufland.reasons import REASONS
from tresen.channels.kaufland.sending import LONGEST, START, WAYS, find_sent, send
from tresen.channels.rule_files import load_rule_packs

_MARKETPLACES = tuple((f"kaufland.{site}", f"Kaufland.{site}") for site in ("de", "sk", "cz", "pl", "at", "fr", "it"))

CONNECTOR = Connector(
    key="kaufland",
    title="Kaufland",
    look=Look(mark="K", hue=345, icon="store"),
    parse=parse,
    send=send,
    rule_packs=load_rule_packs("kaufland"),
    marketplaces=_MARKETPLACES,
    setup_fields=(SetupField(name="marketplace", label="Kaufland site", kind="select", choices=_MARKETPLACES),),
    max_reply_length=LONGEST,
    connection=CONNECTION,
    feeds=FEEDS,
    order=ORDER,
    actions=ACTIONS,
    reasons=REASONS,
    find_sent=find_sent,
    start=START,
    fetch_file=fetch_file,
    ways={Surface.DIRECT: WAYS},
    webhooks=DOOR,
)
