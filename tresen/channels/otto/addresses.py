"""The addresses behind which OTTO hides its buyers."""

from tresen.channels.mailed.hosts import host_of, local_of

ALIASES = "customer.otto.market"
"""Told by one third party and by no page of OTTO's that we have seen; the orders name the addresses themselves."""
_NOT_BUYERS = ("no-reply", "noreply", "donotreply", "do-not-reply", "postmaster", "mailer-daemon")


def is_alias(email: str) -> bool:
    """Whether a buyer reads what is sent to this address."""
    return host_of(email) == ALIASES and bool(local_of(email)) and not local_of(email).startswith(_NOT_BUYERS)
