from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.clock.backlog import UNKNOWN_HANDLING
from tresen.routing.handling import FEWEST, LOOKED_BACK, expected, handling_of_stores, reckon_handling, renew_handling
from tresen.tickets.models import Conversation, Direction, Message, MessageKind

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def answers(store, agent, *pauses: int, start=MONDAY) -> None:
    """One answer, and each next one so many minutes after the one before."""
    filed(store, a_message(sender=f"b{store.pk}@marketplace.amazon.de", at=start - MINUTE))
    conversation = Conversation.objects.filter(store=store).latest("pk")
    at = start
    for pause in (0, *pauses):
        at += pause * MINUTE
        Message.objects.create(
            conversation=conversation,
            ticket=conversation.ticket,
            brand=store.brand,
            direction=Direction.OUT,
            kind=MessageKind.MESSAGE,
            agent=agent,
            occurred_at=at,
            recorded_at=at,
        )


def test_an_answer_takes_the_time_since_the_same_agents_answer_before_and_a_break_is_none():
    amazon, ebay = a_store(), a_store("ebay", "ebay.de")
    answers(amazon, an_agent(), *[2] * 10, 45, *[4] * 5, *[6] * 10)
    answers(ebay, an_agent(), *[9] * FEWEST)
    assert reckon_handling(MONDAY + timedelta(days=1)) == 2
    known = handling_of_stores()
    assert known == {amazon.pk: 4 * MINUTE, ebay.pk: 9 * MINUTE}


def test_three_minutes_are_expected_where_too_little_is_known():
    store = a_store()
    answers(store, an_agent(), *[9] * (FEWEST - 1))
    reckon_handling(MONDAY + timedelta(days=1))
    assert expected(store.pk, handling_of_stores()) == UNKNOWN_HANDLING == 3 * MINUTE


def test_what_is_older_than_four_weeks_tells_nothing_any_more():
    answers(a_store(), an_agent(), *[9] * FEWEST)
    assert reckon_handling(MONDAY + LOOKED_BACK + timedelta(days=1)) == 0


def test_the_table_is_renewed_once_a_day():
    answers(a_store(), an_agent(), *[9] * FEWEST)
    day = MONDAY + timedelta(days=1)
    assert [renew_handling(at) for at in (day, day + 23 * 60 * MINUTE, day + 24 * 60 * MINUTE)] == [1, 0, 1]
