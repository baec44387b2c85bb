"""Copies of answers given in Seller Central: they stop the clock and open nothing."""

import re

from tresen.channels.amazon.addresses import marketplace_of
from tresen.channels.amazon.contents import order_ids
from tresen.channels.amazon.framing import FOOTERS, read_frame
from tresen.channels.amazon.knowledge import notice_words
from tresen.channels.contract import OwnAnswer, ParsedMail, RawPayload, ThreadKeyKind
from tresen.channels.mailed.messages import arrival, keys
from tresen.channels.mailed.wording import contains_any, folded

_SHAPE = notice_words().own_answers
_BODIES = tuple(folded(phrase) for phrase in _SHAPE.bodies)
_NAME = re.compile(rf"(?:{'|'.join(re.escape(phrase) for phrase in _SHAPE.subjects)})\s+(\S.{{0,99}})", re.IGNORECASE)
_BODY_LENGTH = 20_000


def is_own_answer(mail: ParsedMail, *, stamp: str) -> bool:
    """Whether a mail of Amazon's is a copy of our own words, by its stamp or, in older mails, by its text."""
    return stamp in _SHAPE.stamps or (not stamp and contains_any(folded(mail.text[:_BODY_LENGTH]), _BODIES))


def own_answer(payload: RawPayload, mail: ParsedMail) -> OwnAnswer:
    """The answer. It names neither alias nor case, before a sale not even an order: then the buyer's name must do."""
    framed = read_frame(mail.text)
    text = framed.words if framed else FOOTERS.cut(mail.text).strip()
    above = framed.head if framed else mail.text
    found = _NAME.search(mail.headers.subject)
    orders = order_ids(mail.headers.subject, above)
    return OwnAnswer(
        **arrival(payload, mail),
        text=text,
        html=mail.html,
        buyer_name=found[1].strip() if found else "",
        marketplace=marketplace_of(mail.headers),
        order_ids=orders,
        thread_keys=keys(ThreadKeyKind.ORDER, orders),
        problems=mail.problems if framed else (*mail.problems, "frame_unknown"),
    )
