"""Exact tests of mail hosts: an address of amazon.de.evil.example is not Amazon's."""

from collections.abc import Collection

from tresen.mail.parsed import Address, MailHeaders


def host_of(email: str) -> str:
    """The part after the last "@", in lower case."""
    return email.rpartition("@")[2].strip().rstrip(".").lower()


def local_of(email: str) -> str:
    """The part before the last "@", in lower case."""
    return email.rpartition("@")[0].strip().lower()


def site_of(email: str, *, prefix: str, suffixes: Collection[str]) -> str | None:
    """The suffix of an address at exactly `prefix` + suffix ("members.ebay." + "de"), else None."""
    host = host_of(email)
    if not host.startswith(prefix):
        return None
    suffix = host[len(prefix) :]
    return suffix if suffix in suffixes else None


def answerable(headers: MailHeaders) -> tuple[Address, ...]:
    """The addresses an answer may go to, in the order to try them: Reply-To, then From."""
    return (*headers.reply_to, *((headers.sender,) if headers.sender else ()))
