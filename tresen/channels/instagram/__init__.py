"""Instagram: people write to a professional account, answer its stories, and comment on its posts."""

from functools import partial

from tresen.channels.contract import Connector, Look, Surface
from tresen.channels.meta.account import INSTAGRAM
from tresen.channels.meta.comments import WAYS
from tresen.channels.meta.connecting import connection
from tresen.channels.meta.files import fetch_file
from tresen.channels.meta.parsing import parse
from tresen.channels.meta.reading import talk_feed
from tresen.channels.meta.sending import find_sent, send
from tresen.channels.meta.signing import door
from tresen.channels.rule_files import load_rule_packs

CONNECTOR = Connector(
    key="instagram",
    title="Instagram",
    look=Look(mark="Ig", hue=0, icon="camera"),
    parse=parse,
    send=partial(send, of=INSTAGRAM),
    find_sent=partial(find_sent, of=INSTAGRAM),
    rule_packs=load_rule_packs("instagram"),
    max_reply_length=INSTAGRAM.longest,
    takes_files=INSTAGRAM.files,
    connection=connection(INSTAGRAM),
    feeds=(talk_feed(INSTAGRAM),),
    webhooks=door(INSTAGRAM),
    fetch_file=fetch_file,
    ways={Surface.COMMENT: WAYS},
)
