"""What one payload means: a webhook, an answer of the Admin API, or a mail of Shopify's mailer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tresen.channels.contract import (
    Claim,
    IdentityKind,
    Ignored,
    Inbound,
    InboundMessage,
    MailHeaders,
    NoticeKind,
    ParsedMail,
    PlatformNotice,
    RawPayload,
    ReplyBy,
    Sender,
    Source,
    ThreadKeyKind,
    Verdict,
)
from tresen.channels.dated_data import Entry, channel_file, read_data
from tresen.channels.mailed.known_words import known_words
from tresen.channels.mailed.messages import arrival, envelope, keys, not_a_mail, relayed_delivery_notices, unique
from tresen.channels.mailed.ordinary import order_ids, ordinary_message
from tresen.channels.mailed.subjects import subject_from
from tresen.channels.mailed.wording import contains_any, folded
from tresen.channels.shopify.admin.parsing import parse_answer
from tresen.channels.shopify.webhooks import parse_webhook

# A line that holds nothing but a label, with its value on the lines below.
_LABEL = re.compile(r"^([^\n:]{1,40}):[ \t\xa0]{0,3}$", re.MULTILINE)
_EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,190}")
_INTRODUCTION_LENGTH = 2_000
_FORM_LENGTH = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWords:
    """What the form's mails are known by; phrases are folded, `labels` maps each label to our name for it."""

    senders: frozenset[str]
    introductions: tuple[str, ...]
    subjects: tuple[str, ...]
    labels: Mapping[str, str]
    ignored: tuple[str, ...]


def claims(headers: MailHeaders) -> Claim | None:
    """Shopify's claim on a mail of its mailer, where no check of the sender's domain failed."""
    sender = headers.sender.email.lower() if headers.sender else ""
    if sender not in _words().senders or headers.authenticated is Verdict.FAIL:
        return None
    return Claim(channel="shopify", reason="contact_form")


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """What a webhook or answer tells, a shopper's message, something to ignore, or a mail that is only filed."""
    if payload.source is Source.WEBHOOK:
        return parse_webhook(payload)
    if payload.source is Source.API:
        return parse_answer(payload)
    return not_a_mail(payload) if payload.mail is None else _mail(payload, payload.mail)


def _mail(payload: RawPayload, mail: ParsedMail) -> Sequence[Inbound]:
    if bounces := relayed_delivery_notices(payload, mail):
        return bounces
    if claims(mail.headers) is None:
        return (ordinary_message(payload, mail, problems=("not_believed",)),)
    subject = folded(mail.headers.subject)
    if _is_form(mail, subject):
        return (_shoppers_message(payload, mail),)
    if subject.startswith(_words().ignored):
        return (Ignored(reason="shop_notification"),)
    return (
        PlatformNotice(
            **arrival(payload, mail),
            kind=NoticeKind.OTHER,
            text=mail.text,
            html=mail.html,
            order_ids=order_ids(payload, mail.headers.subject, mail.text),
            authenticated=mail.headers.authenticated,
            problems=unique((*mail.problems, "notice_unknown")),
        ),
    )


def _is_form(mail: ParsedMail, subject: str) -> bool:
    known = contains_any(folded(mail.text[:_INTRODUCTION_LENGTH]), _words().introductions)
    # In other languages subject and introduction are not known, but only the form's mails carry the shopper's address.
    return known or contains_any(subject, _words().subjects) or _shoppers_address(mail) != ""


def _shoppers_message(payload: RawPayload, mail: ParsedMail) -> InboundMessage | PlatformNotice:
    fields = read_fields(mail.text)
    email = _shoppers_address(mail) or _first_email(fields.get("email", ""))
    text = fields.get("body", "") or mail.text.strip()
    orders = order_ids(payload, text)
    known = "body" in fields and email != ""
    common = envelope(payload, mail)
    common["subject"] = subject_from(text) if "body" in fields else mail.headers.subject
    return InboundMessage(
        **common,
        sender=Sender(
            kind=IdentityKind.EMAIL if email else IdentityKind.SHARED,
            key=email.lower() or "mailer@shopify.com",
            name=fields.get("name", ""),
            reply_to=email,
        ),
        text=text,
        reply_by=ReplyBy.EMAIL_NEW_THREAD,
        thread_keys=(*keys(ThreadKeyKind.ORDER, orders), *keys(ThreadKeyKind.BUYER, (email.lower(),))),
        order_ids=orders,
        problems=unique((*mail.problems, *(() if known else ("frame_unknown",)))),
        extra={name: fields[name] for name in ("phone", "country_code") if fields.get(name)},
    )


def read_fields(text: str) -> dict[str, str]:
    """The form's fields by our names. The body is last: a label word inside it is the shopper's own."""
    fields: dict[str, str] = {}
    name, start = "", 0
    for label in _LABEL.finditer(text, 0, _FORM_LENGTH):
        known = _words().labels.get(folded(label[1]), "")
        if not known or known in fields or known == name:
            continue
        if name:
            fields[name] = text[start : label.start()].strip()
        name, start = known, label.end()
        if name == "body":
            break
    if name:
        fields[name] = text[start:].strip()
    return fields


def _shoppers_address(mail: ParsedMail) -> str:
    found = (address.email for address in mail.headers.reply_to if address.email.lower() not in _words().senders)
    return next(found, "")


def _first_email(value: str) -> str:
    found = _EMAIL.search(value)
    return found[0] if found else ""


@cache
def _words() -> FormWords:
    known = {"checked", "senders", "introductions", "subjects", "labels", "ignored"}
    root = read_data(channel_file("shopify", "frames.yaml"), known=known)
    names = {"country_code", "name", "email", "phone", "body"}
    labels = Entry(where=f"{root.where}, labels", entries=root.entries.get("labels"), known=names)
    return FormWords(
        senders=frozenset(root.texts("senders")),
        introductions=tuple(folded(words) for words in known_words(root, "introductions")),
        subjects=tuple(folded(words) for words in known_words(root, "subjects")),
        labels={folded(label): name for name in names for label in labels.texts(name)},
        ignored=tuple(folded(words) for words in known_words(root, "ignored")),
    )
