from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.replies.drafting import Typed, drafts_of, drop_draft, keep_draft
from tresen.staffing.absences import report_absence
from tresen.staffing.models import AbsenceKind
from tresen.tickets.assigning import assign
from tresen.tickets.models import Conversation

pytestmark = pytest.mark.django_db


def test_each_agent_has_one_draft_a_conversation() -> None:
    ticket = a_ticket()
    conversation = Conversation.objects.get().pk
    mine, theirs = Actor.agent(an_agent().pk), Actor.agent(an_agent().pk)
    keep_draft(conversation, text="Ihr Pak", by=mine, at=MONDAY)
    keep_draft(conversation, text="Ihr Paket\0", by=mine, at=MONDAY + timedelta(seconds=5))
    keep_draft(conversation, text="Hallo", by=theirs, at=MONDAY)
    assert drafts_of(ticket.pk, by=mine, at=MONDAY) == {conversation: Typed("Ihr Paket", MONDAY + timedelta(seconds=5))}
    drop_draft(conversation, by=mine)
    assert drafts_of(ticket.pk, by=mine, at=MONDAY) == {}
    assert drafts_of(ticket.pk, by=theirs, at=MONDAY) == {conversation: Typed("Hallo", MONDAY)}


def test_an_emptied_draft_is_gone() -> None:
    ticket = a_ticket()
    conversation = Conversation.objects.get().pk
    mine = Actor.agent(an_agent().pk)
    keep_draft(conversation, text="Ihr Paket", by=mine, at=MONDAY)
    keep_draft(conversation, text=" \n", by=mine, at=MONDAY)
    assert drafts_of(ticket.pk, by=mine, at=MONDAY) == {}


def test_a_draft_needs_a_conversation() -> None:
    with pytest.raises(Conversation.DoesNotExist):
        keep_draft(999_999, text="Ihr Paket", by=Actor.agent(an_agent().pk), at=MONDAY)


def test_the_draft_of_somebody_who_is_away_is_found_by_who_answers_for_the_ticket_now() -> None:
    ticket = a_ticket()
    conversation = Conversation.objects.get().pk
    jana = an_agent(ticket.team, name="Jana")
    mine, hers = Actor.agent(an_agent(ticket.team).pk), Actor.agent(jana.pk)
    keep_draft(conversation, text="Ihr Paket liegt", by=hers, at=MONDAY)
    assert mine.id is not None
    assign(ticket.pk, assignee_id=mine.id, by=SYSTEM, at=MONDAY)
    assert drafts_of(ticket.pk, by=mine, at=MONDAY) == {}
    report_absence(jana.pk, AbsenceKind.SICK, starts=MONDAY, ends=None, hand_over=False, by=SYSTEM, at=MONDAY)
    assert drafts_of(ticket.pk, by=mine, at=MONDAY) == {conversation: Typed("Ihr Paket liegt", MONDAY, "Jana")}
    assert drafts_of(ticket.pk, by=Actor.agent(an_agent(ticket.team).pk), at=MONDAY) == {}
    keep_draft(conversation, text="Ihr Paket liegt bei", by=mine, at=MONDAY)
    assert drafts_of(ticket.pk, by=mine, at=MONDAY) == {conversation: Typed("Ihr Paket liegt bei", MONDAY)}
    assert drafts_of(ticket.pk, by=hers, at=MONDAY) == {conversation: Typed("Ihr Paket liegt", MONDAY)}
    drop_draft(conversation, by=mine)
    answered(ticket, by=mine)
    assert drafts_of(ticket.pk, by=mine, at=MONDAY) == {}
