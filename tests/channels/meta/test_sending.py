"""Answers into conversations and below comments: who may say what, until when, and what became of it."""

from datetime import timedelta
from itertools import product

import msgspec
import pytest

from tests.channels.meta.accounts import BOTH, TALK, Visit, answer, answering, visit
from tests.factories.sales import AT, IDA
from tresen.channels.contract import Author, OutboundAttachment
from tresen.channels.feeds import Stopped
from tresen.channels.http import HeldBack, HttpResponse, Unanswered, Unreached
from tresen.channels.outbound import Later, Refused, Sent, Uncertain
from tresen.fakes.sales import By

every_channel = pytest.mark.parametrize("channel", BOTH)
PEOPLES = "human_agent_window"
FILE = OutboundAttachment(name="Beleg.pdf", content_type="application/pdf", content=b"%PDF")


def commented(channel: str) -> tuple[Visit, str]:
    at = visit(channel)
    return at, at.fake.comment("Gibt es die in Blau?", writer=IDA).id


@every_channel
def test_an_answer_stands_in_the_conversation_and_is_found_there(channel: str) -> None:
    at = visit(channel)
    result = at.send(answer())

    letter = at.fake.world.talks["7"].letters[-1]
    assert isinstance(result, Sent)
    assert (letter.by, letter.id) == (By.SELLER, result.external_id)
    assert letter.text.startswith("Guten Tag,\n\nes kommt am Montag.")
    found = at.find(answer(since=AT))
    assert isinstance(found, Sent)
    assert found.external_id == result.external_id


@every_channel
def test_within_the_first_day_an_answer_is_an_answer(channel: str) -> None:
    at = visit(channel)
    for author in Author:
        assert isinstance(at.send(answer(author=author)), Sent)

    assert set(at.fake.tags) == {"RESPONSE"}


@every_channel
def test_later_a_person_answers_as_a_person(channel: str) -> None:
    at = visit(channel, heard=AT - timedelta(days=3))

    assert isinstance(at.send(answer(window=PEOPLES)), Sent)
    assert at.fake.tags == ["HUMAN_AGENT"]


@every_channel
def test_a_bots_text_never_claims_to_be_a_persons(channel: str) -> None:
    for author, window in product(set(Author) - {Author.PERSON}, ["", "standard_window", PEOPLES]):
        at = visit(channel)
        at.send(answer(author=author, window=window))
        assert all(b"HUMAN_AGENT" not in one.body for one in at.access.way.asked)


@every_channel
@pytest.mark.parametrize(("days", "window"), [(2, "standard_window"), (8, PEOPLES)])
def test_what_comes_too_late_is_refused_in_metas_words(channel: str, days: int, window: str) -> None:
    result = visit(channel, heard=AT - timedelta(days=days)).send(answer(window=window))

    assert isinstance(result, Refused)
    assert "outside of allowed window" in result.reason


@every_channel
def test_an_answer_below_a_comment_is_for_all_to_read(channel: str) -> None:
    at, comment = commented(channel)
    message = answer(thread=f"comment:{comment}", in_reply_to=comment, way="public")
    result = at.send(message)

    assert isinstance(result, Sent)
    below = at.fake.comments[result.external_id]
    assert (below.below, below.writer) == (comment, at.fake.account)
    found = at.find(answer(thread=f"comment:{comment}", in_reply_to=comment, way="public", since=AT))
    assert isinstance(found, Sent)
    assert found.external_id == result.external_id
    assert len(at.fake.world.talks["7"].letters) == 1


@every_channel
def test_an_answer_to_its_writer_alone_is_a_message_and_only_one(channel: str) -> None:
    at, comment = commented(channel)
    message = answer(thread=f"comment:{comment}", in_reply_to=comment, way="private")

    assert isinstance(at.send(message), Sent)
    assert at.fake.world.talks["7"].letters[-1].by is By.SELLER
    assert [one.below for one in at.fake.comments.values()] == [""]
    assert at.send(message) == Refused(reason="Activity already replied to")
    assert isinstance(at.find(message), Stopped)


@every_channel
def test_nobody_answers_a_comment_without_having_chosen_how(channel: str) -> None:
    at, comment = commented(channel)

    assert isinstance(at.send(answer(thread=f"comment:{comment}", in_reply_to=comment)), Refused)
    assert at.access.way.asked == []


def test_files_leave_before_the_words_each_on_its_own() -> None:
    at = visit("facebook")
    result = at.send(answer(attachments=(FILE, FILE)))

    letters = at.fake.world.talks["7"].letters[1:]
    assert isinstance(result, Sent)
    assert [(bool(one.text), one.files) for one in letters] == [*[(False, (("Beleg.pdf", 4),))] * 2, (True, ())]
    assert (result.external_id, result.parts) == (letters[2].id, (letters[0].id, letters[1].id))


def test_a_file_that_is_not_taken_keeps_the_words_back() -> None:
    at = answering("facebook", HttpResponse(status=400, headers={}, body=b"too large"))
    result = at.send(answer(attachments=(FILE, FILE)))

    assert result == Refused(reason="“Beleg.pdf”: 400 too large")
    assert len(at.access.way.asked) == 1


@pytest.mark.parametrize("taken_before", [1, 2])
def test_what_was_taken_before_a_trouble_is_told_and_nothing_is_sent_again(taken_before: int) -> None:
    taken = HttpResponse(status=200, headers={}, body=b'{"message_id": "m_1"}')
    at = answering("facebook", *[taken] * taken_before, HttpResponse(status=400, headers={}, body=b"no"))
    result = at.send(answer(attachments=(FILE, FILE)))

    assert isinstance(result, Uncertain)
    assert result.parts == ("m_1",) * taken_before
    assert len(at.access.way.asked) == taken_before + 1


def test_where_no_files_are_taken_nothing_leaves() -> None:
    at = visit("instagram")

    assert isinstance(at.send(answer(attachments=(FILE,))), Refused)
    assert at.access.way.asked == []


def error(code: int, status: int = 400) -> HttpResponse:
    return HttpResponse(status=status, headers={}, body=b'{"error": {"message": "no", "code": %d}}' % code)


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (error(613), Later),
        (error(190), Later),
        (error(2, 500), Uncertain),
        (error(100), Refused),
        (error(551), Refused),
        (HttpResponse(status=401, headers={}, body=b"{}"), Later),
        (HttpResponse(status=500, headers={}, body=b"<html>"), Uncertain),
        (HttpResponse(status=200, headers={}, body=b"<html>"), Uncertain),
        (HttpResponse(status=200, headers={}, body=b"{}"), Uncertain),
        (HeldBack(after=timedelta(seconds=5), reason="too many"), Later),
        (Unreached(reason="no route"), Later),
        (Unanswered(reason="silence"), Uncertain),
    ],
)
def test_whatever_meta_says_is_told_as_it_is(outcome: object, kind: type) -> None:
    at = answering("facebook", outcome)  # type: ignore[arg-type]

    assert isinstance(at.send(answer()), kind)
    assert len(at.access.way.asked) == 1, "it is tried once"


def test_a_token_that_was_withdrawn_waits_for_another_one_and_says_so() -> None:
    at = visit("facebook")
    at.access.secrets = {**at.access.secrets, "access_token": "withdrawn"}
    result = at.send(answer())

    assert isinstance(result, Later)
    assert result.reason.startswith("401 ")


def test_an_error_is_told_in_metas_words_for_people_too() -> None:
    told = {
        "message": "(#100) Invalid parameter",
        "code": 100,
        "error_user_title": "No",
        "error_user_msg": "This\nPerson Isn't Available.",
        "error_data": {"details": "Try later."},
        "fbtrace_id": "A1",
    }
    outcome = HttpResponse(status=400, headers={}, body=msgspec.json.encode({"error": told}))

    result = answering("facebook", outcome).send(answer())

    assert result == Refused(reason="(#100) Invalid parameter This Person Isn't Available. Try later.")


def test_another_persons_words_are_not_taken_for_ours() -> None:
    at = visit("facebook")
    at.fake.world.write("7", by=By.BUYER, text=answer().text)

    assert at.find(answer(since=AT)) is None
    assert at.find(answer(since=AT, thread=f"{TALK}-nobody")) is None
