"""What one mail of Amazon's means. Unknown mails keep their whole text and are flagged; nothing is dropped."""

from collections.abc import Sequence

from tresen.channels.amazon.addresses import amazon_site, buyer_address, is_amazons, is_buyer
from tresen.channels.amazon.answers import is_own_answer, own_answer
from tresen.channels.amazon.contents import STAMP
from tresen.channels.amazon.interface.told import parse_told
from tresen.channels.amazon.knowledge import notice_words
from tresen.channels.amazon.messages import buyer_message, is_operator_inquiry, operator_inquiry
from tresen.channels.amazon.notices import notice
from tresen.channels.contract import Inbound, MailHeaders, ParsedMail, RawPayload, Source, Verdict
from tresen.channels.mailed.hosts import local_of
from tresen.channels.mailed.messages import not_a_mail, relayed_delivery_notices
from tresen.channels.mailed.ordinary import ordinary_message
from tresen.mail.parsed import Address


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """A buyer's message, a notice, a copy of our own answer, a bounce of one; or what the interface told."""
    if payload.source is Source.API:
        return parse_told(payload)
    mail = payload.mail
    if mail is None:
        return not_a_mail(payload)
    return relayed_delivery_notices(payload, mail) or _read(payload, mail)


def _read(payload: RawPayload, mail: ParsedMail) -> Sequence[Inbound]:
    stamp = _believed_stamp(mail.headers)
    buyer = _buyer_behind(mail.headers, stamp)
    if buyer and is_amazons(mail.headers):
        return (buyer_message(payload, mail, buyer),)
    if not is_amazons(mail.headers) or mail.headers.authenticated is Verdict.FAIL:
        return (ordinary_message(payload, mail, problems=("not_believed",)),)
    if is_own_answer(mail, stamp=stamp):
        return (own_answer(payload, mail),)
    if is_operator_inquiry(mail):
        return (operator_inquiry(payload, mail),)
    return notice(payload, mail, stamp=stamp)


def _buyer_behind(headers: MailHeaders, stamp: str) -> Address | None:
    """The buyer who wrote. What comes from a buyer's relay is his, whatever it is stamped: he may stamp it himself."""
    sender = headers.sender.email if headers.sender else ""
    amazon_site_writes = amazon_site(sender) is not None and local_of(sender) in notice_words().own_senders
    if amazon_site_writes or (stamp and stamp not in notice_words().message_stamps and not is_buyer(sender)):
        return None
    return buyer_address(headers)


def _believed_stamp(headers: MailHeaders) -> str:
    """Amazon's own word for the kind; forgeable, so only where From is Amazon's and no check of the domain failed."""
    believed = is_amazons(headers) and headers.authenticated is not Verdict.FAIL
    return headers.get(STAMP).strip() if believed else ""
