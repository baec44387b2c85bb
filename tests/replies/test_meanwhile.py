from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY
from tresen.accounts.actors import Actor
from tresen.replies.answering import AnsweredMeanwhile, answer
from tresen.replies.meanwhile import answer_since
from tresen.tickets.models import Message

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


def test_an_answer_that_the_writer_has_not_seen_stops_the_next() -> None:
    ticket = a_ticket()
    first = answered(ticket, at=LATER).message
    shown = Message.objects.get(direction="in")

    with pytest.raises(AnsweredMeanwhile) as asked:
        answer(
            ticket.pk,
            conversation_id=first.conversation_id,
            text="Noch etwas.",
            answers_up_to=shown.pk,
            seen=shown.pk,
            by=Actor.agent(first.agent_id),
            at=LATER,
        )

    assert asked.value.message == first.pk


def test_what_was_seen_and_what_the_buyer_wrote_asks_nothing() -> None:
    first = answered(a_ticket(), at=LATER).message

    assert answer_since(first.conversation, seen=first.pk) is None
    assert answer_since(first.conversation, seen=0) == first
