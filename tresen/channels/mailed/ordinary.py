"""A mail that no platform frames: somebody wrote to us."""

import re
from collections.abc import Sequence
from functools import lru_cache

from tresen.channels.contract import (
    Automatic,
    IdentityKind,
    InboundMessage,
    MailHeaders,
    ParsedMail,
    RawPayload,
    Sender,
    ThreadKeyKind,
    Unreadable,
    Verdict,
)
from tresen.channels.mailed import quotes
from tresen.channels.mailed.hosts import local_of
from tresen.channels.mailed.messages import envelope, keys, reference_keys, unique
from tresen.channels.mailed.typed import as_typed
from tresen.mail import automatic
from tresen.mail.headers.addresses import domain_of

# Order numbers as small shops write them; a store may say its own.
ORDER_ID = r"(?<![\w#&/])#\d{4,12}(?!\w)"
_TEXT_LENGTH = 200_000
# A store's own pattern was tried with a quarter of this for half a second (stores.order_patterns). Four times the text
# may take sixteen times as long, and that is still within what a mail may take.
_OWN_TEXT_LENGTH = 8_000
BY_MACHINE = "by_machine"
"""In a message's facts: From is a machine's, and only Reply-To names who wrote."""
_FORWARDED = re.compile(r"\s*(?:fwd?|wg|tr|i|rv|enc|doorst|vs|vb)\s{0,2}:", re.IGNORECASE)
_MACHINES = ("noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "wordpress", "mailer", "postmaster")


def ordinary_message(
    payload: RawPayload, mail: ParsedMail, *, problems: Sequence[str] = ()
) -> InboundMessage | Unreadable:
    """The words of whoever wrote, his quotes cut; a forwarded mail is kept whole, it is what he wants to show."""
    headers = mail.headers
    sender = _sender(payload, mail)
    if sender is None:
        return Unreadable(reason="no_sender", subject=headers.subject, excerpt=mail.text[:500])
    forwarded = _FORWARDED.match(headers.subject) is not None
    split = quotes.split(mail.text)
    text = (mail.text if forwarded else split.new or mail.text).strip()
    orders = order_ids(payload, headers.subject, text)
    if headers.authenticated is Verdict.FAIL and not problems:
        problems = ("authentication_failed",)
    sent_by = _automatic(payload, headers)
    return InboundMessage(
        **envelope(payload, mail),
        sender=sender,
        text=text,
        automatic=sent_by,
        expects_answer=sent_by is Automatic.NO,
        thread_keys=(
            *reference_keys(mail),
            *keys(ThreadKeyKind.ORDER, orders),
            *keys(ThreadKeyKind.BUYER, (sender.key,)),
        ),
        order_ids=orders,
        problems=unique((*mail.problems, *problems)),
        extra={
            **({"forwarded": "yes"} if forwarded else {}),
            **({BY_MACHINE: "yes"} if headers.sender and headers.sender.email.lower() != sender.key else {}),
        },
    )


def _automatic(payload: RawPayload, headers: MailHeaders) -> Automatic:
    """A loop is only what left this store: an agent of another house that runs Tresen too is a person."""
    own = {domain_of(address) for address in payload.store.addresses} if payload.store else set()
    if headers.automatic is Automatic.LOOP and own and automatic.loop_domain(headers) not in own:
        return automatic.of_others(headers)
    return headers.automatic


def order_ids(payload: RawPayload, *texts: str) -> tuple[str, ...]:
    """The order numbers in the texts, by the store's own pattern or the usual one."""
    own = payload.store.order_id_pattern if payload.store else None
    pattern, length = _compiled(own or ORDER_ID), _OWN_TEXT_LENGTH if own else _TEXT_LENGTH
    return unique(found[0] for text in texts for found in pattern.finditer(as_typed(text[:length])) if found[0])


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error:
        return re.compile(ORDER_ID)


def _sender(payload: RawPayload, mail: ParsedMail) -> Sender | None:
    """From is who wrote, unless a machine of the shop wrote for the one in Reply-To."""
    named = mail.headers.sender
    answers = [address for address in mail.headers.reply_to if address.email]
    own = {address.lower() for address in payload.store.addresses} if payload.store else set()
    by_machine = named is not None and (named.email.lower() in own or local_of(named.email).startswith(_MACHINES))
    person = answers[0] if answers and (named is None or by_machine) else named
    if person is None or not person.email:
        return None
    return Sender(
        kind=IdentityKind.EMAIL,
        key=person.email.lower(),
        name=person.name,
        reply_to=answers[0].email if answers else person.email,
    )
