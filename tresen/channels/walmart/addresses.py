"""Walmart's mail relay."""

from tresen.channels.mailed.hosts import host_of, local_of

RELAY = "relay.walmart.com"
_NOT_BUYERS = ("no-reply", "noreply", "donotreply", "do-not-reply", "postmaster", "mailer-daemon")


def is_relay(email: str) -> bool:
    """Whether a customer reads what is sent to this address."""
    return host_of(email) == RELAY and not local_of(email).startswith(_NOT_BUYERS)
