"""TikTok Shop: buyers chat with the shop; all is read from its interface, and told by its webhooks besides."""

from tresen.channels.contract import Connector, Look, SetupField
from tresen.channels.rule_files import load_rule_packs
from tresen.channels.tiktok_shop.acting import ACTIONS
from tresen.channels.tiktok_shop.back_office import BACK_OFFICE
from tresen.channels.tiktok_shop.files import fetch_file
from tresen.channels.tiktok_shop.letting_in import CONNECTION
from tresen.channels.tiktok_shop.one_order import ORDER
from tresen.channels.tiktok_shop.parsing import parse
from tresen.channels.tiktok_shop.performance import FIGURES
from tresen.channels.tiktok_shop.proving import APP_SECRET
from tresen.channels.tiktok_shop.reading import FEEDS
from tresen.channels.tiktok_shop.sending import LONGEST, find_sent, send
from tresen.channels.tiktok_shop.signing import SHARED, is_genuine, told
from tresen.channels.tiktok_shop.starting import START
from tresen.channels.webhooks import WebhookDoor

_MARKETPLACES = (
    ("tiktok.com/us", "TikTok Shop United States"),
    ("tiktok.com/gb", "TikTok Shop United Kingdom"),
    ("tiktok.com/de", "TikTok Shop Germany"),
    ("tiktok.com/fr", "TikTok Shop France"),
    ("tiktok.com/it", "TikTok Shop Italy"),
    ("tiktok.com/es", "TikTok Shop Spain"),
    ("tiktok.com/ie", "TikTok Shop Ireland"),
    ("tiktok.com/th", "TikTok Shop Thailand"),
    ("tiktok.com/id", "TikTok Shop Indonesia"),
    ("tiktok.com/my", "TikTok Shop Malaysia"),
    ("tiktok.com/ph", "TikTok Shop Philippines"),
    ("tiktok.com/sg", "TikTok Shop Singapore"),
    ("tiktok.com/vn", "TikTok Shop Vietnam"),
    ("tiktok.com/mx", "TikTok Shop Mexico"),
    ("tiktok.com/br", "TikTok Shop Brazil"),
    ("tiktok.com/jp", "TikTok Shop Japan"),
)

CONNECTOR = Connector(
    key="tiktok_shop",
    title="TikTok Shop",
    look=Look(mark="T", hue=120, icon="store"),
    parse=parse,
    send=send,
    rule_packs=load_rule_packs("tiktok_shop"),
    marketplaces=_MARKETPLACES,
    setup_fields=(SetupField(name="marketplace", label="TikTok Shop’s country", kind="select", choices=_MARKETPLACES),),
    max_reply_length=LONGEST,
    back_office=BACK_OFFICE,
    connection=CONNECTION,
    feeds=FEEDS,
    order=ORDER,
    actions=ACTIONS,
    webhooks=WebhookDoor(
        is_genuine=is_genuine,
        told=told,
        shared=SHARED,
        secret=APP_SECRET,
        where="The app’s secret, on its page in TikTok Shop’s Partner Center; its webhook URL is entered there too.",
        there="The app’s page in TikTok Shop’s Partner Center: as its webhook URL, for these events.",
        topics=(
            "NEW_MESSAGE",
            "ORDER_STATUS_CHANGE",
            "RETURN_STATUS_CHANGE",
            "CANCELLATION_STATUS_CHANGE",
            "PACKAGE_UPDATE",
        ),
    ),
    find_sent=find_sent,
    start=START,
    fetch_file=fetch_file,
    figures=FIGURES,
)
