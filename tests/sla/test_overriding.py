"""What a store says in place of its platform's rules."""

from datetime import timedelta

import pytest

from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import Actor
from tresen.sla.models import StoreRules
from tresen.sla.overriding import Said, numbers_of, said_by, said_in, say_for_store, take_back
from tresen.sla.wording import PolicyWrong
from tresen.stores.models import Store

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=5)
TWELVE_HOURS = Said(limits={"response_rate": 720})
AWAY = Said(stretches={"holiday_mode": ((MONDAY, LATER), (LATER + timedelta(days=1), None))})


@pytest.fixture
def store() -> Store:
    return a_store()


@pytest.fixture
def lead() -> Actor:
    return Actor.agent(an_agent(name="Lea").pk)


def test_it_is_kept_with_who_when_and_why(store: Store, lead: Actor) -> None:
    row = say_for_store(store.pk, TWELVE_HOURS, reason=" Peak season ", by=lead, at=MONDAY)

    assert (row.number, row.reason, row.created_at, row.created_by_id) == (1, "Peak season", MONDAY, lead.id)
    assert said_in(StoreRules.objects.get()) == TWELVE_HOURS


def test_another_word_is_another_version_and_the_newest_counts(store: Store, lead: Actor) -> None:
    say_for_store(store.pk, TWELVE_HOURS, reason="Peak season", by=lead, at=MONDAY)
    say_for_store(store.pk, AWAY, reason="Holidays", by=lead, at=LATER)

    assert said_in(said_by([store.pk])[store.pk]) == AWAY
    assert [since for since, _ in numbers_of([store.pk])[store.pk]] == [MONDAY, LATER]


def test_saying_the_same_twice_changes_nothing(store: Store, lead: Actor) -> None:
    for at in (MONDAY, LATER):
        say_for_store(store.pk, AWAY, reason="Holidays", by=lead, at=at)
    assert StoreRules.objects.count() == 1


def test_it_is_taken_back_by_a_version_that_says_nothing(store: Store, lead: Actor) -> None:
    say_for_store(store.pk, TWELVE_HOURS, reason="Peak season", by=lead, at=MONDAY)
    take_back(store.pk, reason="Over", by=lead, at=LATER)

    assert not said_in(said_by([store.pk])[store.pk])
    assert StoreRules.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "reason", "where"),
    [
        (TWELVE_HOURS, "  ", "reason"),
        (Said(limits={"response_rate": 0}), "So", "limits.response_rate"),
        (Said(limits={"response_rate": 60 * 24 * 91}), "So", "limits.response_rate"),
        (Said(stretches={"holiday_mode": ((LATER, MONDAY),)}), "So", "stretches.holiday_mode"),
    ],
)
def test_it_wants_a_reason_and_times_that_make_sense(store: Store, lead: Actor, said, reason, where) -> None:
    with pytest.raises(PolicyWrong) as refusal:
        say_for_store(store.pk, said, reason=reason, by=lead, at=MONDAY)
    assert [problem.where for problem in refusal.value.problems] == [where]
    assert not StoreRules.objects.exists()
