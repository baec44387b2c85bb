"""Whose mail it is: the connector that claims it, and the store among those its mailbox serves. Pure.

A mailbox may serve several stores of several channels. Which one a mail belongs to is told, in this order, by the
claim's channel and marketplace, by the address it was delivered to, and else by the mailbox's store for plain mail.
What came to the wrong one of a brand's mailboxes belongs to the brand's store of that marketplace all the same: its
reply times count wherever the mail turned up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tresen.channels import registry
from tresen.channels.contract import Claim, Connector, MailHeaders, StoreView

PLAIN = "email"


class Doubt(StrEnum):
    """What was not clear: a key for the interface, kept with the message."""

    NO_STORE_OF_CHANNEL = "no_store_of_channel"
    NO_STORE_OF_MARKETPLACE = "no_store_of_marketplace"
    SEVERAL_STORES = "several_stores"


@dataclass(frozen=True, slots=True)
class Recognised:
    """Who reads a mail, and for which store. `doubts` say what was decided without being sure."""

    connector: Connector
    store: StoreView
    doubts: tuple[Doubt, ...] = ()


def recognise(headers: MailHeaders, stores: Sequence[StoreView], *, siblings: Sequence[StoreView] = ()) -> Recognised:
    """The connector and store of a mail in a mailbox that serves `stores`. The same mail always gives the same store.

    `siblings` are the other stores of their brands. Raises ValueError for a mailbox that serves no store.
    """
    if not stores:
        raise ValueError("The mailbox serves no store.")
    claim = registry.claimed_by(headers)
    connector = registry.connector_of(claim.channel)
    doubts: list[Doubt] = []
    candidates = _of_claim(claim, stores) or (_of_claim(claim, siblings) if claim.channel != PLAIN else [])
    if not candidates:
        candidates = _of_channel(claim, stores) or (_of_channel(claim, siblings) if claim.channel != PLAIN else [])
        if claim.channel != PLAIN:
            doubts.append(Doubt.NO_STORE_OF_MARKETPLACE if candidates else Doubt.NO_STORE_OF_CHANNEL)
        candidates = candidates or plain_stores(stores)
    candidates = _addressed(candidates, headers)
    if len(candidates) > 1:
        doubts.append(Doubt.SEVERAL_STORES)
    return Recognised(connector, min(candidates, key=lambda store: store.id), tuple(doubts))


def _of_claim(claim: Claim, stores: Sequence[StoreView]) -> Sequence[StoreView]:
    return [one for one in _of_channel(claim, stores) if claim.marketplace in {None, one.marketplace}]


def _of_channel(claim: Claim, stores: Sequence[StoreView]) -> Sequence[StoreView]:
    return [one for one in stores if one.channel == claim.channel]


def connector_named(channel: str) -> Connector:
    """The connector of a channel, for what came through a door of its own."""
    return registry.connector_of(channel)


def plain_stores(stores: Sequence[StoreView]) -> list[StoreView]:
    """The stores that plain mail belongs to: those for it, else own shops, else any."""
    plain = [store for store in stores if store.channel == PLAIN]
    own_shops = [store for store in stores if not registry.connector_of(store.channel).relay]
    return plain or own_shops or list(stores)


def _addressed(stores: Sequence[StoreView], headers: MailHeaders) -> Sequence[StoreView]:
    """Those that the mail was delivered or written to. What the server says of the delivery goes before To and Cc."""
    written = tuple(address.email for address in (*headers.to, *headers.cc))
    for recipients in (headers.delivered_to, written):
        for shortened in (False, True):
            wanted = {_form(recipient, shortened=shortened) for recipient in recipients}
            found = [
                store for store in stores if any(_form(own, shortened=shortened) in wanted for own in store.addresses)
            ]
            if found:
                return found
    return stores


def _form(address: str, *, shortened: bool) -> str:
    """For comparison: lower case, and `shortened` without its "+tag"."""
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0] if shortened else local}@{domain}"
