"""A buyer's message, and Amazon's own service writing for one."""

import re

from tresen.channels.amazon.addresses import (
    buyer_key,
    buyer_name,
    case_tags,
    identity_kind,
    marketplace_of,
)
from tresen.channels.amazon.contents import Contents, contents_of, order_ids
from tresen.channels.amazon.knowledge import frame_words
from tresen.channels.contract import (
    Automatic,
    IdentityKind,
    InboundMessage,
    ParsedMail,
    RawPayload,
    ReplyBy,
    Role,
    Sender,
    ThreadKey,
    ThreadKeyKind,
    Verdict,
)
from tresen.channels.mailed.messages import envelope, keys, reference_keys, unique
from tresen.channels.mailed.wording import contains_any, folded
from tresen.mail import automatic
from tresen.mail.parsed import Address

_CUSTOMER_IN_SUBJECT = re.compile(r"from Amazon customer ([^(\n]{1,100}?)\s{0,3}(?:\(|$)")
_INQUIRIES = tuple(folded(words) for words in frame_words().operator_inquiries)
_INQUIRY_TEXT = re.compile(r"\bDetails:\s{0,9}(.+)", re.DOTALL)


def buyer_message(payload: RawPayload, mail: ParsedMail, address: Address) -> InboundMessage:
    """The message of the buyer who is reached at `address`, a relay."""
    headers = mail.headers
    contents = contents_of(mail)
    case_ids = unique((*contents.case_ids, *case_tags(headers)))
    sent_by = automatic.of_relayed(headers)
    return InboundMessage(
        **envelope(payload, mail),
        sender=Sender(
            kind=identity_kind(address.email),
            key=buyer_key(address.email),
            name=_name(mail, address),
            reply_to=address.email,
        ),
        text=contents.text,
        automatic=sent_by,
        expects_answer=sent_by is Automatic.NO,
        marketplace=marketplace_of(headers),
        thread_keys=_thread_keys(mail, contents, case_ids, address),
        order_ids=contents.order_ids,
        item_ids=contents.item_ids,
        links=contents.links,
        problems=_problems(mail, contents),
        extra=_extra(contents, case_ids),
    )


def is_operator_inquiry(mail: ParsedMail) -> bool:
    """Whether Amazon's service asks for a customer who called it."""
    return contains_any(folded(mail.headers.subject), _INQUIRIES)


def operator_inquiry(payload: RawPayload, mail: ParsedMail) -> InboundMessage:
    """The question Amazon's service passes on: owed an answer in Seller Central, towards the operator."""
    sender = mail.headers.sender or Address(email="")
    found = _INQUIRY_TEXT.search(mail.text)
    return InboundMessage(
        **envelope(payload, mail),
        sender=Sender(kind=IdentityKind.SHARED, key=sender.email.lower(), name=sender.name),
        text=(found[1] if found else mail.text).strip(),
        role=Role.OPERATOR,
        reply_by=ReplyBy.PLATFORM,
        marketplace=marketplace_of(mail.headers),
        thread_keys=keys(ThreadKeyKind.ORDER, order_ids(mail.headers.subject, mail.text)),
        order_ids=order_ids(mail.headers.subject, mail.text),
        problems=mail.problems,
    )


def _name(mail: ParsedMail, address: Address) -> str:
    """The name beside From, which Reply-To often lacks; else the one in an English subject."""
    shown = [buyer_name(sender) for sender in (mail.headers.sender, address) if sender]
    found = _CUSTOMER_IN_SUBJECT.search(mail.headers.subject)
    return next((name for name in (*shown, found[1].strip() if found else "") if name), "")


def _thread_keys(
    mail: ParsedMail, contents: Contents, case_ids: tuple[str, ...], address: Address
) -> tuple[ThreadKey, ...]:
    shared = identity_kind(address.email) is IdentityKind.SHARED
    return (
        *keys(ThreadKeyKind.CASE, case_ids),
        *keys(ThreadKeyKind.THREAD, contents.thread_ids),
        *keys(ThreadKeyKind.ORDER, contents.order_ids),
        *keys(ThreadKeyKind.BUYER, () if shared else (buyer_key(address.email),)),
        *reference_keys(mail),
    )


def _problems(mail: ParsedMail, contents: Contents) -> tuple[str, ...]:
    failed = ("authentication_failed",) if mail.headers.authenticated is Verdict.FAIL else ()
    return unique((*mail.problems, *contents.problems, *failed))


def _extra(contents: Contents, case_ids: tuple[str, ...]) -> dict[str, str]:
    extra = {"case_id": case_ids[0]} if case_ids else {}
    return extra if contents.shape == "frame" else extra | {"shape": contents.shape}
