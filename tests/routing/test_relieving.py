"""Somebody is away: what needs an answer goes to who can give it, and stays there."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.models import Agent, TeamMembership
from tresen.alerts.handing_over import Receiver, accept, offer
from tresen.replies.drafting import keep_draft
from tresen.replies.models import Draft
from tresen.routing.leasing import next_for
from tresen.routing.models import Lease, QueuePlace
from tresen.routing.relieving import planned_relief, relieve_absent
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Notice
from tresen.staffing.absences import UNDO_FOR, end_absence, report_absence, withdraw_absence
from tresen.staffing.models import Absence, AbsenceKind
from tresen.staffing.rostering import OFF, plan_day
from tresen.stores.granting import scope_of
from tresen.stores.models import Store
from tresen.tickets.assigning import assign
from tresen.tickets.models import Conversation, Ticket, TicketEvent
from tresen.tickets.snoozing import snooze

pytestmark = pytest.mark.django_db

SOON = MONDAY + UNDO_FOR
DAY = timedelta(days=1)


@pytest.fixture
def store() -> Store:
    create_defaults(by=SYSTEM, at=MONDAY - 30 * DAY)
    return a_store()


@pytest.fixture
def jana(store: Store) -> Agent:
    return an_agent(store.default_team, name="Jana")


def colleague(store: Store, name: str, *languages: str) -> Agent:
    agent = an_agent(store.default_team, name=name)
    agent.languages = list(languages)
    agent.save()
    return agent


def held_by(store: Store, agent: Agent, count: int) -> list[int]:
    """So many German tickets of different buyers, all of them the agent's."""
    mails = [
        a_message(sender=f"buyer{number}@marketplace.amazon.de", text=f"Wo ist Paket {number}?")
        for number in range(count)
    ]
    tickets = [filing.ticket.id for filing in filed(store, *mails)]
    for ticket in tickets:
        assign(ticket, assignee_id=agent.pk, by=SYSTEM, at=MONDAY)
    return tickets


def away(agent: Agent, *, by: Actor = SYSTEM, ends_after: timedelta = DAY) -> Absence:
    return report_absence(
        agent.pk, AbsenceKind.SICK, starts=MONDAY, ends=MONDAY + ends_after, hand_over=True, by=by, at=MONDAY
    )


def relieve() -> None:
    while relieve_absent(SOON):
        pass


def assignees() -> list[int | None]:
    return list(Ticket.objects.order_by("pk").values_list("assignee_id", flat=True))


def test_her_tickets_go_to_who_speaks_the_language_and_holds_least(store: Store, jana: Agent) -> None:
    held_by(store, jana, 4)
    tom, deniz, _alina = colleague(store, "Tom"), colleague(store, "Deniz", "de"), colleague(store, "Alina", "it")
    lead = an_agent(store.default_team)
    TeamMembership.objects.filter(agent=lead).delete()
    away(jana, by=Actor.agent(lead.pk))
    relieve()
    assert sorted(assignees(), key=str) == sorted([tom.pk, tom.pk, deniz.pk, deniz.pk], key=str)
    given = TicketEvent.objects.filter(kind="ticket_assigned", recorded_at=SOON)
    assert set(given.values_list("actor_id", flat=True)) == {lead.pk}
    assert len(given) == 4


def test_the_preview_says_how_many_go_to_whom_and_changes_nothing(store: Store, jana: Agent) -> None:
    tickets = held_by(store, jana, 3)
    tom = colleague(store, "Tom")
    assert planned_relief(jana.pk, ends=MONDAY + DAY, at=MONDAY) == dict.fromkeys(tickets, tom.pk)
    assert assignees() == [jana.pk] * 3
    away(jana)
    relieve()
    assert assignees() == [tom.pk] * 3


def test_nothing_moves_before_the_moment_for_undoing_is_over(store: Store, jana: Agent) -> None:
    held_by(store, jana, 1)
    colleague(store, "Tom")
    absence = away(jana)
    assert relieve_absent(SOON - timedelta(seconds=1)) == 0
    withdraw_absence(absence.pk, by=SYSTEM, at=MONDAY)
    relieve()
    assert assignees() == [jana.pk]


def test_where_nobody_fits_it_is_nobodys_and_the_lead_is_told_once(store: Store, jana: Agent) -> None:
    tickets = held_by(store, jana, 2)
    colleague(store, "Alina", "it")
    lead = an_agent(store.default_team)
    TeamMembership.objects.filter(agent=lead).update(leads=True)
    Agent.objects.filter(pk=lead.pk).update(languages=["it"])
    away(jana)
    relieve()
    assert assignees() == [None, None]
    notice = Notice.objects.get(kind="left_unassigned")
    assert (notice.recipient_id, notice.ticket_id) == (lead.pk, tickets[0])


def test_who_is_off_or_away_as_well_gets_nothing(store: Store, jana: Agent) -> None:
    held_by(store, jana, 1)
    off, sick = colleague(store, "Tom"), colleague(store, "Deniz")
    for day in range(2):
        plan_day(off.pk, (MONDAY + day * DAY).date(), OFF, team=None, zone="UTC", by=SYSTEM, at=MONDAY)
    report_absence(sick.pk, AbsenceKind.HOLIDAY, starts=MONDAY, ends=None, hand_over=False, by=SYSTEM, at=MONDAY)
    away(jana)
    relieve()
    assert assignees() == [None]


def test_what_comes_back_while_she_is_away_goes_on_and_what_needs_nobody_stays(store: Store, jana: Agent) -> None:
    (ticket,) = held_by(store, jana, 1)
    tom = colleague(store, "Tom")
    away(jana)
    relieve()
    assert assignees() == [tom.pk]
    assign(ticket, assignee_id=jana.pk, by=SYSTEM, at=SOON)
    relieve()
    assert assignees() == [tom.pk]


def test_what_rests_until_she_is_back_waits_for_her(store: Store, jana: Agent) -> None:
    early, late = held_by(store, jana, 2)
    snooze(early, until=MONDAY + timedelta(hours=3), by=SYSTEM, at=MONDAY)
    snooze(late, until=MONDAY + 2 * DAY, by=SYSTEM, at=MONDAY)
    tom = colleague(store, "Tom")
    away(jana, ends_after=timedelta(hours=10))
    relieve()
    assert assignees() == [tom.pk, jana.pk]


def test_when_she_is_back_nothing_moves_by_itself(store: Store, jana: Agent) -> None:
    held_by(store, jana, 1)
    tom = colleague(store, "Tom")
    absence = away(jana)
    relieve()
    end_absence(absence.pk, by=SYSTEM, at=SOON + timedelta(hours=1))
    while relieve_absent(SOON + 2 * DAY):
        pass
    assert assignees() == [tom.pk]


def test_her_lease_is_given_back_and_her_draft_is_kept(store: Store, jana: Agent) -> None:
    (ticket,) = held_by(store, jana, 1)
    next_for(jana.pk, scope=scope_of(jana), at=MONDAY)
    conversation = Conversation.objects.get(ticket=ticket).pk
    keep_draft(conversation, text="Guten Tag, Ihr Paket", by=Actor.agent(jana.pk), at=MONDAY)
    colleague(store, "Tom")
    away(jana)
    relieve()
    assert not Lease.objects.filter(agent=jana).exists()
    assert Draft.objects.get(agent=jana).text == "Guten Tag, Ihr Paket"


def test_who_works_on_although_away_keeps_what_they_take_up(store: Store, jana: Agent) -> None:
    (ticket,) = held_by(store, jana, 1)
    away(jana)
    relieve()
    later = SOON + timedelta(minutes=2)
    assert next_for(jana.pk, scope=scope_of(jana), at=later) == ticket
    relieve_absent(later)
    assert Lease.objects.filter(agent=jana, ticket=ticket).exists()


def test_what_they_accept_or_take_although_away_is_theirs(store: Store, jana: Agent) -> None:
    accepted, taken = held_by(store, jana, 2)
    tom = colleague(store, "Tom", "de")
    away(jana)
    relieve()
    assert assignees() == [tom.pk, tom.pk]
    later = SOON + timedelta(minutes=2)
    offer(accepted, to=Receiver(agent=jana.pk), note="Nur du kennst ihn.", giver_id=tom.pk, at=later)
    accept(accepted, agent_id=jana.pk, at=later)
    assign(taken, assignee_id=jana.pk, by=Actor.agent(jana.pk), at=later)
    relieve_absent(later + timedelta(minutes=1))
    assert assignees() == [jana.pk, jana.pk]
    assign(taken, assignee_id=tom.pk, by=Actor.agent(jana.pk), at=later + timedelta(minutes=2))
    assert assignees() == [jana.pk, tom.pk]


def test_many_tickets_go_in_batches(store: Store, jana: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tresen.routing.relieving.AT_ONCE", 2)
    held_by(store, jana, 5)
    tom = colleague(store, "Tom")
    away(jana)
    assert [relieve_absent(SOON) for _ in range(4)] == [2, 2, 1, 0]
    assert assignees() == [tom.pk] * 5
    assert QueuePlace.objects.filter(assignee=tom).count() == 5
