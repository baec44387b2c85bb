from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connection

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, a_team, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import SetupChange
from tresen.accounts.scope import EVERYTHING
from tresen.routing.before_buying import mark_before_buying
from tresen.routing.lanes import LaneNow, SharesWrong, lanes_now, set_shares, shares_of
from tresen.routing.leasing import next_for
from tresen.routing.models import Lane, QueuePlace
from tresen.tickets.events import Key
from tresen.tickets.risking import set_risk

pytestmark = pytest.mark.django_db


def test_shares_are_kept_whole_and_told_once():
    team = a_team().pk
    for _ in range(2):
        set_shares(team, {Lane.CLAIMS: 30, Lane.SAVABLE: 70, Lane.LOST: 0}, by=SYSTEM, at=MONDAY)
    assert shares_of([team]) == {team: {Lane.CLAIMS: 30, Lane.SAVABLE: 70}}
    assert SetupChange.objects.filter(subject=f"team:{team}", what="lanes").count() == 1
    set_shares(team, {}, by=SYSTEM, at=MONDAY)
    assert shares_of([team]) == {team: {}}


@pytest.mark.parametrize("shares", [{Lane.CLAIMS: 30}, {Lane.CLAIMS: 130, Lane.LOST: -30}])
def test_shares_that_make_no_hundred_are_refused(shares):
    with pytest.raises(SharesWrong):
        set_shares(a_team().pk, shares, by=SYSTEM, at=MONDAY)


def test_each_lane_says_what_stands_in_it_and_who_works_on_it():
    store = a_store()
    for n in range(3):
        ticket = filed(store, a_message(sender=f"b{n}@marketplace.amazon.de", at=MONDAY + timedelta(minutes=n)))[0]
    set_risk(ticket.ticket.id, tier=0, reason=Key("by_hand"), by=SYSTEM, at=MONDAY + timedelta(minutes=2))
    next_for(an_agent(store.default_team).pk, scope=EVERYTHING, at=MONDAY + timedelta(minutes=3))
    now = lanes_now(store.default_team_id, at=MONDAY + timedelta(minutes=3))
    assert now[Lane.CLAIMS] == LaneNow(tickets=1, agents=1)
    assert now[Lane.SAVABLE] == LaneNow(tickets=2, agents=0)
    assert now[Lane.PRE_SALE] == now[Lane.LOST] == LaneNow(tickets=0, agents=0)


def test_who_asks_before_buying_is_counted_in_their_lane_alone():
    store = a_store("shopify", "")
    filed(store, a_message(at=MONDAY, text="Gibt es die Leuchte auch in Schwarz?", subject="Produktanfrage"))
    set_shares(store.default_team_id, {Lane.SAVABLE: 40, Lane.PRE_SALE: 60}, by=SYSTEM, at=MONDAY)
    mark_before_buying(store.default_team_id)
    now = lanes_now(store.default_team_id, at=MONDAY)
    assert (now[Lane.SAVABLE].tickets, now[Lane.PRE_SALE].tickets) == (0, 1)
    assert sum(lane.tickets for lane in now.values()) == QueuePlace.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_leads_who_set_shares_at_once_leave_those_of_one_of_them():
    team, together = a_team().pk, Barrier(2, timeout=20)
    wishes = [{Lane.CLAIMS: 30, Lane.SAVABLE: 70}, {Lane.CLAIMS: 60, Lane.SAVABLE: 40}]

    def wish(shares):
        try:
            for _ in range(5):
                together.wait()
                set_shares(team, shares, by=SYSTEM, at=MONDAY)
                set_shares(team, {}, by=SYSTEM, at=MONDAY)
            together.wait()
            set_shares(team, shares, by=SYSTEM, at=MONDAY)
        except DatabaseError:
            together.abort()
            raise
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(wish, wishes))
    assert shares_of([team])[team] in wishes
