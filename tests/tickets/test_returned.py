"""An answer that comes back late asks for a person until one has dealt with it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.tickets import events as e
from tresen.tickets.events import Event, Key
from tresen.tickets.recorded import RecordedEvent
from tresen.tickets.returned import not_arrived

HOUR = timedelta(hours=1)
SENT = MONDAY + HOUR
LATE = SENT + timedelta(days=5)
REPLY, OTHER = 11, 12
MESSAGE = 10


def queued(reply: int = REPLY, *, conversation: int = 1, author: str = "person") -> Event:
    return e.ReplyQueued(
        message=reply, conversation=conversation, role=Key("buyer"), answers_up_to=MESSAGE, author=Key(author)
    )


def accepted(reply: int = REPLY, *, at: datetime = SENT) -> Event:
    return e.ReplyAccepted(
        message=reply,
        conversation=1,
        role=Key("buyer"),
        answers_up_to=MESSAGE,
        provisional_until=at + timedelta(hours=72),
    )


ASKED = e.MessageReceived(message=MESSAGE, conversation=1, role=Key("buyer"), expects_answer=True, automatic=Key("no"))


def waived(up_to: int = MESSAGE, conversation: int = 1) -> Event:
    return e.ResponseWaived(conversation=conversation, up_to=up_to, reason=Key("thanks"))


def history(*happened: tuple[Event, datetime]) -> list[RecordedEvent]:
    return [
        RecordedEvent(
            ticket=1, sequence=number, event=event, by=SYSTEM, occurred_at=at, recorded_at=at, source_key=str(number)
        )
        for number, (event, at) in enumerate(happened, start=1)
    ]


RETURNED = ((ASKED, MONDAY), (queued(), MONDAY), (accepted(), SENT), (e.ReplyBounced(message=REPLY), LATE))


def asking(*after: tuple[Event, datetime]) -> list[int]:
    return [one.message for one in not_arrived(history(*RETURNED, *after))]


def test_a_reply_that_bounces_after_its_clocks_stopped_for_good_asks_for_a_person_since_then() -> None:
    (one,) = not_arrived(history(*RETURNED))
    assert (one.message, one.conversation, one.answers_up_to, one.since) == (REPLY, 1, MESSAGE, LATE)


FIRST = ((queued(OTHER), MONDAY), (accepted(OTHER), MONDAY))


@pytest.mark.parametrize("failure", [e.ReplyBounced(message=REPLY), e.ReplyRefused(message=REPLY)])
@pytest.mark.parametrize(
    "before",
    [
        FIRST,
        ((e.AnsweredElsewhere(message=OTHER, conversation=1, role=Key("buyer")), MONDAY),),
        ((waived(), MONDAY),),
    ],
)
def test_a_reply_that_only_followed_asks_for_a_person_at_once(before: tuple[Any, ...], failure: Event) -> None:
    story = ((ASKED, MONDAY), *before, (queued(), SENT), (failure, SENT + HOUR))
    assert [one.message for one in not_arrived(history(*story))] == [REPLY]


@pytest.mark.parametrize(
    "story",
    [
        ((queued(), SENT), (e.ReplyRefused(message=REPLY), SENT)),
        ((queued(OTHER), MONDAY), (queued(), SENT), (e.ReplyRefused(message=REPLY), SENT)),
        (*FIRST, (queued(), SENT), (e.ReplyWithdrawn(message=REPLY), SENT)),
    ],
    ids=["the first answer", "while the first is on its way", "taken back by hand"],
)
def test_what_the_clocks_ask_for_or_nobody_sent_needs_no_more_words(story: tuple[Any, ...]) -> None:
    assert not_arrived(history((ASKED, MONDAY), *story)) == []


def test_a_bounce_in_time_is_the_clocks_business() -> None:
    in_time = (e.ReplyBounced(message=REPLY), SENT + HOUR)
    assert not_arrived(history(*RETURNED[:3], in_time)) == []


def test_what_was_taken_back_in_time_and_bounced_again_in_time_is_so_too() -> None:
    story = (
        *RETURNED[:3],
        (e.ReplyBounced(message=REPLY), SENT + HOUR),
        (e.ReplyResent(message=REPLY), LATE),
        (accepted(at=LATE), LATE),
        (e.ReplyBounced(message=REPLY), LATE + HOUR),
    )
    assert not_arrived(history(*story)) == []


@pytest.mark.parametrize(
    "settled",
    [
        e.ReplyResent(message=REPLY),
        queued(OTHER),
        e.AnsweredElsewhere(message=OTHER, conversation=1, role=Key("buyer")),
        waived(),
        e.FailureDismissed(messages=(REPLY,)),
    ],
    ids=lambda event: event.kind,
)
def test_it_is_settled_by_sending_again_answering_anew_or_saying_that_nothing_is_needed(settled: Event) -> None:
    assert asking((settled, LATE + HOUR)) == []


@pytest.mark.parametrize(
    "nothing",
    [
        queued(OTHER, conversation=2),
        queued(OTHER, author="bot"),
        e.AnsweredElsewhere(message=OTHER, conversation=2, role=Key("buyer")),
        waived(up_to=MESSAGE - 1),
        waived(conversation=2),
        e.FailureDismissed(messages=(OTHER,)),
        e.NoteAdded(message=OTHER),
    ],
    ids=lambda event: event.kind,
)
def test_what_is_about_something_else_settles_nothing(nothing: Event) -> None:
    assert asking((nothing, LATE + HOUR)) == [REPLY]


def test_an_answer_given_there_before_the_bounce_settles_nothing_that_its_writer_could_not_know() -> None:
    before = e.AnsweredElsewhere(message=OTHER, conversation=1, role=Key("buyer"))
    assert asking((before, LATE - HOUR)) == [REPLY]


@pytest.mark.parametrize("said", [waived(), e.FailureDismissed(messages=(REPLY,))], ids=lambda event: event.kind)
def test_what_was_said_by_mistake_is_taken_back(said: Event) -> None:
    then = LATE + HOUR
    assert asking((said, then), (e.WaiverTakenBack(said_at=then), then + HOUR)) == [REPLY]


@pytest.mark.parametrize("failure", [e.ReplyBounced, e.ReplyRefused, e.ReplyWithdrawn])
@pytest.mark.parametrize("reply", [REPLY, OTHER])
def test_a_second_try_that_fails_too_brings_it_back(failure: type[Event], reply: int) -> None:
    again = e.ReplyResent(message=REPLY) if reply == REPLY else queued(OTHER)
    assert REPLY in asking((again, LATE + HOUR), (failure(message=reply), LATE + 2 * HOUR))


def test_what_was_dismissed_before_a_second_try_is_asked_again_when_that_fails() -> None:
    tried = (e.FailureDismissed(messages=(REPLY,)), LATE), (e.ReplyResent(message=REPLY), LATE + HOUR)
    assert asking(*tried) == []
    assert asking(*tried, (e.ReplyRefused(message=REPLY), LATE + 2 * HOUR)) == [REPLY]


def test_a_second_try_that_arrives_settles_it() -> None:
    again = LATE + HOUR
    assert asking((e.ReplyResent(message=REPLY), again), (accepted(at=again), again)) == []
