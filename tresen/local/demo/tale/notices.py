"""The platforms' own mails, and copies of answers given there."""

from datetime import datetime, timedelta

from babel.dates import format_date

from tresen.local.demo.tale.mails import Thread, begun, hexadecimal
from tresen.local.demo.tale.orders import PlannedOrder

_STAMPS = {
    "a_to_z_opened": "A_Z_CLAIM_RESPONDENT_NOTIFY",
    "return_authorised": "RETURN_REQUEST",
    "refund_issued": "REFUND_ISSUED",
    "opted_out": "BUYER_OPTED_OUT_BSM_MESSAGES",
    "own_answer": "BBC_MESSAGE_CONFIRMATION_TO_MERCHANT",
}
_MARKETPLACE_IDS = {"amazon.de": "A1PA6795UKMFR9", "amazon.it": "APJ6JRA9NG5V4"}
AMAZON_KINDS = ("a_to_z_opened", "a_to_z_asked", "return_authorised", "refund_issued", "opted_out")
EBAY_KINDS = ("item_not_received_opened", "return_requested", "refund_issued")


def notice_payload(thread: Thread, kind: str, *, at: datetime, number: int) -> bytes:
    """A notice of one of the kinds that this thread's channel knows."""
    if thread.store.channel == "amazon":
        return _amazon(thread, kind, at=at, number=number)
    return _ebay(thread, kind, at=at, number=number)


def request_number(thread: Thread, number: int) -> int:
    """EBay's number of the request that the thread's payload of this number is about."""
    return int(hexadecimal(thread, number, 8), 16) % 10**8 + 53 * 10**8


def own_answer_payload(thread: Thread, text: str, *, at: datetime, number: int) -> bytes:
    """Amazon's copy of an answer that was given in Seller Central."""
    assert thread.order is not None  # the copy names its order
    body = (
        f"Dear Tannlicht, here is a copy of the e-mail that you sent to {thread.buyer.name}.\n\n"
        f"# {thread.order.number}\n\n------------- Begin message -------------\n\n{text}\n\n"
        "------------- End message -------------\n"
    )
    return _stamped(
        thread,
        f"Your email to {thread.buyer.name}",
        body,
        "own_answer",
        at=at,
        number=number,
        sender="donotreply@amazon.com",
    )


def _amazon(thread: Thread, kind: str, *, at: datetime, number: int) -> bytes:
    order = thread.order
    assert order is not None  # notices are about orders
    amount = f"{order.total / 100:.2f}"
    site = thread.store.marketplace
    subject, body, sender = {
        **_claims(order, amount, site),
        "return_authorised": (
            f"Return authorization notification for order {order.number}",
            (
                f"A customer wants to return items of order {order.number}.\n\nOrder ID: {order.number}\n"
                f"Return request date: {at:%Y-%m-%d}\nReturn reason: {_why_back(order, 'No longer needed')}\n"
                f"Return carrier: {order.carrier}\nTracking number: {order.tracking}"
            ),
            "donotreply@amazon.com",
        ),
        "refund_issued": (
            f"Refund initiated for order {order.number}",
            f"We have refunded EUR {amount} on order {order.number} at your request.",
            "donotreply@amazon.com",
        ),
        "opted_out": (
            "Il tuo messaggio all'acquirente non è stato consegnato.",
            (
                f"We were unable to deliver the message you sent on order {order.number} to {thread.buyer.address}: "
                "the buyer has chosen to opt out of messages from sellers."
            ),
            "auto-communication@amazon.com",
        ),
        "unknown": (
            f"Delivery evidence for order {order.number}",
            (
                f"A carrier has disputed the delivery of order {order.number}. Please send us a signed proof of "
                "delivery within 5 business days."
            ),
            "carrier-relations@amazon.com",
        ),
    }[kind]
    return _stamped(thread, subject, body, kind, at=at, number=number, sender=sender)


def _claims(order: PlannedOrder, amount: str, site: str) -> dict[str, tuple[str, str, str]]:
    """Subject, body and sender of what Amazon writes of a claim."""
    return {
        "a_to_z_opened": (
            f"Claim received on order {order.number}",
            (
                f"We received an A-to-z Guarantee claim for EUR {amount} on order {order.number}.\n\n"
                "No action is needed while we look into it. If we ask for information, respond within 3 calendar days."
            ),
            f"atoz-guarantee-no-reply@{site}",
        ),
        # Nobody has seen this one with a stamp: it is known by its sender and words.
        "a_to_z_asked": (
            f"Information needed for claim on order {order.number}",
            (
                f"We need more information from you about this claim for EUR {amount} on order {order.number}.\n\n"
                "The customer says that the package has not arrived. Please respond within 3 calendar days; otherwise "
                "we decide without it."
            ),
            f"atoz-guarantee-no-reply@{site}",
        ),
    }


def _stamped(thread: Thread, subject: str, body: str, kind: str, *, at: datetime, number: int, sender: str) -> bytes:
    mail = begun(thread, subject, at=at, number=number, host="eu-west-1.amazonses.com")
    mail["From"] = sender
    if kind in _STAMPS:
        mail["X-Space-Notification-Type"] = _STAMPS[kind]
    mail["X-Marketplace-ID"] = _MARKETPLACE_IDS[thread.store.marketplace]
    mail.set_content(body)
    return mail.as_bytes()


def _why_back(order: PlannedOrder, otherwise: str) -> str:
    """Why something is to come back, as a mail says it."""
    return order.return_reason.replace("_", " ") or otherwise


def _ebay(thread: Thread, kind: str, *, at: datetime, number: int) -> bytes:
    order = thread.order
    assert order is not None  # notices are about orders
    request = request_number(thread, number)
    user, until = thread.buyer.username, format_date((at + timedelta(days=3)).date(), "MMMM d, y", locale="en")
    subject, body = {
        "item_not_received_opened": (
            f"Your buyer opened an item not received request: Request {request}",
            f"Your buyer {user} opened a request because the item has not arrived.\n\nPlease respond by {until}.",
        ),
        "return_requested": (
            f"New return request: {order.product.title('de')}",
            f"Return request from {user}: {_why_back(order, 'changed my mind')}.\n\nPlease respond by {until}.",
        ),
        "refund_issued": (
            f"Refund issued for order {order.number}",
            f"You refunded EUR {order.total / 100:.2f} to {user}.",
        ),
        "unknown": (
            f"Authenticity review for {order.product.title('de')}",
            f"We are reviewing an item that {user} bought. Please upload the supplier's invoice by {until}.",
        ),
    }[kind]
    mail = begun(thread, subject, at=at, number=number, host="ebay.de")
    mail["From"] = "eBay <ebay@ebay.de>"
    mail.set_content(
        f"{body}\n\nArtikelnr.: {order.product.item}\nOrder number: {order.number}\nRequest ID {request}\n"
    )
    return mail.as_bytes()
