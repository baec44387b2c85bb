"""A new chat is offered to who has a free slot, and stands in the queue only while nobody has it."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.chats import a_chat, a_website, says
from tests.factories.replies import answered, attempted, leaves, waived
from tests.factories.shops import MONDAY, a_team, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent, Team
from tresen.accounts.scope import EVERYTHING
from tresen.channels.contract import Refused
from tresen.chats.desks import desk_of, is_anybody_free, set_available, set_slots
from tresen.chats.ending import Why
from tresen.chats.models import Chat
from tresen.chats.offering import STANDS_FOR
from tresen.chats.taking import ChatGone, close, decline, take
from tresen.chats.visiting import leave, note_alive
from tresen.chats.watching import watch_chats
from tresen.replies.answering import withdraw
from tresen.routing import verifying
from tresen.routing.leasing import next_for
from tresen.routing.models import QueuePlace
from tresen.routing.queues import first_page
from tresen.routing.views import View, ViewKind
from tresen.sla.defaults import create_defaults
from tresen.staffing.absences import report_absence
from tresen.staffing.models import AbsenceKind
from tresen.stores.models import Store
from tresen.tickets.assigning import assign
from tresen.tickets.models import Ticket, TicketEvent
from tresen.tickets.solving import solve
from tresen.tickets.waiving import take_back_waiver

pytestmark = pytest.mark.django_db

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def team() -> Team:
    create_defaults(by=SYSTEM, at=MONDAY)
    return a_team()


@pytest.fixture
def store(team: Team) -> Store:
    return a_website(team=team)


def available(team: Team, *, at: datetime = MONDAY, slots: int = 3) -> Agent:
    agent = an_agent(team)
    set_slots(agent.pk, slots, by=SYSTEM, at=at)
    set_available(agent.pk, available=True, at=at)
    return agent


def queued() -> list[int]:
    """The tickets that every agent's queue lists."""
    return [row.ticket for row in first_page(View(ViewKind.ALL), scope=EVERYTHING, agent_id=0).rows]


def now(chat: Chat) -> Chat:
    return Chat.objects.get(pk=chat.pk)


def ended() -> list[str]:
    return [event.facts["why"] for event in TicketEvent.objects.filter(kind="chat_ended").order_by("pk")]


def consistent(at: datetime) -> bool:
    return verifying.differences(list(Ticket.objects.values_list("pk", flat=True)), at=at) == []


def test_a_new_chat_is_offered_at_once_and_never_stood_in_the_queue(store, team):
    agent = available(team)
    chat = a_chat(store, at=MONDAY)
    assert (chat.standing, chat.agent) == ("offered", agent)
    assert queued() == []
    assert QueuePlace.objects.get().owed_since == MONDAY, "its clocks run, and it is known to be owed"
    assert next_for(an_agent(team).pk, scope=EVERYTHING, at=MONDAY) is None
    assert consistent(MONDAY)


def test_without_anybody_it_is_a_row_at_once(store, team):
    an_agent(team)
    gone = available(team)
    set_available(gone.pk, available=False, at=MONDAY)
    elsewhere = available(a_team())
    chat = a_chat(store, at=MONDAY)
    assert chat.standing == "queue"
    assert queued() == [chat.conversation.ticket_id]
    assert desk_of(elsewhere.pk).held == 0


def test_who_is_away_locked_out_or_without_slots_is_offered_none(store, team):
    away, out, none = available(team), available(team), available(team, slots=0)
    report_absence(away.pk, AbsenceKind.SICK, starts=MONDAY, ends=None, hand_over=False, by=SYSTEM, at=MONDAY)
    Agent.objects.filter(pk=out.pk).update(is_active=False)
    chat = a_chat(store, at=MONDAY + SECOND)
    assert (chat.standing, none.pk in chat.asked) == ("queue", False)


def test_whether_anybody_is_there_costs_the_same_however_many_are(store, team):
    costs = []
    for _ in range(3):
        available(team)
        with CaptureQueriesContext(connection) as queries:
            assert is_anybody_free(team=team.pk, store=store.pk, brand=store.brand_id, at=MONDAY)
        costs.append(len(queries))
    assert costs[0] == costs[-1], "each page of the website asks"


def test_slots_are_filled_one_by_one_and_then_the_queue_gets_them(store, team):
    one, other = available(team, slots=2), available(team, slots=1)
    chats = [a_chat(store, at=MONDAY + number * SECOND) for number in range(4)]
    assert [chat.standing for chat in chats] == ["offered", "offered", "offered", "queue"]
    assert sorted(chat.agent_id for chat in chats[:3]) == sorted([one.pk, one.pk, other.pk])
    assert queued() == [chats[3].conversation.ticket_id]


def test_who_takes_it_has_the_ticket_and_answers_it_there(store, team):
    agent, chat = available(team), a_chat(store, at=MONDAY)
    ticket = take(now(chat).pk, agent_id=agent.pk, at=MONDAY + SECOND)
    assert take(chat.pk, agent_id=agent.pk, at=MONDAY + SECOND) == ticket
    assert Ticket.objects.get().assignee == agent
    assert (now(chat).standing, queued()) == ("taken", [])
    leaves(answered(Ticket.objects.get(), at=MONDAY + MINUTE), at=MONDAY + MINUTE)
    assert now(chat).unanswered_since is None
    assert not QueuePlace.objects.exists()
    says(chat, "And in red?", at=MONDAY + 2 * MINUTE)
    assert (now(chat).standing, queued()) == ("taken", []), "what follows is his, too"
    assert consistent(MONDAY + 2 * MINUTE)


def test_what_one_does_not_take_goes_to_the_next_and_then_to_the_queue(store, team):
    first, second = available(team), available(team, at=MONDAY + SECOND)
    chat = a_chat(store, at=MONDAY + MINUTE)
    assert chat.agent == first
    note_alive(chat, at=MONDAY + 2 * MINUTE)
    assert watch_chats(MONDAY + MINUTE + STANDS_FOR - SECOND) == 0
    assert watch_chats(MONDAY + MINUTE + STANDS_FOR) == 1
    assert now(chat).agent == second
    assert not desk_of(first.pk).available, "who does not see an offer is not there"
    with pytest.raises(ChatGone):
        take(chat.pk, agent_id=first.pk, at=MONDAY + MINUTE + STANDS_FOR)
    assert watch_chats(MONDAY + 2 * MINUTE) == 1
    assert (now(chat).standing, ended()) == ("queue", [Why.NOT_TAKEN])
    assert queued() == [chat.conversation.ticket_id]
    assert consistent(MONDAY + 2 * MINUTE)


def test_who_declines_stays_available(store, team):
    agent, chat = available(team), a_chat(store, at=MONDAY)
    decline(chat.pk, agent_id=agent.pk, at=MONDAY + SECOND)
    assert (now(chat).standing, desk_of(agent.pk).available) == ("queue", True)
    with pytest.raises(ChatGone):
        close(chat.pk, agent_id=agent.pk, at=MONDAY + SECOND)


def test_a_chat_that_was_taken_and_not_answered_is_everybodys_again(store, team):
    agent, chat = available(team), a_chat(store, at=MONDAY)
    take(chat.pk, agent_id=agent.pk, at=MONDAY + SECOND)
    note_alive(chat, at=MONDAY + 5 * MINUTE)
    assert watch_chats(MONDAY + 5 * MINUTE - SECOND) == 0
    assert watch_chats(MONDAY + 5 * MINUTE) == 1
    assert ended() == [Why.UNANSWERED]
    assert (Ticket.objects.get().assignee, desk_of(agent.pk).available) == (None, False)
    assert next_for(an_agent(team).pk, scope=EVERYTHING, at=MONDAY + 5 * MINUTE) == chat.conversation.ticket_id
    available(team, at=MONDAY + 5 * MINUTE)
    says(chat, "Hello?", at=MONDAY + 6 * MINUTE)
    assert now(chat).standing == "queue", "what is owed in the queue stays there until it is answered"


def test_an_answer_that_its_visitor_has_not_seen_yet_is_an_answer(store, team):
    agent, chat = available(team), a_chat(store, at=MONDAY)
    take(chat.pk, agent_id=agent.pk, at=MONDAY + SECOND)
    delivery = answered(Ticket.objects.get(), at=MONDAY + MINUTE)
    assert now(chat).unanswered_since is None
    note_alive(chat, at=MONDAY + 9 * MINUTE)
    assert watch_chats(MONDAY + 9 * MINUTE) == 0, "he looks at another page"
    assert (now(chat).standing, desk_of(agent.pk).available) == ("taken", True)
    says(chat, "And in red?", at=MONDAY + 10 * MINUTE)
    assert now(chat).unanswered_since == MONDAY + 10 * MINUTE
    attempted(delivery, Refused(reason="no"), at=MONDAY + 11 * MINUTE)
    assert now(chat).unanswered_since == MONDAY, "it has not reached him"


def test_what_is_taken_back_waits_again_and_what_needs_no_answer_does_not(store, team):
    agent, chat = available(team), a_chat(store, at=MONDAY)
    take(chat.pk, agent_id=agent.pk, at=MONDAY + SECOND)
    delivery = answered(Ticket.objects.get(), at=MONDAY + MINUTE)
    assert withdraw(delivery.message_id, by=SYSTEM, at=MONDAY + MINUTE)
    assert now(chat).unanswered_since == MONDAY
    waived(Ticket.objects.get(), at=MONDAY + 2 * MINUTE)
    assert now(chat).unanswered_since is None
    take_back_waiver(Ticket.objects.get().pk, said_at=MONDAY + 2 * MINUTE, by=SYSTEM, at=MONDAY + 3 * MINUTE)
    assert now(chat).unanswered_since == MONDAY


@pytest.mark.parametrize("goes", ["silent", "says so"])
def test_when_the_visitor_leaves_what_is_owed_stands_in_the_queue(store, team, goes):
    agent, chat = available(team), a_chat(store, at=MONDAY)
    take(chat.pk, agent_id=agent.pk, at=MONDAY + SECOND)
    if goes == "says so":
        leave(chat, at=MONDAY + SECOND)
    assert watch_chats(MONDAY + (4 * MINUTE if goes == "silent" else 2 * SECOND)) == 1
    assert (ended(), queued()) == ([Why.VISITOR_LEFT], [chat.conversation.ticket_id])
    assert Ticket.objects.get().assignee == agent
    assert desk_of(agent.pk).held == 0


@pytest.mark.parametrize("why", [Why.CLOSED, Why.SOLVED, Why.GIVEN_ON, Why.AGENT_AWAY])
def test_a_slot_is_free_again_when_its_chat_ends(store, team, why):
    agent, chat, later = available(team), a_chat(store, at=MONDAY), MONDAY + MINUTE
    ticket = take(chat.pk, agent_id=agent.pk, at=MONDAY + SECOND)
    match why:
        case Why.CLOSED:
            close(chat.pk, agent_id=agent.pk, at=later)
        case Why.SOLVED:
            solve(ticket, by=SYSTEM, at=later)
        case Why.GIVEN_ON:
            assign(ticket, assignee_id=an_agent(team).pk, by=SYSTEM, at=later)
        case _:
            report_absence(agent.pk, AbsenceKind.SICK, starts=later, ends=None, hand_over=False, by=SYSTEM, at=later)
            watch_chats(later + SECOND)
    assert (ended(), desk_of(agent.pk).held) == ([why], 0)
    assert queued() == [ticket]
    assert consistent(later + SECOND)


def test_who_comes_back_and_writes_is_offered_to_who_knows_him(store, team):
    others = [available(team, at=MONDAY - number * MINUTE) for number in range(2)]
    agent = available(team, at=MONDAY + MINUTE)
    chat = a_chat(store, at=MONDAY + MINUTE)
    ticket = Ticket.objects.get()
    assign(ticket.pk, assignee_id=agent.pk, by=SYSTEM, at=MONDAY + 2 * MINUTE)
    leaves(answered(ticket, at=MONDAY + 2 * MINUTE), at=MONDAY + 2 * MINUTE)
    note_alive(chat, at=MONDAY + 60 * MINUTE)
    says(chat, "Thank you. And in blue?", at=MONDAY + 60 * MINUTE)
    assert (now(chat).standing, now(chat).agent) == ("offered", agent)
    assert agent not in others
