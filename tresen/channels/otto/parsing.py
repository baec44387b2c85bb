"""What one mail from a buyer's alias means; what OTTO's interface answered is read in `interface`.

How OTTO frames such a mail is not documented, so nothing of it is cut but what the buyer's program quotes below.
"""

import re
from collections.abc import Sequence

from tresen.channels.contract import (
    Automatic,
    Claim,
    IdentityKind,
    Inbound,
    InboundMessage,
    MailHeaders,
    ParsedMail,
    RawPayload,
    Sender,
    Source,
    ThreadKeyKind,
    Verdict,
)
from tresen.channels.mailed import quotes
from tresen.channels.mailed.hosts import answerable, host_of
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
from tresen.channels.otto.addresses import ALIASES, is_alias
from tresen.channels.otto.interface.understanding import parse_answer
from tresen.mail import automatic
from tresen.mail.parsed import Address

MARKETPLACE = "otto.de"
ORDER_ID = r"(?<![\w-])(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{10}(?![\w-])"
"""Ten letters and figures, both at least once: ten letters are a word, ten figures a telephone number as well."""
_MIXED = re.compile(ORDER_ID, re.IGNORECASE)
_LABELLED = re.compile(
    r"\b(?:Bestell(?:ung|nummer|-?nr)|Auftrag(?:snummer|s-?nr)?|Order(?: number| no)?)[.:#\s]{1,5}(\d{10})(?!\d)",
    re.IGNORECASE,
)
_LOOKED_AT = 50_000


def claims(headers: MailHeaders) -> Claim | None:
    """OTTO's claim on a mail: one that a buyer's alias sent."""
    return Claim(channel="otto", marketplace=MARKETPLACE, reason="relay") if _buyer(headers) else None


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """A buyer's message or a bounce; or what the interface answered."""
    if payload.source is Source.API:
        return parse_answer(payload)
    mail = payload.mail
    if mail is None:
        return not_a_mail(payload)
    if bounces := relayed_delivery_notices(payload, mail):
        return bounces
    buyer = _buyer(mail.headers)
    return (
        (_message(payload, mail, buyer),) if buyer else (ordinary_message(payload, mail, problems=("not_believed",)),)
    )


def _buyer(headers: MailHeaders) -> Address | None:
    """The alias an answer goes to, where an alias itself sent the mail."""
    if headers.sender is None or host_of(headers.sender.email) != ALIASES:
        return None
    return next((address for address in answerable(headers) if is_alias(address.email)), None)


def _message(payload: RawPayload, mail: ParsedMail, buyer: Address) -> InboundMessage:
    split = quotes.split(mail.text)
    words = (split.new or mail.text).strip()
    orders = orders_in(f"{mail.headers.subject}\n{words}")
    sent_by = automatic.of_relayed(mail.headers)
    failed = ("authentication_failed",) if mail.headers.authenticated is Verdict.FAIL else ()
    alias = buyer.email.lower()
    name = buyer.name or (mail.headers.sender.name if mail.headers.sender else "")
    return InboundMessage(
        **envelope(payload, mail),
        sender=Sender(kind=IdentityKind.RELAY, key=alias, name=name, reply_to=buyer.email),
        text=words,
        automatic=sent_by,
        expects_answer=sent_by is Automatic.NO,
        marketplace=MARKETPLACE,
        thread_keys=(
            *reference_keys(mail),
            *keys(ThreadKeyKind.ORDER, orders),
            *keys(ThreadKeyKind.BUYER, (alias,)),
        ),
        order_ids=orders,
        problems=unique((*mail.problems, *failed)),
    )


def orders_in(text: str) -> tuple[str, ...]:
    """The order numbers that a text names, as they stand there; those with a word before them first."""
    typed = as_typed(text[:_LOOKED_AT])
    return unique((*_LABELLED.findall(typed), *(found[0] for found in _MIXED.finditer(typed))))
