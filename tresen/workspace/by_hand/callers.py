"""Who called, from what an agent typed; and whom he may mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, OuterRef, Q

from tresen.accounts.scope import Scope
from tresen.channels.by_hand.telephones import e164, looks_like_a_number
from tresen.channels.contract import IdentityKind
from tresen.channels.website.parsing import is_address
from tresen.customers.models import Identity
from tresen.tickets.queries import visible

MOST = 8
SHORTEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """How the customer is known. `unfit` is a telephone number that is none, as it was typed."""

    kind: IdentityKind = IdentityKind.USERNAME
    key: str = ""
    name: str = ""
    unfit: str = ""


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
    """The customer of a ticket, as the channel knows him."""
    if identity is None:
        return Caller()
    return Caller(kind=IdentityKind(identity.kind), key=identity.key, name=identity.name)


def known_like(typed: str, *, scope: Scope) -> Sequence[Mapping[str, str]]:
    """Those of this scope with an address or a number who may be meant, the first few: what to type, and the name."""
    wanted = " ".join(typed.split())
    if len(wanted) < SHORTEST:
        return ()
    key = e164(wanted, language="") or wanted.lower() if looks_like_a_number(wanted) else wanted.lower()
    words = " & ".join(f"'{word}':*" for word in wanted.replace("'", " ").replace("\\", " ").split())
    by_name = Identity.objects.annotate(named=SearchVector("name", config="simple")).filter(
        named=SearchQuery(words, config="simple", search_type="raw")
    )
    theirs = visible(scope).filter(identity=OuterRef("pk"))
    found = Identity.objects.filter(
        Q(pk__in=by_name.values("pk")) | Q(key__startswith=key), Exists(theirs), channel__in=["email", "phone"]
    )
    return [{"key": one.key, "name": one.name} for one in found.order_by("-pk")[:MOST]]
