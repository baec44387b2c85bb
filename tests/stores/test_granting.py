import pytest

from tests.factories.shops import MONDAY, a_store, a_team, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Role, SetupChange
from tresen.accounts.scope import EVERYTHING, NOTHING
from tresen.stores.granting import grant, scope_of
from tresen.stores.models import BrandGrant, StoreGrant

pytestmark = pytest.mark.django_db


def test_an_admin_sees_everything():
    assert scope_of(an_agent(role=Role.ADMIN, everything=False)) == EVERYTHING


def test_who_may_see_all_stores_still_sees_only_their_teams():
    team = a_team()

    scope = scope_of(an_agent(team, everything=True))

    assert (scope.teams, scope.stores, scope.brands) == (frozenset({team.pk}), None, None)


def test_others_see_what_they_were_granted():
    team, store, other = a_team(), a_store(), a_store()
    agent = an_agent(team, everything=False)
    StoreGrant.objects.create(agent=agent, store=store)
    BrandGrant.objects.create(agent=agent, brand=other.brand)

    scope = scope_of(agent)

    assert scope.stores == frozenset({store.pk})
    assert scope.brands == frozenset({other.brand_id})


def test_without_team_or_grant_nothing_is_visible():
    assert scope_of(an_agent(everything=False)).is_empty
    assert scope_of(an_agent(everything=True)).is_empty


def test_who_is_switched_off_sees_nothing():
    agent = an_agent(a_team())
    agent.is_active = False

    assert scope_of(agent) == NOTHING


def test_a_grant_names_all_that_is_seen_from_now_on():
    agent, old, new, brand = an_agent(a_team(), everything=False), a_store(), a_store(), a_store().brand
    grant(agent.pk, stores=[old.pk, new.pk], brands=[], by=SYSTEM, at=MONDAY)
    grant(agent.pk, stores=[new.pk], brands=[brand.pk], by=SYSTEM, at=MONDAY)
    grant(agent.pk, stores=[new.pk], brands=[brand.pk], by=SYSTEM, at=MONDAY)
    scope = scope_of(agent)
    assert (scope.stores, scope.brands) == ({new.pk}, {brand.pk})
    assert SetupChange.objects.filter(what="granted").count() == 2
