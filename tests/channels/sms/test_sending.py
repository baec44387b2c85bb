"""Answers leave from the number that was written to, once, and Twilio's word on them is told as it is."""

from datetime import timedelta

import pytest

from tests.channels.sms.account import IDA, WEBHOOK, access_to, an_account, answer, answering
from tests.factories.sales import AT
from tresen.channels.feeds import Stopped
from tresen.channels.http import HeldBack, HttpOutcome, HttpResponse, Unanswered, Unreached
from tresen.channels.outbound import Later, Refused, Sent, Uncertain
from tresen.channels.sms.sending import MORE_PAGES, SAID_STOP, find_sent, send
from tresen.fakes.sales import By
from tresen.fakes.sms import NUMBER
from tresen.fakes.sms.platform import sid_of

SERVICE = "MG00000000000000000000000000000001"


def test_an_answer_leaves_from_the_number_that_was_written_to() -> None:
    fake = an_account()
    result = send(answer(), access_to(fake))

    letter = fake.world.talks["7"].letters[-1]
    assert isinstance(result, Sent)
    assert (result.external_id, result.provisional) == (sid_of(letter), True)
    assert letter.by is By.SELLER
    assert fake.sent == [{"To": IDA.key, "From": NUMBER, "Body": answer().text, "StatusCallback": WEBHOOK}]


def test_through_a_service_it_keeps_its_number_and_without_https_nothing_is_told_back() -> None:
    fake = an_account()
    send(answer(), access_to(fake, service=SERVICE, webhook="http://127.0.0.1:8000/hooks/7/"))

    assert (fake.sent[0]["From"], fake.sent[0]["MessagingServiceSid"]) == (NUMBER, SERVICE)
    assert "StatusCallback" not in fake.sent[0]


def test_who_has_said_stop_to_twilio_is_told_in_words() -> None:
    fake = an_account()
    fake.stopped.add(IDA.key)

    assert send(answer(), access_to(fake)) == Refused(reason=SAID_STOP)
    assert fake.sent == []


@pytest.mark.parametrize("thread", ["", "+4930000000001", "t-1", "a/b"])
def test_what_is_no_conversation_of_two_numbers_is_refused(thread: str) -> None:
    access = answering()
    assert isinstance(send(answer(thread=thread), access), Refused)
    assert find_sent(answer(thread=thread), access) is None
    assert access.way.asked == []


def error(code: int, status: int = 400) -> HttpResponse:
    return HttpResponse(status=status, headers={}, body=b'{"code": %d, "message": "no"}' % code)


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (error(20429), Later),
        (error(20003, 401), Later),
        (error(20500, 500), Uncertain),
        (error(21211), Refused),
        (HttpResponse(status=503, headers={}, body=b"<html>"), Later),
        (HttpResponse(status=201, headers={}, body=b"<html>"), Uncertain),
        (HttpResponse(status=201, headers={}, body=b"{}"), Uncertain),
        (HeldBack(after=timedelta(seconds=5), reason="429"), Later),
        (Unreached(reason="no route"), Later),
        (Unanswered(reason="silence"), Uncertain),
    ],
)
def test_whatever_twilio_says_is_told_as_it_is(outcome: HttpOutcome, kind: type) -> None:
    access = answering(outcome)

    assert isinstance(send(answer(), access), kind)
    assert len(access.way.asked) == 1, "it is tried once"


def test_whether_twilio_took_it_is_read_from_its_list() -> None:
    fake = an_account()
    access = access_to(fake)
    assert find_sent(answer(), access) is None
    sent = send(answer(), access)
    found = find_sent(answer(), access)

    assert isinstance(sent, Sent)
    assert isinstance(found, Sent)
    assert found.external_id == sent.external_id
    assert find_sent(answer(text="Anderes"), access) is None
    assert find_sent(answer(since=AT + timedelta(hours=1)), access) is None


def test_what_may_stand_on_another_page_is_not_said_to_be_missing() -> None:
    told = HttpResponse(status=200, headers={}, body=b'{"messages": [], "next_page_uri": "/x"}')
    assert find_sent(answer(), answering(told)) == Stopped(reason=MORE_PAGES)
    assert isinstance(find_sent(answer(), answering(HttpResponse(status=200, headers={}, body=b"[]"))), Stopped)
    assert isinstance(find_sent(answer(), answering(error(20500, 500))), Stopped)
