"""Amazon's own mails about an order: claims, chargebacks, returns, refunds, cancellations, failed deliveries."""

from collections.abc import Mapping

from tresen.channels.amazon.addresses import marketplace_of
from tresen.channels.amazon.contents import order_ids
from tresen.channels.amazon.facts import facts_of, outcome_in
from tresen.channels.amazon.knowledge import NoticeShape, notice_words
from tresen.channels.contract import DeliveryNotice, NoticeKind, ParsedMail, PlatformNotice, RawPayload
from tresen.channels.mailed.case_news import case_news
from tresen.channels.mailed.hosts import local_of
from tresen.channels.mailed.messages import arrival, occurred_at, unique
from tresen.channels.mailed.wording import contains_any, folded

_FAILURES = frozenset({NoticeKind.DELIVERY_FAILED, NoticeKind.DELIVERY_FAILED_BUYER_OPTED_OUT})
_BODY_LENGTH = 20_000


def notice(payload: RawPayload, mail: ParsedMail, *, stamp: str) -> tuple[PlatformNotice | DeliveryNotice, ...]:
    """The notice; a failed delivery also takes back the answer it speaks of."""
    kind, problems = _kind_of(mail, stamp)
    marketplace = marketplace_of(mail.headers)
    facts = facts_of(mail, kind, marketplace=marketplace, at=occurred_at(payload))
    orders = order_ids(mail.headers.subject, mail.text)
    filed = PlatformNotice(
        **arrival(payload, mail),
        kind=kind,
        text=mail.text,
        html=mail.html,
        marketplace=marketplace,
        order_ids=orders,
        item_ids=facts.item_ids,
        buyer_name=facts.buyer_name,
        deadline=facts.deadline,
        case=case_news(kind, external_id=facts.extra.get("complaint_id", ""), outcome=outcome_in(mail.text, kind)),
        links=facts.links,
        authenticated=mail.headers.authenticated,
        problems=unique((*mail.problems, *problems)),
        extra=facts.extra,
    )
    return (filed, _failure(payload, mail, kind, facts.extra, orders)) if kind in _FAILURES else (filed,)


def _failure(
    payload: RawPayload, mail: ParsedMail, kind: NoticeKind, extra: Mapping[str, str], orders: tuple[str, ...]
) -> DeliveryNotice:
    """Amazon names neither our Message-ID nor a code: the answer is found by order, alias and time."""
    return DeliveryNotice(
        **arrival(payload, mail),
        message_id=next(iter(mail.headers.in_reply_to), None),
        recipient=extra.get("failed_recipient", ""),
        permanent=True,
        reason=kind.value,
        text=mail.text,
        order_ids=orders,
    )


def _kind_of(mail: ParsedMail, stamp: str) -> tuple[NoticeKind, tuple[str, ...]]:
    """The kind, by stamp and subject, stamp alone, sender and words; else OTHER with a flag."""
    sender = local_of(mail.headers.sender.email) if mail.headers.sender else ""
    subject, body = folded(mail.headers.subject), folded(mail.text[:_BODY_LENGTH])
    stamped = [shape for shape in notice_words().shapes if stamp and stamp in shape.stamps]
    by_words = [shape for shape in notice_words().shapes if sender in shape.senders and _fits(shape, subject, body)]
    for shape in stamped:
        if contains_any(subject, shape.subjects):
            return shape.kind, ()
    if stamped:
        # One stamp covers an authorised and a merely requested return: without its words take the lesser one.
        return stamped[-1].kind, () if len({shape.kind for shape in stamped}) == 1 else ("notice_unclear",)
    return (by_words[0].kind, ()) if by_words else (NoticeKind.OTHER, ("notice_unknown",))


def _fits(shape: NoticeShape, subject: str, body: str) -> bool:
    if not shape.subjects and not shape.bodies:
        return True
    return contains_any(subject, shape.subjects) or contains_any(body, shape.bodies)
