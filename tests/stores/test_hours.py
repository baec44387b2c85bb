"""The store's hours: a timetable of its own."""

import pytest

from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.staffing.models import Timetable
from tresen.staffing.plans import TimetablePlan, TimetableWrong
from tresen.staffing.timetables import change_timetable, create_timetable
from tresen.stores.hours import give_hours, own_versions, retire_timetable, stores_by
from tresen.stores.models import Store

pytestmark = pytest.mark.django_db

OFFICE = TimetablePlan(zone="Europe/Vienna", week={0: [("09:00", "17:00")]}, country="AT")
LONGER = TimetablePlan(zone="Europe/Vienna", week={0: [("09:00", "18:00")]}, country="AT")


@pytest.fixture
def vienna() -> int:
    return create_timetable(name="Wien", plan=OFFICE, by=SYSTEM, at=MONDAY).timetable_id


def give(store: Store, timetable: int | None) -> bool:
    return give_hours(store.pk, timetable_id=timetable, by=SYSTEM, at=MONDAY)


def test_a_store_has_the_hours_of_the_newest_version_or_none_of_its_own(vienna: int) -> None:
    store, other = a_store(), a_store()
    give(store, vienna)
    newest = change_timetable(vienna, plan=LONGER, by=SYSTEM, at=MONDAY)
    assert own_versions([store.pk, other.pk]) == {store.pk: newest.pk}
    give(store, None)
    assert own_versions([store.pk, other.pk]) == {}


def test_giving_the_same_hours_twice_is_no_news(vienna: int) -> None:
    store = a_store()
    assert [give(store, timetable) for timetable in (None, vienna, vienna, None)] == [False, True, False, True]


def test_a_timetable_is_not_retired_while_it_says_a_stores_hours(vienna: int) -> None:
    store = a_store()
    give(store, vienna)
    with pytest.raises(TimetableWrong, match=store.name):
        retire_timetable(vienna, by=SYSTEM, at=MONDAY)
    give(store, None)
    retire_timetable(vienna, by=SYSTEM, at=MONDAY)
    assert Timetable.objects.get().retired_at == MONDAY
    with pytest.raises(TimetableWrong, match="retired"):
        give(store, vienna)


def test_a_retired_store_holds_no_timetable_back(vienna: int) -> None:
    store = a_store()
    give(store, vienna)
    assert stores_by(vienna) == [store.name]
    Store.objects.update(retired_at=MONDAY)
    assert stores_by(vienna) == []
    retire_timetable(vienna, by=SYSTEM, at=MONDAY)
