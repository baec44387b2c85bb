"""Who called: from what an agent typed, or one whom he chose."""

from dataclasses import dataclass

from tresen.channels.by_hand.telephones import e164, looks_like_a_number
from tresen.channels.contract import IdentityKind
from tresen.channels.website.parsing import is_address
from tresen.customers.models import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """How the customer is known. `unfit` is a telephone number that is none, as it was typed.

    `channel` and `realm` say where, of one who is known already.
    """

    kind: IdentityKind = IdentityKind.USERNAME
    key: str = ""
    name: str = ""
    unfit: str = ""
    channel: str = ""
    realm: str = ""


def caller_typed(who: str, name: str, *, language: str) -> Caller:
    """A name, a number or an address; `language` is the store's, and says of which country a bare number is."""
    if is_address(who):
        return Caller(kind=IdentityKind.EMAIL, key=who.lower(), name=name)
    if not looks_like_a_number(who):
        return Caller(name=who)
    number = e164(who, language=language)
    if number is None:
        return Caller(name=name or who, unfit=who)
    return Caller(kind=IdentityKind.PHONE, key=number, name=name)


def caller_of(identity: Identity | None) -> Caller:
    """The customer of a ticket, or who was chosen, as his channel knows him."""
    if identity is None:
        return Caller()
    return Caller(
        kind=IdentityKind(identity.kind),
        key=identity.key,
        name=identity.name,
        channel=identity.channel,
        realm=identity.realm,
    )
