"""What one payload of eBay's means; of mail: a member's message, a notice, or a bounce of an answer."""

import re
from collections.abc import Sequence

from tresen.channels.contract import (
    REPLY_BY_EMAIL_UNVERIFIED,
    Automatic,
    IdentityKind,
    Inbound,
    InboundMessage,
    ParsedMail,
    RawPayload,
    ReplyBy,
    Sender,
    Source,
    ThreadKeyKind,
    Verdict,
)
from tresen.channels.ebay.addresses import is_ebays, member_address, member_name
from tresen.channels.ebay.interface.understanding import understand
from tresen.channels.ebay.knowledge import frame_words
from tresen.channels.ebay.notices import ITEM_ID, ORDER_ID, notice
from tresen.channels.mailed import quotes
from tresen.channels.mailed.footers import Footers
from tresen.channels.mailed.markup import Markup, text_of
from tresen.channels.mailed.messages import (
    envelope,
    keys,
    not_a_mail,
    reference_keys,
    relayed_delivery_notices,
    unique,
)
from tresen.channels.mailed.ordinary import ordinary_message
from tresen.channels.mailed.typed import as_typed
from tresen.mail import automatic
from tresen.mail.parsed import Address

# Today a pair, in 2014 the second half alone; an answer by mail must carry it.
_REFERENCE = re.compile(r"(?:\[#[A-Za-z0-9-]{1,64}#\]_)?\[#[0-9a-fA-F]{32}#\]")
_ITEM_IN_SUBJECT = re.compile(r"#(\d{9,15})\b")
_BEGINNING = re.compile(
    rf"^[ \t]{{0,9}}(?:{'|'.join(re.escape(words) for words in frame_words().beginnings)})[^\n]{{0,200}}\n",
    re.MULTILINE,
)
_ENDINGS = Footers((*frame_words().endings, "Reply\n", "Reply Reply"))


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """What eBay's interface told; of mail a member's message, a notice, or a bounce."""
    if payload.source in {Source.API, Source.WEBHOOK}:
        return understand(payload)
    mail = payload.mail
    if mail is None:
        return not_a_mail(payload)
    if bounces := relayed_delivery_notices(payload, mail):
        return bounces
    member = member_address(mail.headers)
    if member:
        return (_member_message(payload, mail, member),)
    if is_ebays(mail.headers) and mail.headers.authenticated is not Verdict.FAIL:
        return (notice(payload, mail),)
    return (ordinary_message(payload, mail, problems=("not_believed",)),)


def _member_message(payload: RawPayload, mail: ParsedMail, member: Address) -> InboundMessage:
    headers = mail.headers
    name = member_name(headers)
    text, known = _words(mail)
    items = unique((*_ITEM_IN_SUBJECT.findall(headers.subject), *ITEM_ID.findall(mail.text)))
    orders = unique(ORDER_ID.findall(as_typed(f"{headers.subject}\n{mail.text}")))
    reference = next(reversed(_REFERENCE.findall(mail.text)), "")
    sent_by = automatic.of_relayed(headers)
    failed = ("authentication_failed",) if headers.authenticated is Verdict.FAIL else ()
    return InboundMessage(
        **envelope(payload, mail),
        sender=_sender(name, member),
        text=text,
        automatic=sent_by,
        expects_answer=sent_by is Automatic.NO,
        reply_by=ReplyBy.PLATFORM,
        reply_reference=reference,
        thread_keys=(
            *reference_keys(mail),
            *keys(ThreadKeyKind.ORDER, orders),
            *keys(ThreadKeyKind.BUYER, (_sender(name, member).key,)),
        ),
        order_ids=orders,
        item_ids=items,
        problems=unique((*mail.problems, *(() if known else ("frame_unknown",)), *failed)),
        extra={REPLY_BY_EMAIL_UNVERIFIED: "true"} | ({"reference_id": reference} if reference else {}),
    )


def _sender(name: str, member: Address) -> Sender:
    """A member is known by the user name, the same on every site; the alias may belong to one message only."""
    if name:
        return Sender(kind=IdentityKind.USERNAME, key=name.lower(), name=name, reply_to=member.email)
    return Sender(kind=IdentityKind.RELAY, key=member.email.lower(), reply_to=member.email)


def _words(mail: ParsedMail) -> tuple[str, bool]:
    """The member's newest words, and whether the frame around them is known."""
    if any(block in mail.html for block in frame_words().blocks):
        markup = Markup(mail.html)
        for identifier in frame_words().blocks:
            block = markup.by_id(identifier)
            if block is not None:
                return text_of(block), True
    found = _BEGINNING.search(mail.text)
    if found:
        return _ENDINGS.cut(mail.text[found.end() :]).strip(), True
    split = quotes.split(mail.text)
    if split.quoted and split.new.strip():
        return split.new.strip(), True
    return mail.text.strip(), False
