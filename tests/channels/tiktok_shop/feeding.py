"""What a feed of TikTok Shop's tells, understood."""

from functools import partial

from tests.channels.feeding import feed_of, understood_by, whole_of
from tresen.channels.tiktok_shop import CONNECTOR

feed = partial(feed_of, CONNECTOR)
whole = partial(whole_of, CONNECTOR)
understood = partial(understood_by, CONNECTOR)
