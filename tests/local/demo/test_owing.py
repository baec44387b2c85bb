from datetime import timedelta

import pytest

from tests.factories.cases import a_case_notice
from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import Actor
from tresen.duties.models import LegalRequest, Promise
from tresen.local.demo.owing import DECIDED_AFTER, decide_cases, owe_something
from tresen.local.demo.tale.stores import LARGE_STORES
from tresen.orders.models import Case
from tresen.stores.models import Store

pytestmark = pytest.mark.django_db


def test_what_was_open_for_long_enough_is_decided_at_its_time() -> None:
    filed(a_store(), a_case_notice())
    decide_cases(until=MONDAY + timedelta(hours=1))
    assert Case.objects.get().state == "open"
    decide_cases(until=MONDAY + timedelta(days=9))
    assert (Case.objects.get().state, Case.objects.get().closed_at) == ("closed", MONDAY + DECIDED_AFTER)


def test_something_of_each_is_left_to_be_done() -> None:
    store = a_store()
    Store.objects.update(name=min(LARGE_STORES))
    for number in range(12):
        filed(store, a_message(sender=f"b{number}@marketplace.amazon.de", at=MONDAY))
    owe_something([Actor.agent(an_agent().pk)], now=MONDAY + timedelta(days=1))
    assert (Promise.objects.count(), LegalRequest.objects.count(), Case.objects.count()) == (8, 2, 1)
