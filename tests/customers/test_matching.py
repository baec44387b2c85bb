"""Who a sender is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tresen.channels.senders import IdentityKind, Sender
from tresen.customers.matching import Contact, identity_key, learn_names, match_customers
from tresen.customers.models import Identity

AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
NAMELESS = Contact(channel="instagram", realm="", key="6290114400318822", kind="username", name="")


@pytest.mark.django_db
def test_who_is_known_without_a_name_gets_the_first_one_that_is_told_and_nobody_new_comes_of_it() -> None:
    (identity,) = match_customers([NAMELESS], at=AT).values()
    for name in ("Svenja Vogt", "", "Somebody Else"):
        learn_names([replace(NAMELESS, name=name), replace(NAMELESS, key="unknown", name=name)])
    found = Identity.objects.select_related("customer").get(channel="instagram")
    assert (found.pk, found.name, found.customer.name) == (identity, "Svenja Vogt", "Svenja Vogt")


@pytest.mark.parametrize("kind", IdentityKind)
def test_who_is_known_elsewhere_is_known_there_and_not_where_he_was_heard(kind: IdentityKind) -> None:
    known = Sender(kind=kind, key="Klein_M", channel="ebay", realm="ebay.de")
    shared = kind is IdentityKind.SHARED
    assert identity_key(known, channel="website", marketplace="") == (
        None if shared else ("ebay", "ebay.de", "Klein_M")
    )
