"""The latest word on being written to holds, and names nobody."""

from datetime import timedelta
from itertools import permutations

import pytest

from tests.factories.shops import MONDAY, a_store
from tresen.channels.consent import ConsentWord
from tresen.channels.senders import IdentityKind
from tresen.customers.models import Customer, Identity
from tresen.outbox.consents import KEY_NAME, Said, has_refused, take_consents
from tresen.outbox.models import Consent
from tresen.stores.models import Store
from tresen.tickets.models import Conversation
from tresen.vault.models import SealedSecret

pytestmark = pytest.mark.django_db
IDA, KAI = "+4915100000001", "+4915100000002"


def said(store: Store, hours: int, *, given: bool, person: str = IDA) -> Said:
    return Said(store.pk, ConsentWord(person=person, given=given, occurred_at=MONDAY + timedelta(hours=hours)))


def with_person(store: Store, person: str = IDA, kind: IdentityKind = IdentityKind.PHONE) -> Conversation:
    """A conversation as the question needs it: it is never kept."""
    return Conversation(store=store, identity=Identity(key=person, kind=kind, customer=Customer()))


def test_the_latest_word_holds_in_whatever_order_they_come() -> None:
    store = a_store("sms", "")
    words = [said(store, 1, given=False), said(store, 2, given=True), said(store, 3, given=False)]
    for order in permutations(words):
        Consent.objects.all().delete()
        for one in order:
            take_consents([one], at=MONDAY)
        assert has_refused(with_person(store))
    take_consents([said(store, 4, given=True), *words], at=MONDAY)
    assert not has_refused(with_person(store))


def test_of_two_words_at_once_the_refusal_holds() -> None:
    store = a_store("sms", "")
    for pair in ([False, True], [True, False]):
        Consent.objects.all().delete()
        take_consents([said(store, 1, given=given) for given in pair], at=MONDAY)
        assert has_refused(with_person(store))
        Consent.objects.all().delete()
        for given in pair:
            take_consents([said(store, 1, given=given)], at=MONDAY)
        assert has_refused(with_person(store))


def test_it_is_said_to_one_store_by_one_person() -> None:
    store, other = a_store("sms", ""), a_store("email", "")
    assert not has_refused(with_person(store))
    take_consents([said(store, 1, given=False)], at=MONDAY)
    take_consents([], at=MONDAY)

    assert has_refused(with_person(store))
    assert not has_refused(with_person(store, KAI))
    assert not has_refused(with_person(other))
    assert not has_refused(with_person(store, kind=IdentityKind.USERNAME))
    assert not has_refused(Conversation(store=store))


def test_where_the_key_is_lost_everybody_may_have_said_so() -> None:
    store = a_store("sms", "")
    take_consents([said(store, 1, given=False)], at=MONDAY)
    SealedSecret.objects.filter(name=KEY_NAME).update(sealed=b"another vault key's")

    assert has_refused(with_person(store, KAI))
