"""What Twilio posts becomes a message, a word about consent, or what became of ours."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.channels.payloads import RECEIVED, recorded
from tresen.channels.consent import ConsentWord
from tresen.channels.contract import (
    IdentityKind,
    Ignored,
    InboundFile,
    InboundMessage,
    Receipt,
    Source,
    Stage,
    ThreadKeyKind,
    Unreadable,
)
from tresen.channels.sms.parsing import parse

IDA, OURS = "+4915100000001", "+4930000000001"


def told(**form: str) -> Any:
    """What this form means, with what every message has."""
    usual = {"MessageSid": "SM1", "From": IDA, "To": OURS, "Body": "Hallo", "NumMedia": "0"}
    body = urlencode({name: value for name, value in (usual | form).items() if value is not None}).encode()
    found = parse(replace(recorded("sms/webhook/message/question.form"), body=body))
    return found[0] if len(found) == 1 else tuple(found)


def test_a_persons_message_is_understood() -> None:
    (message,) = parse(recorded("sms/webhook/message/question.form"))
    assert isinstance(message, InboundMessage)
    assert (message.text, message.external_id) == ("Wo ist mein Paket? Grüße", "SM00000000000000000000000000000001")
    assert (message.sender.kind, message.sender.key) == (IdentityKind.PHONE, IDA)
    assert [(one.kind, one.value) for one in message.thread_keys] == [
        (ThreadKeyKind.THREAD, f"{OURS}/{IDA}"),
        (ThreadKeyKind.BUYER, IDA),
    ]
    assert message.occurred_at == RECEIVED
    assert message.expects_answer


@pytest.mark.parametrize(
    ("form", "given"),
    [
        ({"Body": "stop"}, False),
        ({"Body": "Revoke"}, False),
        ({"Body": "BASTA", "OptOutType": "STOP"}, False),
        ({"Body": "Stop", "NumMedia": "1", "MediaUrl0": "https://api.twilio.com/x"}, False),
        ({"Body": "ITALIA", "OptOutType": "START"}, True),
        ({"Body": "UNSTOP"}, True),
    ],
)
def test_who_says_stop_in_twilios_reading_or_ours_is_heard(form: dict[str, str], given: bool) -> None:  # noqa: FBT001
    message, word = told(**form)
    assert isinstance(word, ConsentWord)
    assert (word.person, word.given) == (IDA, given)
    assert message.expects_answer == given


@pytest.mark.parametrize("form", [{"Body": "HELP", "OptOutType": "HELP"}, {"Body": "BASTA"}, {"OptOutType": "x"}])
def test_any_other_word_says_nothing_of_it(form: dict[str, str]) -> None:
    assert isinstance(told(**form), InboundMessage)


def test_files_are_named_with_where_they_lie() -> None:
    address = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME"
    more = {"MediaUrl0": f"{address}1", "MediaContentType0": "image/jpeg", "MediaUrl1": f"{address}2"}
    message = told(Body="", NumMedia="2", **more)
    assert isinstance(message, InboundMessage)
    assert message.files == (
        InboundFile(reference=f"{address}1", name="1.jpg", content_type="image/jpeg"),
        InboundFile(reference=f"{address}2", name="2", content_type=""),
    )
    many = {f"MediaUrl{place}": address for place in range(20)}
    assert len(told(NumMedia="999", **many).files) == 10
    assert told(NumMedia="-1", **many).files == ()


def test_stop_is_shown_waits_for_nothing_and_ends_it() -> None:
    message, word = parse(recorded("sms/webhook/message/stop.form"))
    assert isinstance(message, InboundMessage)
    assert (message.text, message.expects_answer) == ("Stop.", False)
    assert word == ConsentWord(person=IDA, given=False, occurred_at=RECEIVED)


def test_start_gives_it_again_and_somebody_may_wait() -> None:
    message, word = told(Body="yes")
    assert message.expects_answer
    assert word == ConsentWord(person=IDA, given=True, occurred_at=RECEIVED)


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        ("sent", Stage.SENT),
        ("delivered", Stage.DELIVERED),
        ("read", Stage.READ),
        ("undelivered", Stage.FAILED),
        ("failed", Stage.FAILED),
        ("canceled", Stage.FAILED),
    ],
)
def test_what_became_of_ours_is_a_receipt(state: str, stage: Stage) -> None:
    found = told(MessageStatus=state, ErrorCode="30003")
    assert found == Receipt(
        external_id="SM1",
        stage=stage,
        occurred_at=RECEIVED,
        reason="30003" if stage is Stage.FAILED else "",
    )


@pytest.mark.parametrize("state", ["queued", "sending", "accepted", "scheduled", "of_tomorrow"])
def test_what_is_still_on_its_way_is_no_news(state: str) -> None:
    assert told(MessageStatus=state) == Ignored(reason="status_of_another_kind")


def test_a_sender_of_letters_is_nobody_who_could_be_answered() -> None:
    assert told(From="PAKETDIENST") == Ignored(reason="nobody_named")


@pytest.mark.parametrize("form", [{"MessageSid": ""}, {"To": ""}, {"To": "nowhere"}, {"MessageSid": "S" * 65}])
def test_what_lacks_what_it_must_have_is_set_aside(form: dict[str, str]) -> None:
    assert isinstance(told(**form), Unreadable)


def test_it_comes_by_webhook_alone() -> None:
    payload = replace(recorded("sms/webhook/message/question.form"), source=Source.API)
    assert isinstance(parse(payload)[0], Unreadable)
