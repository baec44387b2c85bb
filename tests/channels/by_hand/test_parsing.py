"""What was logged becomes the customer's words, our answer, or both; garbage becomes a reason."""

from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tests.channels.payloads import RECEIVED, RECORDED
from tresen.channels.by_hand.log import Ended, Kind, Log, log_payload, logged_by, promised, read_log
from tresen.channels.by_hand.parsing import parse
from tresen.channels.contract import (
    IdentityKind,
    InboundAttachment,
    InboundMessage,
    OwnAnswer,
    RawPayload,
    Source,
    Surface,
    Unreadable,
)

CALL = Log(
    id="a1@by-hand",
    agent=7,
    kind=Kind.PHONE,
    ended=Ended.OPEN,
    at=datetime(2026, 11, 20, 18, 0, tzinfo=UTC),
    text="Where is the lamp?",
    who_kind=IdentityKind.PHONE,
    who_key="+493012345678",
    who_name="Ida Muster",
    order_number="#1042",
)


def logged(log: Log | bytes, *files: InboundAttachment):
    body = log if isinstance(log, bytes) else log_payload(log, attachments=files)
    return parse(RawPayload(number=1, source=Source.BY_HAND, body=body, received_at=RECEIVED, recorded_at=RECORDED))


def changed(**values: object) -> Log:
    return msgspec.structs.replace(CALL, **values)


def test_an_open_call_is_a_message_of_its_caller_at_the_time_of_the_call():
    scan = InboundAttachment(name="scan.pdf", content_type="application/pdf", content=b"\x00\xff")
    (said,) = logged(CALL, scan)
    assert isinstance(said, InboundMessage)
    assert (said.sender.kind, said.sender.key, said.sender.name) == (IdentityKind.PHONE, "+493012345678", "Ida Muster")
    assert (said.text, said.occurred_at, said.surface) == ("Where is the lamp?", CALL.at, Surface.BY_HAND)
    assert (said.order_ids, said.attachments, said.extra["by_hand"]) == (("#1042",), (scan,), "phone")
    assert logged_by(said.extra) == CALL.agent


def test_who_was_chosen_is_who_he_is_where_he_is_known():
    (said,) = logged(
        changed(who_kind=IdentityKind.USERNAME, who_key="Klein_M", who_channel="ebay", who_realm="ebay.de")
    )
    assert isinstance(said, InboundMessage)
    assert (said.sender.key, said.sender.channel, said.sender.realm) == ("Klein_M", "ebay", "ebay.de")


def test_what_was_answered_at_once_is_words_and_answer_in_one_thread():
    said, answer = logged(changed(ended=Ended.ANSWERED))
    assert isinstance(said, InboundMessage)
    assert isinstance(answer, OwnAnswer)
    assert answer.occurred_at == said.occurred_at
    assert answer.thread_keys[0] in said.thread_keys
    assert promised(answer.extra) is None


def test_a_promise_stands_with_the_answer_that_gave_it():
    due = CALL.at + timedelta(days=1)
    _, answer = logged(changed(ended=Ended.PROMISED, promise_due=due, promise="call back"))
    assert isinstance(answer, OwnAnswer)
    assert promised(answer.extra) == (due, "call back")


def test_a_call_back_is_our_answer_alone():
    (answer,) = logged(changed(ended=Ended.GIVEN, thread="by-hand/ticket/4"))
    assert isinstance(answer, OwnAnswer)
    assert (answer.text, answer.thread_keys[0].value) == (CALL.text, "by-hand/ticket/4")


def test_two_callers_of_one_name_are_two():
    (first,), (second,) = logged(changed(who_key="")), logged(changed(who_key="", id="b2@by-hand"))
    assert isinstance(first, InboundMessage)
    assert isinstance(second, InboundMessage)
    assert first.sender.name == second.sender.name
    assert first.sender.key != second.sender.key


def test_a_call_that_lies_in_the_future_was_made_when_it_was_logged():
    (said,) = logged(changed(at=RECORDED + timedelta(days=1)))
    assert isinstance(said, InboundMessage)
    assert said.occurred_at == RECORDED


def test_one_without_words_is_shown_as_that():
    (found,) = logged(changed(text=" \x00 "))
    assert isinstance(found, Unreadable)
    assert found.reason == "no_message"


@given(st.binary(max_size=200) | st.integers(0, 300).map(lambda cut: log_payload(CALL)[:cut]))
def test_what_is_no_log_is_a_reason_and_no_exception(body: bytes):
    if read_log(body) is None:
        (found,) = logged(body)
        assert isinstance(found, Unreadable)
        assert found.reason == "not_a_log"
