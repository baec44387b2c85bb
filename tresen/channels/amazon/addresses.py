"""Who writes: a buyer behind Amazon's relay, or Amazon itself. Hosts are compared whole."""

import re
from urllib.parse import quote

from tresen.channels.amazon.knowledge import frame_words, marketplaces
from tresen.channels.back_offices import BackOffice, Seat
from tresen.channels.contract import IdentityKind, MailHeaders
from tresen.channels.mailed.hosts import answerable, host_of, local_of
from tresen.channels.order_door import OrderRef
from tresen.mail.parsed import Address

_BY_HOST = {marketplace.host: marketplace for marketplace in marketplaces()}
_BY_ID = {marketplace.id: marketplace for marketplace in marketplaces()}
_CASE_TAG = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_RELAY = "marketplace."
_NAME_TAIL = re.compile(
    rf"\s*[-–—|]\s*(?:{'|'.join(re.escape(words) for words in frame_words().name_suffixes)}"
    r"|amazon(?:\.\w{2,6}){1,2}\s+marketplace|marketplace)\s*$",
    re.IGNORECASE,
)


def relay_marketplace(email: str) -> str | None:
    """The marketplace of an address at exactly "marketplace.amazon.<tld>", else None."""
    host = host_of(email)
    site = host.removeprefix(_RELAY)
    return site if host != site and site in _BY_HOST else None


def amazon_site(email: str) -> str | None:
    """The site of an address of Amazon itself, at exactly "amazon.<tld>"."""
    host = host_of(email)
    return host if host in _BY_HOST else None


def is_shared(email: str) -> bool:
    """Whether one address stands for many buyers (purchases through Amazon Business)."""
    return relay_marketplace(email) is not None and local_of(email) in frame_words().shared_buyers


def is_buyer(email: str) -> bool:
    """Whether a buyer reads what is sent to this address."""
    if relay_marketplace(email) is None or not local_of(email):
        return False
    return is_shared(email) or not local_of(email).startswith(frame_words().not_buyers)


def buyer_address(headers: MailHeaders) -> Address | None:
    """Where an answer goes: Reply-To if it is a buyer's relay, else From, byte for byte with its "+case"."""
    return next((address for address in answerable(headers) if is_buyer(address.email)), None)


def buyer_key(email: str) -> str:
    """One buyer on one marketplace: the address without its "+case", in lower case."""
    return f"{local_of(email).partition('+')[0]}@{host_of(email)}"


def identity_kind(email: str) -> IdentityKind:
    """Whether the address is one buyer's."""
    return IdentityKind.SHARED if is_shared(email) else IdentityKind.RELAY


def case_tags(headers: MailHeaders) -> tuple[str, ...]:
    """Seller Central's case ids behind the plus: they stand in From, or only among the recipients."""
    everybody = [address.email for address in (*answerable(headers), *headers.to, *headers.cc)]
    tags = [local_of(email).partition("+")[2] for email in everybody if relay_marketplace(email)]
    return tuple(dict.fromkeys(tag for tag in tags if _CASE_TAG.fullmatch(tag)))


def buyer_name(address: Address) -> str:
    """The name a buyer is shown by, without Amazon's suffix. It proves nothing."""
    name = _NAME_TAIL.sub("", address.name[:200]).strip()
    return "" if "@" in name else name


def is_amazons(headers: MailHeaders) -> bool:
    """Whether From is a host of Amazon, relay or own."""
    sender = headers.sender.email if headers.sender else ""
    return relay_marketplace(sender) is not None or amazon_site(sender) is not None


def marketplace_of(headers: MailHeaders) -> str | None:
    """The marketplace a mail of Amazon names: by its id, its relay host, its country host, its shown name.

    Notices for every country come from amazon.com, so that host alone says nothing.
    """
    stamped = _BY_ID.get(headers.get("X-Marketplace-ID").strip())
    if stamped:
        return stamped.host
    relayed = [relay_marketplace(address.email) for address in answerable(headers)]
    site = amazon_site(headers.sender.email) if headers.sender else None
    shown = headers.sender.name.strip().lower() if headers.sender else ""
    named = shown if shown in _BY_HOST else None
    country = site if site != "amazon.com" else None
    return next((found for found in (*relayed, country, named) if found), None)


def currency_of(marketplace: str | None) -> str:
    """What a bare "$" means there; empty where the marketplace is not known."""
    known = _BY_HOST.get(marketplace or "")
    return known.currency if known else ""


def _order_page(order: OrderRef, seat: Seat) -> str:
    """Where Seller Central shows the order with its claims and requests; its start page where no order is known."""
    home = f"https://sellercentral.{seat.marketplace or 'amazon.com'}"
    return f"{home}/orders-v3/order/{quote(order.number, safe='')}" if order.number else f"{home}/home"


SELLER_CENTRAL = BackOffice(title="Seller Central", address=_order_page)
