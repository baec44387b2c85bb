import json
from dataclasses import replace

import pytest

from tests.channels.payloads import recorded
from tresen.channels.contract import InboundAttachment, InboundMessage, RawPayload, ReplyBy, Unreadable
from tresen.channels.website.form import form_payload
from tresen.channels.website.parsing import parse

FORM = {"id": "f1", "name": "Ida", "email": "ida@mail.example", "message": "Hallo"}


def posted(content: object) -> RawPayload:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return replace(recorded("website/form.json"), body=body)


def test_a_form_is_a_message_of_its_address() -> None:
    (found,) = parse(recorded("website/form.json"))
    assert isinstance(found, InboundMessage)
    assert (found.external_id, found.sender.key) == ("form-0001", "ida@mail.example")
    assert found.text == "Gibt es den Hocker in rot?\nUnd in blau? Bestellung #4001"
    assert found.subject == "Gibt es den Hocker in rot?"
    assert found.order_ids == ("#4002", "#4001")
    assert [(file.name, file.content) for file in found.attachments] == [("farbe.png", b"invented")]
    assert found.extra["language"] == "de"
    assert found.reply_by is ReplyBy.EMAIL_NEW_THREAD


def test_a_page_without_script_posts_the_same_form() -> None:
    (found,) = parse(recorded("website/form.urlencoded"))
    assert isinstance(found, InboundMessage)
    assert (found.external_id, found.text) == ("form-0002", "Ist der Hocker geölt?")


def test_what_the_form_writes_is_what_it_reads() -> None:
    file = InboundAttachment(name="a.png", content_type="image/png", content=b"\x00\xff")
    (found,) = parse(posted(form_payload(FORM | {"subject": "Äpfel", "unknown": "x"}, attachments=(file,))))
    assert isinstance(found, InboundMessage)
    assert (found.subject, found.text, found.attachments) == ("Äpfel", "Hallo", (file,))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (FORM | {"message": " "}, "no_message"),
        (FORM | {"message": 5}, "no_message"),
        (FORM | {"email": "ida"}, "no_address"),
        (FORM | {"email": "ida@mail.example, other@mail.example"}, "no_address"),
        (FORM | {"email": "ida@@mail.example"}, "no_address"),
        ([], "not_a_form"),
        (b"", "not_a_form"),
        (b"{", "not_a_form"),
        (b"[" * 100_000, "not_a_form"),
        (b'{"a":' * 100_000, "not_a_form"),
        (b"\xff\x00\xfe", "not_a_form"),
    ],
)
def test_a_form_that_cannot_be_answered_is_shown_to_people(content: object, reason: str) -> None:
    (found,) = parse(posted(content))
    assert isinstance(found, Unreadable)
    assert found.reason == reason


def test_lines_cannot_be_smuggled_into_name_or_subject() -> None:
    (found,) = parse(posted(FORM | {"subject": "a\r\nBcc: x@evil.example", "name": "I\nda"}))
    assert isinstance(found, InboundMessage)
    assert (found.subject, found.sender.name) == ("a Bcc: x@evil.example", "I da")


def test_a_file_that_is_none_is_left_out() -> None:
    (found,) = parse(posted(FORM | {"attachments": [{"name": "a", "content_type": "b", "content": "!"}, 5, {}]}))
    assert isinstance(found, InboundMessage)
    assert found.attachments == ()


def test_an_order_number_keeps_its_own_form() -> None:
    (found,) = parse(posted(FORM | {"order_number": "BH-7"}))
    assert isinstance(found, InboundMessage)
    assert found.order_ids == ("BH-7",)


def test_what_looks_like_spam_is_marked_and_still_expects_an_answer() -> None:
    (found,) = parse(posted(form_payload(FORM | {"suspect": "many_links", "consent": "Einverstanden."})))
    assert isinstance(found, InboundMessage)
    assert (found.problems, found.expects_answer) == (("looks_like_spam",), True)
    assert (found.extra["suspect"], found.extra["consent"]) == ("many_links", "Einverstanden.")
