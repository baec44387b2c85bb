"""What is told of conversations, comments and reviews, one event after the other."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from tests.channels.payloads import recorded
from tresen.channels.contract import (
    Ignored,
    Inbound,
    InboundMessage,
    NoticeKind,
    OwnAnswer,
    PlatformNotice,
    RawPayload,
    Receipt,
    Role,
    Stage,
    Surface,
    ThreadKeyKind,
    Unreadable,
)
from tresen.channels.meta.parsing import parse

PAGE = recorded("facebook/webhook/page/several_events.json")
GRAM = recorded("instagram/webhook/instagram/several_events.json")


def kinds(payload: RawPayload) -> list[str]:
    return [type(one).__name__ for one in parse(payload)]


def thread_of(one: Inbound) -> str:
    assert isinstance(one, InboundMessage | OwnAnswer)
    return next(key.value for key in one.thread_keys if key.kind is ThreadKeyKind.THREAD)


def test_several_events_of_one_post_are_understood_each_on_its_own() -> None:
    assert kinds(PAGE) == [
        "InboundMessage",
        "OwnAnswer",
        "Ignored",
        "Receipt",
        "InboundMessage",
        "InboundMessage",
        "OwnAnswer",
        "PlatformNotice",
    ]
    assert kinds(GRAM) == [
        "InboundMessage",
        "InboundMessage",
        "OwnAnswer",
        "Receipt",
        "Ignored",
        "InboundMessage",
        "InboundMessage",
        "OwnAnswer",
    ]


def test_a_message_is_its_writers_words_at_its_time() -> None:
    message = parse(PAGE)[0]

    assert isinstance(message, InboundMessage)
    assert message.text == "Grüße! Wo ist mein Paket? 📦"
    assert (message.external_id, message.sender.key, message.role) == ("m_invented1", "20000000000001", Role.BUYER)
    assert message.occurred_at == datetime(2026, 11, 19, 18, 40, tzinfo=UTC)
    assert thread_of(message) == "talk:20000000000001"


def test_an_echo_is_an_answer_given_in_the_same_conversation() -> None:
    message, echo = parse(PAGE)[:2]

    assert isinstance(echo, OwnAnswer)
    assert (echo.number, echo.text) == ("m_invented2", "Es kommt morgen.")
    assert thread_of(echo) == thread_of(message)


def told(**event: object) -> Inbound:
    """What one event of the page's means."""
    body = json.loads(PAGE.body)
    body["entry"] = [{"id": "10000000000001", "time": 1795113600000, "messaging": [event]}]
    (meaning,) = parse(replace(PAGE, body=json.dumps(body).encode()))
    return meaning


def test_what_the_page_itself_says_is_never_put_into_a_persons_mouth() -> None:
    between = {"sender": {"id": "10000000000001"}, "recipient": {"id": "20000000000001"}, "timestamp": 1795113600000}
    said = told(**between, message={"mid": "m1", "text": "Es kommt morgen."})
    assert isinstance(said, OwnAnswer)
    assert thread_of(said) == "talk:20000000000001"
    assert isinstance(told(**between, message_edit={"mid": "m1", "text": "Es kommt heute.", "num_edit": 1}), Ignored)


def test_a_button_that_is_pressed_twice_is_two_messages_also_without_a_number() -> None:
    between = {"sender": {"id": "20000000000001"}, "recipient": {"id": "10000000000001"}}
    pressed = [told(**between, timestamp=at, postback={"title": "Wo ist es?"}) for at in (1795113600000, 1795113700000)]
    assert len({one.external_id for one in pressed if isinstance(one, InboundMessage)}) == 2


def test_what_arrived_and_what_was_read_is_told_of_its_message() -> None:
    arrived, seen = parse(PAGE)[3], parse(GRAM)[3]

    assert isinstance(arrived, Receipt)
    assert isinstance(seen, Receipt)
    assert (arrived.external_id, arrived.stage) == ("m_invented2", Stage.DELIVERED)
    assert (seen.external_id, seen.stage) == ("aWdfZAG3", Stage.READ)


def test_a_comment_and_its_answer_are_one_thread_for_all_to_read() -> None:
    for payload, places in ((PAGE, (5, 6)), (GRAM, (6, 7))):
        comment, ours = (parse(payload)[place] for place in places)
        assert isinstance(comment, InboundMessage)
        assert isinstance(ours, OwnAnswer)
        assert comment.surface is ours.surface is Surface.COMMENT
        assert thread_of(comment) == thread_of(ours) == f"comment:{comment.external_id}"


def test_a_bad_review_is_bad_feedback_and_a_good_one_nothing() -> None:
    review = parse(PAGE)[-1]
    assert isinstance(review, PlatformNotice)
    assert (review.kind, review.text, review.buyer_name) == (
        NoticeKind.NEGATIVE_FEEDBACK,
        "Kam zerbrochen an.",
        "Nora Exempla",
    )

    better = PAGE.body.replace(b'"rating": 1', b'"rating": 5')
    assert parse(replace(PAGE, body=better))[-1] == Ignored(reason="review_not_bad")


def test_a_mention_in_a_story_waits_for_nothing_and_an_answer_to_ours_does() -> None:
    reply, mention = parse(GRAM)[:2]

    assert isinstance(reply, InboundMessage)
    assert isinstance(mention, InboundMessage)
    assert (reply.problems, reply.expects_answer) == (("story_reply",), True)
    assert (mention.problems, mention.expects_answer) == (("story_mention",), False)
    assert mention.links[0].url == "https://lookaside.fbsbx.com/mention.jpg"


def test_what_its_writer_took_back_is_not_kept() -> None:
    assert parse(GRAM)[4] == Ignored(reason="taken_back_by_its_writer")


def test_another_accounts_events_are_none_of_ours() -> None:
    other = replace(PAGE, headers={"x-account": "10000000000009"})
    assert parse(other) == (Ignored(reason="of_another_account"),)


def test_an_event_that_nobody_understands_hides_no_other() -> None:
    told = json.loads(PAGE.body)
    told["entry"][0]["messaging"][0]["message"] = 7
    found = parse(replace(PAGE, body=json.dumps(told).encode()))

    assert isinstance(found[0], Unreadable)
    assert [type(one).__name__ for one in found[1:]] == kinds(PAGE)[1:]


def test_who_holds_a_conversation_in_another_app_is_said() -> None:
    told = json.loads(PAGE.body)
    told["entry"][0]["standby"] = told["entry"][0].pop("messaging")
    message = parse(replace(PAGE, body=json.dumps(told).encode()))[0]

    assert isinstance(message, InboundMessage)
    assert message.problems == ("held_by_another_app",)
