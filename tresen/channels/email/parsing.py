"""Plain mail: whatever no platform claims."""

from collections.abc import Sequence

from tresen.channels.contract import (
    Claim,
    Ignored,
    Inbound,
    MailHeaders,
    OwnAnswer,
    ParsedMail,
    RawPayload,
    ThreadKeyKind,
    Verdict,
)
from tresen.channels.mailed import quotes
from tresen.channels.mailed.messages import arrival, delivery_notices, keys, not_a_mail, reference_keys
from tresen.channels.mailed.ordinary import order_ids, ordinary_message
from tresen.mail.thread_keys import is_own_message_id


def claims(headers: MailHeaders) -> Claim | None:  # noqa: ARG001 -- every claim has this shape
    """Any mail: this connector is asked last and takes the rest."""
    return Claim(channel="email", reason="rest")


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """A message, a bounce, or a copy of an answer we sent from another program."""
    mail = payload.mail
    if mail is None:
        return not_a_mail(payload)
    if bounces := delivery_notices(payload, mail):
        return bounces
    if is_own_message_id(mail.headers.message_id or "") and _sent_by_us(payload, mail):
        return (Ignored(reason="own_copy"),)
    if recipient := _answered_by_us(payload, mail):
        return (_own_answer(payload, mail, recipient),)
    problems = ("own_sender_unconfirmed",) if _sent_by_us(payload, mail) else ()
    return (ordinary_message(payload, mail, problems=problems),)


def _answered_by_us(payload: RawPayload, mail: ParsedMail) -> str:
    """Whom a copy of our own mail went to; empty where somebody else wrote.

    Believed only when our own receiver confirmed the domain, for anybody can write our address into From.
    """
    own = _own_addresses(payload)
    if not _sent_by_us(payload, mail) or mail.headers.authenticated is not Verdict.PASS:
        return ""
    return next((address.email for address in mail.headers.to if address.email.lower() not in own), "")


def _sent_by_us(payload: RawPayload, mail: ParsedMail) -> bool:
    """Whether From says so: anybody can write our address there."""
    return mail.headers.sender is not None and mail.headers.sender.email.lower() in _own_addresses(payload)


def _own_addresses(payload: RawPayload) -> set[str]:
    return {address.lower() for address in payload.store.addresses} if payload.store else set()


def _own_answer(payload: RawPayload, mail: ParsedMail, recipient: str) -> OwnAnswer:
    text = (quotes.split(mail.text).new or mail.text).strip()
    orders = order_ids(payload, mail.headers.subject, text)
    name = next((address.name for address in mail.headers.to if address.email == recipient), "")
    return OwnAnswer(
        **arrival(payload, mail),
        text=text,
        html=mail.html,
        buyer_name=name,
        recipient=recipient,
        order_ids=orders,
        thread_keys=(
            *reference_keys(mail),
            *keys(ThreadKeyKind.ORDER, orders),
            *keys(ThreadKeyKind.BUYER, (recipient.lower(),)),
        ),
        problems=mail.problems,
    )
