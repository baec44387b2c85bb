"""Facebook: people write to a page in Messenger, and below its posts."""

from functools import partial

from tresen.channels.contract import Connector, Look, Surface
from tresen.channels.meta.account import FACEBOOK
from tresen.channels.meta.comments import WAYS
from tresen.channels.meta.connecting import connection
from tresen.channels.meta.files import fetch_file
from tresen.channels.meta.parsing import parse
from tresen.channels.meta.reading import talk_feed
from tresen.channels.meta.sending import find_sent, send
from tresen.channels.meta.signing import door
from tresen.channels.rule_files import load_rule_packs

CONNECTOR = Connector(
    key="facebook",
    title="Facebook",
    look=Look(mark="f", hue=205, icon="thumbs-up"),
    parse=parse,
    send=partial(send, of=FACEBOOK),
    find_sent=partial(find_sent, of=FACEBOOK),
    rule_packs=load_rule_packs("facebook"),
    max_reply_length=FACEBOOK.longest,
    takes_files=FACEBOOK.files,
    connection=connection(FACEBOOK),
    feeds=(talk_feed(FACEBOOK),),
    webhooks=door(FACEBOOK),
    fetch_file=fetch_file,
    ways={Surface.COMMENT: WAYS},
)
