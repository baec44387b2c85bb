"""Who writes: a member behind eBay's alias, or eBay itself. Hosts are compared whole."""

import re
from urllib.parse import quote

from tresen.channels.back_offices import BackOffice, Seat
from tresen.channels.contract import Claim, MailHeaders, Verdict
from tresen.channels.ebay.knowledge import frame_words
from tresen.channels.mailed.hosts import answerable, local_of, site_of
from tresen.channels.order_door import OrderRef
from tresen.mail.parsed import Address

_MEMBER = re.compile(r"\s*eBay\s*[-–—:]\s*(.+)", re.IGNORECASE)
_MEMBERS = "members.ebay."
_NOT_MEMBERS = ("mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply")
_OWN = ("ebay.", "reply.ebay.")


def member_address(headers: MailHeaders) -> Address | None:
    """The alias an answer goes to: Reply-To, else From, at exactly "members.ebay.<tld>" and sent by eBay."""
    if not is_ebays(headers):
        return None
    return next((address for address in answerable(headers) if is_member(address.email)), None)


def is_member(email: str) -> bool:
    """Whether a member reads what is sent to this address."""
    return _site(email, _MEMBERS) is not None and not local_of(email).startswith(_NOT_MEMBERS)


def is_ebays(headers: MailHeaders) -> bool:
    """Whether From is a host of eBay."""
    sender = headers.sender.email if headers.sender else ""
    return any(_site(sender, prefix) for prefix in (_MEMBERS, *_OWN))


def member_name(headers: MailHeaders) -> str:
    """The member's user name in From ("eBay - name")."""
    shown = headers.sender.name if headers.sender else ""
    found = _MEMBER.fullmatch(shown[:200])
    return (found[1] if found else shown).strip()


def marketplace_of(headers: MailHeaders) -> str | None:
    """The site of the alias. ".com" serves members of every site and so names none."""
    sites = (_site(address.email, prefix) for address in answerable(headers) for prefix in (_MEMBERS, *_OWN))
    return next((f"ebay.{site}" for site in sites if site and site != "com"), None)


def claims(headers: MailHeaders) -> Claim | None:
    """EBay's claim on a mail; its own mails only where no check of the sender's domain failed."""
    member = member_address(headers)
    if member is None and (not is_ebays(headers) or headers.authenticated is Verdict.FAIL):
        return None
    return Claim(channel="ebay", marketplace=marketplace_of(headers), reason="relay" if member else "notice")


def _site(email: str, prefix: str) -> str | None:
    return site_of(email, prefix=prefix, suffixes=frame_words().sites)


def _order_page(order: OrderRef, seat: Seat) -> str:
    """Where Seller Hub shows the order; the list of orders where none is known."""
    home = f"https://www.{seat.marketplace or 'ebay.com'}"
    return f"{home}/mesh/ord/details?orderid={quote(order.number, safe='')}" if order.number else f"{home}/sh/ord"


SELLER_HUB = BackOffice(title="Seller Hub", address=_order_page)
