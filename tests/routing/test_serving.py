"""To whom "next" gives what."""

from datetime import timedelta
from itertools import count

import pytest

from tests.factories.messages import a_message, understood
from tests.factories.shops import MONDAY, a_store, a_team, an_agent
from tresen.accounts.abilities import Abilities, set_abilities
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Experience
from tresen.accounts.scope import EVERYTHING
from tresen.intake.filing import file
from tresen.routing.before_buying import mark_before_buying
from tresen.routing.lanes import set_shares
from tresen.routing.leasing import next_for, release
from tresen.routing.models import Lane, Lease, QueuePlace
from tresen.routing.promoting import promote_team
from tresen.sla.watching import Watch, sweep
from tresen.tickets.assigning import assign
from tresen.tickets.events import Key
from tresen.tickets.risking import set_risk
from tresen.tickets.snoozing import snooze
from tresen.tickets.tagging import tag

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
_buyers = count()


@pytest.fixture
def store():
    return a_store()


def asks(store, *, at=MONDAY, language="de", tier=2, **said) -> int:
    message = a_message(**{"sender": f"b{next(_buyers)}@marketplace.amazon.de", "at": at} | said)
    ticket = file([understood(store, message, language=language)], at=at)[0].ticket.id
    if tier != 2:
        set_risk(ticket, tier=tier, reason=Key("by_hand"), by=SYSTEM, at=at)
    return ticket


def able(store, **abilities) -> int:
    agent = an_agent(store.default_team).pk
    set_abilities(agent, Abilities(**abilities), by=SYSTEM, at=MONDAY)
    return agent


def served(agent: int, *, at=MONDAY) -> int | None:
    return next_for(agent, scope=EVERYTHING, at=at)


def test_ones_own_tickets_come_before_what_is_free(store):
    asks(store, tier=0)
    own = asks(store, at=MONDAY + HOUR)
    agent = able(store)
    assign(own, assignee_id=agent, by=SYSTEM, at=MONDAY)
    assert served(agent) == own


def test_of_ones_own_what_was_promised_comes_first(store):
    early, promised = asks(store), asks(store, at=MONDAY + HOUR)
    agent = able(store)
    for ticket in (early, promised):
        assign(ticket, assignee_id=agent, by=SYSTEM, at=MONDAY)
    QueuePlace.objects.filter(ticket=promised).update(governing="promise:7")
    assert served(agent) == promised


def test_only_languages_that_the_agent_speaks_are_served_and_those_that_nobody_could_tell(store):
    asks(store, language="de")
    italian = asks(store, language="it", at=MONDAY + HOUR)
    unknown = asks(store, at=MONDAY + 2 * HOUR)
    QueuePlace.objects.filter(ticket=unknown).update(language="")
    agent = able(store, languages=["it"])
    assert [served(agent), served(agent), served(agent)] == [italian, unknown, None]


def test_who_was_trained_for_a_channel_is_served_no_other(store):
    asks(store)
    ebay = a_store("ebay", "ebay.de", team=store.default_team)
    wanted = asks(ebay, at=MONDAY + HOUR)
    agent = able(store, skills=["ebay"])
    assert [served(agent), served(agent)] == [wanted, None]


def test_what_needs_a_skill_waits_for_somebody_who_has_it(store):
    returned, other = asks(store), asks(store, at=MONDAY + HOUR)
    tag(returned, name="Returns", by=SYSTEM, at=MONDAY)
    trained, untrained = able(store, skills=["returns"]), able(store)
    assert [served(untrained), served(untrained)] == [other, None]
    assert served(trained) == returned


def test_a_tag_that_is_called_as_a_channel_keeps_nobody_from_a_ticket(store):
    moved = asks(store)
    tag(moved, name="eBay", by=SYSTEM, at=MONDAY)
    able(store, skills=["ebay", "returns"])
    assert served(able(store)) == moved


def test_of_ones_own_what_is_lost_waits_for_what_can_be_kept(store):
    own = [asks(store, at=MONDAY) for _ in range(2)]
    agent = able(store)
    for ticket in own:
        assign(ticket, assignee_id=agent, by=SYSTEM, at=MONDAY)
    late = MONDAY + 3 * DAY
    sweep(Watch(), late)
    fresh = asks(store, at=late)
    assert [served(agent, at=late) for _ in range(3)] == [fresh, *own]


def test_who_is_full_is_served_the_own_ones_that_are_lost(store):
    own = asks(store, at=MONDAY)
    agent = able(store, capacity=1)
    assign(own, assignee_id=agent, by=SYSTEM, at=MONDAY)
    sweep(Watch(), MONDAY + 3 * DAY)
    asks(store, at=MONDAY + 3 * DAY)
    assert served(agent, at=MONDAY + 3 * DAY) == own


def test_who_holds_as_much_as_fits_gets_only_what_is_theirs_already(store):
    own, _free = asks(store, at=MONDAY + HOUR), asks(store)
    agent = able(store, capacity=1)
    assign(own, assignee_id=agent, by=SYSTEM, at=MONDAY)
    assert [served(agent), served(agent)] == [own, None]


def test_giving_one_back_makes_room_for_another(store):
    first, second = asks(store), asks(store, at=MONDAY + HOUR)
    agent = able(store, capacity=1)
    assert [served(agent), served(agent)] == [first, None]
    QueuePlace.objects.filter(ticket=first).delete()
    assert next_for(agent, scope=EVERYTHING, at=MONDAY, leaving=first) == second


def test_urgent_work_goes_to_the_experienced_and_normal_work_to_newcomers(store):
    urgent, normal = asks(store, tier=0), asks(store, at=MONDAY + HOUR)
    third = asks(store, at=MONDAY + 2 * HOUR, tier=1)
    expert, newcomer = (able(store, experience=each) for each in (Experience.EXPERT, Experience.NEWCOMER))
    assert served(expert) == urgent
    assert [served(newcomer), served(newcomer)] == [normal, third]


def test_a_newcomer_who_is_alone_gets_what_is_urgent_first(store):
    urgent, _normal = asks(store, tier=0), asks(store)
    assert served(able(store, experience=Experience.NEWCOMER)) == urgent


def test_what_waits_for_a_day_is_never_served_before_it(store):
    resting, other = asks(store), asks(store, at=MONDAY + HOUR)
    snooze(resting, until=MONDAY + 3 * HOUR, by=SYSTEM, at=MONDAY)
    agent = able(store)
    assert [served(agent), served(agent)] == [other, None]
    assert served(agent, at=MONDAY + 4 * HOUR) == resting


def test_no_normal_one_turns_late_while_a_claim_with_many_hours_left_is_served(store):
    normal = asks(store)
    claim = asks(store, tier=0, at=MONDAY + 20 * HOUR)
    late = MONDAY + DAY - 20 * MINUTE
    promote_team(store.default_team_id, at=late)
    agent = able(store)
    assert [served(agent, at=late), served(agent, at=late)] == [normal, claim]


def test_a_claim_whose_limit_is_nearer_goes_before_what_is_in_danger(store):
    claim = asks(store, tier=0)
    normal = asks(store, at=MONDAY + 5 * MINUTE)
    late = MONDAY + DAY - 20 * MINUTE
    promote_team(store.default_team_id, at=late)
    agent = able(store)
    assert [served(agent, at=late), served(agent, at=late)] == [claim, normal]


def test_lanes_give_a_wave_of_claims_its_share_and_no_more(store):
    claims = {asks(store, tier=0, at=MONDAY + n * MINUTE) for n in range(12)}
    normal = {asks(store, at=MONDAY + HOUR + n * MINUTE) for n in range(12)}
    set_shares(store.default_team_id, {Lane.CLAIMS: 30, Lane.SAVABLE: 70}, by=SYSTEM, at=MONDAY)
    agents = [able(store) for _ in range(10)]
    given = {served(agent, at=MONDAY + 2 * HOUR) for agent in agents}
    assert (len(given & claims), len(given & normal)) == (3, 7)


def test_a_lane_that_is_empty_leaves_its_agents_to_the_others(store):
    claims = {asks(store, tier=0, at=MONDAY + n * MINUTE) for n in range(4)}
    set_shares(store.default_team_id, {Lane.CLAIMS: 10, Lane.SAVABLE: 90}, by=SYSTEM, at=MONDAY)
    assert {served(able(store)) for _ in range(4)} == claims


def test_those_who_ask_before_buying_have_a_lane_where_the_lead_gives_it_a_share(store):
    shop = a_store("shopify", "", team=store.default_team)
    asks(store)
    buying = asks(shop, at=MONDAY + HOUR, text="Gibt es die Leuchte auch in Schwarz?", subject="Produktanfrage")
    set_shares(store.default_team_id, {Lane.SAVABLE: 40, Lane.PRE_SALE: 60}, by=SYSTEM, at=MONDAY)
    mark_before_buying(store.default_team_id)
    assert QueuePlace.objects.filter(pre_sale=True).count() == 1
    assert served(able(store)) == buying


def test_a_wave_of_those_who_ask_before_buying_takes_no_more_than_its_share(store):
    normal = {asks(store, at=MONDAY + HOUR + n * MINUTE) for n in range(8)}
    buying = {
        asks(store, at=MONDAY + n * MINUTE, text="Gibt es die Leuchte auch in Schwarz?", subject="Produktanfrage")
        for n in range(8)
    }
    set_shares(store.default_team_id, {Lane.SAVABLE: 80, Lane.PRE_SALE: 20}, by=SYSTEM, at=MONDAY)
    mark_before_buying(store.default_team_id)
    agents = [able(store) for _ in range(5)]
    given = {served(agent, at=MONDAY + 2 * HOUR) for agent in agents}
    assert (len(given & normal), len(given & buying)) == (4, 1)


def test_who_has_bought_meanwhile_stands_in_their_lane_no_longer(store):
    shop = a_store("shopify", "", team=store.default_team)
    asks(shop, text="Gibt es die Leuchte auch in Schwarz?", subject="Produktanfrage", sender="anna@kundin.example")
    set_shares(store.default_team_id, {Lane.SAVABLE: 40, Lane.PRE_SALE: 60}, by=SYSTEM, at=MONDAY)
    mark_before_buying(store.default_team_id)
    assert QueuePlace.objects.get().pre_sale
    asks(shop, at=MONDAY + HOUR, text="Ich habe sie bestellt, wo ist mein Paket?", sender="anna@kundin.example")
    mark_before_buying(store.default_team_id)
    assert QueuePlace.objects.get().pre_sale is False


def test_the_most_urgent_over_all_teams_of_an_agent_is_served(store):
    other = a_store(team=a_team())
    asks(store, at=MONDAY + HOUR)
    sooner = asks(other)
    assert served(able(store)) == sooner


@pytest.mark.parametrize("open_tickets", [3, 40])
def test_a_press_costs_the_same_statements_whatever_is_open(store, open_tickets, django_assert_num_queries):
    for n in range(open_tickets):
        asks(store, at=MONDAY + n * MINUTE)
    agent = able(store)
    with django_assert_num_queries(9):
        served(agent)


def test_a_lease_is_what_is_given(store):
    ticket, agent = asks(store), able(store)
    assert served(agent) == ticket
    assert Lease.objects.get().agent_id == agent
    release(ticket, agent_id=agent)
    assert served(able(store)) == ticket
