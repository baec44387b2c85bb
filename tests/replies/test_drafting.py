from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import Actor
from tresen.replies.drafting import Typed, drafts_of, drop_draft, keep_draft
from tresen.tickets.models import Conversation

pytestmark = pytest.mark.django_db


def test_each_agent_has_one_draft_a_conversation() -> None:
    ticket = a_ticket()
    conversation = Conversation.objects.get().pk
    mine, theirs = Actor.agent(an_agent().pk), Actor.agent(an_agent().pk)
    keep_draft(conversation, text="Ihr Pak", by=mine, at=MONDAY)
    keep_draft(conversation, text="Ihr Paket\0", by=mine, at=MONDAY + timedelta(seconds=5))
    keep_draft(conversation, text="Hallo", by=theirs, at=MONDAY)
    assert drafts_of(ticket.pk, by=mine) == {conversation: Typed("Ihr Paket", MONDAY + timedelta(seconds=5))}
    drop_draft(conversation, by=mine)
    assert drafts_of(ticket.pk, by=mine) == {}
    assert drafts_of(ticket.pk, by=theirs) == {conversation: Typed("Hallo", MONDAY)}


def test_an_emptied_draft_is_gone() -> None:
    ticket = a_ticket()
    conversation = Conversation.objects.get().pk
    mine = Actor.agent(an_agent().pk)
    keep_draft(conversation, text="Ihr Paket", by=mine, at=MONDAY)
    keep_draft(conversation, text=" \n", by=mine, at=MONDAY)
    assert drafts_of(ticket.pk, by=mine) == {}


def test_a_draft_needs_a_conversation() -> None:
    with pytest.raises(Conversation.DoesNotExist):
        keep_draft(999_999, text="Ihr Paket", by=Actor.agent(an_agent().pk), at=MONDAY)
