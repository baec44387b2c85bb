"""The queue: what can still be kept, most urgent first, inside the scope."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.factories.messages import a_message, a_notice, filed
from tests.factories.replies import answered
from tests.factories.shops import MONDAY, a_store, a_team, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING, NOTHING, Scope
from tresen.outbox.sending import send_due
from tresen.routing.models import QueuePlace
from tresen.routing.queue_rows import LOOKED_THROUGH
from tresen.routing.queues import Count, counts, first_page
from tresen.routing.views import Cursor, Side, UnknownView, View, ViewKind
from tresen.sla.defaults import create_defaults
from tresen.sla.watching import Watch, sweep
from tresen.tickets.assigning import assign
from tresen.tickets.events import Key
from tresen.tickets.models import Ticket
from tresen.tickets.risking import set_risk
from tresen.tickets.solving import solve
from tresen.tickets.waiving import WaiveReason, confirm_marked, waive

pytestmark = pytest.mark.django_db
ALL = View(ViewKind.ALL)


@pytest.fixture(autouse=True)
def _defaults(db: None) -> None:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))


def _open(store, count: int, **fields):
    return [
        filed(store, a_message(sender=f"buyer{n}@marketplace.amazon.de", at=MONDAY + timedelta(minutes=n), **fields))[
            0
        ].ticket.id
        for n in range(count)
    ]


def test_the_earliest_act_by_comes_first() -> None:
    tickets = _open(a_store(), 3)
    assert [row.ticket for row in first_page(ALL, scope=EVERYTHING, agent_id=0).rows] == tickets


def test_a_threatened_claim_overtakes_everything() -> None:
    tickets = _open(a_store(), 3)
    set_risk(tickets[2], tier=0, reason=Key("a_to_z_threat"), by=SYSTEM, at=MONDAY + timedelta(minutes=5))
    rows = first_page(ALL, scope=EVERYTHING, agent_id=0).rows
    assert rows[0].ticket == tickets[2]
    assert (rows[0].tier, rows[0].tier_reason) == (0, "a_to_z_threat")


def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    tickets = _open(a_store(), 7)
    seen, after = [], None
    while True:
        page = first_page(ALL, scope=EVERYTHING, agent_id=0, after=after, limit=3)
        seen += [row.ticket for row in page.rows]
        if page.next is None:
            break
        after = Cursor.read(page.next.token())
    assert seen == tickets


def test_what_is_due_follows_by_when_it_is_due_page_after_page() -> None:
    amazon, ebay = a_store(), a_store("ebay", "ebay.de")
    tickets = [*_open(amazon, 4)]
    tickets += _open(ebay, 3, subject="eBay")
    due = dict(QueuePlace.objects.values_list("ticket_id", "own_due"))
    view = View.due(Side.OWN, max(due.values()))
    seen, after = [], None
    while (page := first_page(view, scope=EVERYTHING, agent_id=0, after=after, limit=2)).next:
        seen += [row.ticket for row in page.rows]
        after = Cursor.read(page.next.token())
    seen += [row.ticket for row in page.rows]
    assert seen == sorted(tickets, key=lambda ticket: (due[ticket], ticket))
    assert len(seen) == 7


def test_a_scope_shows_its_teams_and_stores_alone() -> None:
    here, there = a_store(team=a_team()), a_store(team=a_team())
    mine = _open(here, 1)
    _open(there, 1)
    scope = Scope(frozenset({here.default_team_id}), frozenset({here.pk}), frozenset())
    assert [row.ticket for row in first_page(ALL, scope=scope, agent_id=0).rows] == mine
    other_store = Scope(frozenset({here.default_team_id}), frozenset({there.pk}), frozenset())
    assert not first_page(ALL, scope=other_store, agent_id=0).rows
    assert not first_page(ALL, scope=NOTHING, agent_id=0).rows


def test_views_show_mine_unassigned_and_a_channel() -> None:
    store = a_store()
    one, other = _open(store, 2)
    agent = an_agent(store.default_team)
    assign(one, assignee_id=agent.pk, by=SYSTEM, at=MONDAY)
    found = counts(
        [View(ViewKind.MINE), View(ViewKind.UNASSIGNED), View.parse("channel:amazon"), View.parse("channel:ebay")],
        scope=EVERYTHING,
        agent_id=agent.pk,
    )
    assert [count.rows for count in found.values()] == [1, 1, 2, 0]
    assert first_page(View(ViewKind.UNASSIGNED), scope=EVERYTHING, agent_id=agent.pk).rows[0].ticket == other


def test_what_is_answered_and_kept_open_stands_under_answered() -> None:
    store = a_store("console", "")
    team = store.default_team_id
    one, other = _open(store, 2)
    for number, ticket in enumerate(Ticket.objects.filter(pk__in=[one, other]).order_by("pk")):
        answered(ticket, at=MONDAY + timedelta(hours=2 + number))
    send_due(MONDAY + timedelta(hours=4))
    view = View(ViewKind.ANSWERED)
    page = first_page(view, scope=EVERYTHING, agent_id=0, limit=1)
    assert [row.ticket for row in page.rows] == [other]
    behind = first_page(view, scope=EVERYTHING, agent_id=0, after=page.next, limit=1)
    assert [row.ticket for row in behind.rows] == [one]
    assert counts([view], scope=EVERYTHING, agent_id=0) == {view: Count(2)}
    elsewhere = Scope(frozenset({team}), frozenset({store.pk + 1}), frozenset())
    assert not first_page(view, scope=elsewhere, agent_id=0).rows
    filed(store, a_message(sender="buyer1@marketplace.amazon.de", at=MONDAY + timedelta(hours=5)))
    assert [row.ticket for row in first_page(view, scope=EVERYTHING, agent_id=0).rows] == [one]


def _wait_for_an_answer_too(ticket: int, *, many: int) -> None:
    """So many further tickets like this one, each newer than the one before and with its place."""
    with connection.cursor() as cursor:
        cursor.execute(_MORE, {"ticket": ticket, "many": many})


_MORE = """
    WITH more AS (
        INSERT INTO tickets_ticket
        SELECT (jsonb_populate_record(ticket, jsonb_build_object(
            'id', nextval(pg_get_serial_sequence('tickets_ticket', 'id')), 'public_id', gen_random_uuid(),
            'last_message_at', ticket.last_message_at + number * interval '1 second'))).*
        FROM tickets_ticket ticket, generate_series(1, %(many)s) number WHERE ticket.id = %(ticket)s
        RETURNING id
    )
    INSERT INTO routing_queueplace
    SELECT (jsonb_populate_record(place, jsonb_build_object('ticket_id', more.id))).*
    FROM routing_queueplace place, more WHERE place.ticket_id = %(ticket)s
"""


def test_what_is_answered_is_found_behind_thousands_that_wait_too() -> None:
    store, other_teams = a_store("console", ""), a_store("console", "")
    (old,) = _open(store, 1)
    answered(Ticket.objects.get(pk=old), at=MONDAY + timedelta(minutes=1))
    (beside,) = _open(other_teams, 1)
    answered(Ticket.objects.get(pk=beside), at=MONDAY + timedelta(hours=1))
    send_due(MONDAY + timedelta(hours=2))
    waiting = filed(store, a_message(sender="next@marketplace.amazon.de", at=MONDAY + timedelta(hours=2)))[0].ticket.id
    _wait_for_an_answer_too(waiting, many=2 * LOOKED_THROUGH)
    view, seen, after = View(ViewKind.ANSWERED), [], None
    assert counts([view], scope=EVERYTHING, agent_id=0) == {view: Count(0, more=True)}
    for _ in range(4):
        page = first_page(view, scope=EVERYTHING, agent_id=0, after=after)
        seen += [row.ticket for row in page.rows]
        after = page.next
        if after is None:
            break
    assert (seen, after) == ([beside, old], None)


def test_a_solved_ticket_leaves_the_queue_and_stands_under_solved() -> None:
    (ticket,) = _open(a_store(), 1)
    message = Ticket.objects.get().messages.get()
    waive(
        ticket,
        conversation_id=message.conversation_id,
        up_to=message.pk,
        reason=WaiveReason.THANKS,
        by=SYSTEM,
        at=MONDAY,
    )
    assert first_page(ALL, scope=EVERYTHING, agent_id=0).rows[0].task == "mark_at_platform"
    confirm_marked(ticket, message_ids=[message.pk], by=SYSTEM, at=MONDAY + timedelta(hours=1))
    solve(ticket, by=SYSTEM, at=MONDAY + timedelta(hours=1))
    assert not first_page(ALL, scope=EVERYTHING, agent_id=0).rows
    assert [row.ticket for row in first_page(View(ViewKind.SOLVED), scope=EVERYTHING, agent_id=0).rows] == [ticket]


def test_a_row_shows_the_customers_last_words_whatever_the_platform_says_after_them() -> None:
    store = a_store()
    filed(store, a_message(text="Wo ist mein Paket?", orders=("302-8812345-1234567",)))
    filed(store, a_notice(text="Der Käufer hat eine Rückgabe beantragt.", order="302-8812345-1234567"))
    assert Ticket.objects.count() == 1
    assert first_page(ALL, scope=EVERYTHING, agent_id=0).rows[0].excerpt == "Wo ist mein Paket?"


@pytest.mark.parametrize(
    "text", ["nonsense", "channel", "team:x", "mine:3", "mine:", "team:²", "team:" + "9" * 5000, "channel:a\0b"]
)
def test_an_unknown_view_is_refused(text: str) -> None:
    with pytest.raises(UnknownView):
        View.parse(text)


def test_what_is_lost_has_a_view_of_its_own() -> None:
    tickets = _open(a_store(), 2)
    late = MONDAY + timedelta(hours=50)
    filed(a_store(), a_message(sender="late@marketplace.amazon.de", at=late))
    lost = View(ViewKind.LOST)
    assert not first_page(lost, scope=EVERYTHING, agent_id=0).rows
    sweep(Watch(), MONDAY + timedelta(hours=60))
    assert [row.ticket for row in first_page(lost, scope=EVERYTHING, agent_id=0).rows] == tickets
    assert counts([lost], scope=EVERYTHING, agent_id=0) == {lost: Count(2)}
