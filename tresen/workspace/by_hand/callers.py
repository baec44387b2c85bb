"""Who called: from what an agent typed, or one whom he chose."""

import re
from dataclasses import dataclass

from tresen.channels.by_hand.telephones import e164, looks_like_a_number
from tresen.channels.contract import IdentityKind
from tresen.channels.website.parsing import is_address
from tresen.customers.models import Identity

_NUMBER = r"(?P<key>[+(]?\d[\d\s()/.-]{5,30}\d\)?)"
_ADDRESS = r"<?(?P<key>[^\s<>,;:]+@[^\s<>,;:]+)>?"
_PARTED = [
    re.compile(pattern)
    for key in (_ADDRESS, _NUMBER)
    for pattern in (rf"(?P<name>.+?)[\s,;:]+{key}", rf"{key}[\s,;:]+(?P<name>[^\d\s].*)")
]
_BEGINS_A_NUMBER = ("+", "0", "(")


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
    """A name, a number or an address, or a name and one of them.

    `language` is the store's, and says of which country a bare number is.
    """
    if is_address(who):
        return Caller(kind=IdentityKind.EMAIL, key=who.lower(), name=name)
    if looks_like_a_number(who):
        return _by_number(who, name, instead=who, language=language)
    called, key = parted(who)
    if is_address(key):
        return Caller(kind=IdentityKind.EMAIL, key=key.lower(), name=name or called)
    if key.startswith(_BEGINS_A_NUMBER) or (key and e164(key, language=language)):
        return _by_number(key, name or called, instead=called, language=language)
    return Caller(name=who)


def parted(who: str) -> tuple[str, str]:
    """What was typed as a name, and the number or address before or after it; empty where there is none."""
    if looks_like_a_number(who):
        return who, ""
    found = next((found for pattern in _PARTED if (found := pattern.fullmatch(who))), None)
    return (found["name"].strip(" ,;:-"), found["key"]) if found else (who, "")


def _by_number(typed: str, name: str, *, instead: str, language: str) -> Caller:
    """`instead`: how he is called who has no name, and no number that is one."""
    number = e164(typed, language=language)
    if number is None:
        return Caller(name=name or instead, unfit=typed)
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
