"""Answers in free words, files, and templates when free words are no longer taken."""

from datetime import timedelta

import pytest

from tests.channels.whatsapp.numbers import IDA, a_number, access_to, access_without_document, answer, answering
from tests.factories.sales import AT
from tresen.channels.contract import OutboundAttachment, TemplateUse
from tresen.channels.http import HeldBack, HttpResponse, Unanswered, Unreached
from tresen.channels.outbound import Later, Refused, Sent, Uncertain
from tresen.channels.whatsapp.sending import send
from tresen.fakes.sales import By
from tresen.fakes.whatsapp.platform import a_template

FILE = OutboundAttachment(name="Beleg.pdf", content_type="application/pdf", content=b"%PDF")
USE = TemplateUse(name="ship_update", language="de", values=(("1", "Ida"), ("2", "Montag")))


def test_an_answer_leaves_as_words_and_is_taken_until_it_is_told_otherwise() -> None:
    fake = a_number()
    result = send(answer(in_reply_to="wamid.theirs"), access_to(fake))

    letter = fake.world.talks["7"].letters[-1]
    assert isinstance(result, Sent)
    assert (result.external_id, result.provisional) == (letter.id, True)
    assert letter.by is By.SELLER
    assert fake.sent[0]["context"] == {"message_id": "wamid.theirs"}
    assert fake.sent[0]["to"] == IDA.key.removeprefix("+")
    assert "Wo ist mein Paket?" not in str(fake.sent)


def test_who_hides_his_number_is_reached_by_his_id() -> None:
    fake = a_number()
    fake.world.talks["7"].buyer.key = "US.13491208655302741918"
    result = send(answer(thread="US.13491208655302741918"), access_without_document(fake))

    assert isinstance(result, Sent)
    assert fake.sent[0]["recipient"] == "US.13491208655302741918"
    assert "to" not in fake.sent[0]


def test_files_follow_the_words_each_on_its_own() -> None:
    fake = a_number()
    picture = OutboundAttachment(name="a.jpg", content_type="image/jpeg", content=b"jpg")
    result = send(answer(attachments=(FILE, picture)), access_to(fake))

    assert isinstance(result, Sent)
    assert [one["type"] for one in fake.sent] == ["text", "document", "image"]
    assert fake.sent[1]["document"]["filename"] == "Beleg.pdf"
    assert list(fake.media.values()) == [b"%PDF", b"jpg"]
    words, *files = fake.world.talks["7"].letters[1:]
    assert (result.external_id, result.parts) == (words.id, tuple(one.id for one in files))


@pytest.mark.parametrize(("status", "kind"), [(400, Refused), (500, Later)])
def test_a_file_that_is_not_taken_keeps_the_words_back(status: int, kind: type) -> None:
    uploaded = HttpResponse(status=200, headers={}, body=b'{"id": "1"}')
    access = answering(uploaded, HttpResponse(status=status, headers={}, body=b"too large"))
    result = send(answer(attachments=(FILE, FILE)), access)

    assert isinstance(result, kind)
    assert "Beleg.pdf" in result.reason
    assert [one.address.rpartition("/")[2] for one in access.way.asked] == ["media", "media"]


def test_a_file_that_does_not_leave_after_the_words_is_told_and_nothing_is_sent_again() -> None:
    uploaded = HttpResponse(status=200, headers={}, body=b'{"id": "1"}')
    taken = HttpResponse(status=200, headers={}, body=b'{"messages": [{"id": "wamid.1"}]}')
    access = answering(uploaded, taken, HttpResponse(status=400, headers={}, body=b"no"))
    result = send(answer(attachments=(FILE,)), access)

    assert isinstance(result, Uncertain)
    assert ("Beleg.pdf" in result.reason, result.parts) == (True, ("wamid.1",))
    assert len(access.way.asked) == 3


def test_free_words_that_come_too_late_are_refused_in_whatsapps_words() -> None:
    result = send(answer(), access_to(a_number(heard=AT - timedelta(days=2))))

    assert isinstance(result, Refused)
    assert "24 hours" in result.reason


@pytest.mark.parametrize("days", [0, 30])
def test_an_approved_template_leaves_whenever_it_is_wanted(days: int) -> None:
    fake = a_number(heard=AT - timedelta(days=days))
    fake.templates = [a_template("ship_update", "Guten Tag {{1}}, Ihr Paket kommt am {{2}}.")]
    result = send(answer(template=USE, window=""), access_to(fake))

    assert isinstance(result, Sent)
    assert fake.world.talks["7"].letters[-1].text == "Guten Tag Ida, Ihr Paket kommt am Montag."


def test_variables_that_have_names_are_sent_by_their_names() -> None:
    fake = a_number()
    fake.templates = [a_template("hello", "Guten Tag {{customer}}!")]
    use = TemplateUse(name="hello", language="de", values=(("customer", "Ida"),))

    assert isinstance(send(answer(template=use), access_to(fake)), Sent)
    assert fake.world.talks["7"].letters[-1].text == "Guten Tag Ida!"


def test_a_template_that_is_not_approved_or_has_files_does_not_leave() -> None:
    fake = a_number()
    fake.templates = [a_template("ship_update", "{{1}} {{2}}", status="REJECTED")]

    assert isinstance(send(answer(template=USE), access_to(fake)), Refused)
    assert isinstance(send(answer(template=USE, attachments=(FILE,)), access_to(fake)), Refused)
    assert fake.sent == []


def error(code: int, status: int = 400) -> HttpResponse:
    return HttpResponse(status=status, headers={}, body=b'{"error": {"message": "no", "code": %d}}' % code)


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (error(130429), Later),
        (error(190, 401), Later),
        (error(131000, 500), Uncertain),
        (error(131047), Refused),
        (HttpResponse(status=500, headers={}, body=b"<html>"), Uncertain),
        (HttpResponse(status=200, headers={}, body=b"<html>"), Uncertain),
        (HttpResponse(status=200, headers={}, body=b'{"messages": []}'), Uncertain),
        (HeldBack(after=timedelta(seconds=5), reason="too many"), Later),
        (Unreached(reason="no route"), Later),
        (Unanswered(reason="silence"), Uncertain),
    ],
)
def test_whatever_whatsapp_says_is_told_as_it_is(outcome: object, kind: type) -> None:
    access = answering(outcome)  # type: ignore[arg-type]

    assert isinstance(send(answer(), access), kind)
    assert len(access.way.asked) == 1, "it is tried once"
