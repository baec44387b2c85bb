"""The page behind the link in a mail to a partner."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories.mailboxes import a_mailbox
from tests.factories.partners import a_partner, asked, asked_again, link_in, mail_of, wanted
from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.partners.answering import MOST_FILES
from tresen.partners.models import Partner, Question, QuestionLink
from tresen.partners.waiting import WITHDRAWN, withdraw_question
from tresen.replies.answering import withdraw
from tresen.sla.defaults import create_defaults
from tresen.tickets.models import Attachment, Message, Ticket
from tresen.timekeeping import wall
from tresen.workspace.asked.views import ANSWERS_EACH, MISSES

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(db: None) -> Partner:
    return a_partner(name="Lager Süd")


@pytest.fixture
def question(ticket: Ticket, partner: Partner) -> Question:
    create_defaults(by=SYSTEM, at=MONDAY)
    a_mailbox(ticket.store)
    now = wall.now()
    question = asked(ticket, partner, at=now, what=wanted(on=(now + timedelta(days=7)).date()))
    QuestionLink.objects.update(expires_at=now + timedelta(days=9))
    return question


def given(text: str = "Ist raus.", **more: object) -> dict[str, object]:
    return {"text": text, "submission": str(uuid4()), **more}


def answers(question: Question) -> list[Message]:
    return list(Message.objects.filter(conversation=question.conversation_id, direction="in").order_by("pk"))


def test_it_shows_the_question_in_the_partners_language_and_nothing_of_the_buyer(
    client: Client, question: Question
) -> None:
    page = client.get(link_in(question))
    assert page.status_code == 200
    assert "Ist das Paket schon gepackt?" in page.text
    assert "Antwort senden" in page.text
    for hidden in (question.ticket.subject, "Es sollte am Freitag da sein.", "Petra", "Jana"):
        assert hidden not in page.text


def test_no_machine_keeps_it_and_no_other_site_is_told_of_it(client: Client, question: Question) -> None:
    page = client.get(link_in(question))
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "<script" not in page.text


def test_an_answer_is_the_partners_and_brings_the_ticket_back(client: Client, question: Question) -> None:
    sent = client.post(link_in(question), given("Gestern gepackt."), follow=True)
    (message,) = answers(question)
    question.refresh_from_db()
    assert "Danke" in sent.text
    assert (message.kind, message.text, message.identity) == ("third_party", "Gestern gepackt.", None)
    assert (question.state, question.ticket.status) == ("answered", "open")


def test_sent_twice_it_is_one_answer(client: Client, question: Question) -> None:
    words = given("Gestern gepackt.")
    client.post(link_in(question), words)
    client.post(link_in(question), words)
    assert len(answers(question)) == 1


def test_files_come_along(client: Client, question: Question) -> None:
    photo = SimpleUploadedFile("palette.png", b"\x89PNG picture", content_type="image/png")
    client.post(link_in(question), given(attachments=[photo]))
    file = Attachment.objects.get()
    assert (file.name, file.size, file.message) == ("palette.png", 12, answers(question)[0])


@pytest.mark.parametrize("wrong", [{"text": "  "}, {"attachments": "many"}])
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: Client, question: Question, wrong: dict[str, object]
) -> None:
    if "attachments" in wrong:
        wrong = {"attachments": [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(MOST_FILES + 1)]}
    page = client.post(link_in(question), given("Gestern gepackt.") | wrong)
    assert page.status_code == 422
    assert "data-wrong" in page.text
    assert "Gestern gepackt." in page.text or "text" in wrong
    assert answers(question) == []


def test_a_mail_that_was_taken_back_stands_on_no_page(client: Client, question: Question) -> None:
    asked_again(question, at=wall.now(), on=(wall.now() + timedelta(days=7)).date())
    withdraw(mail_of(question).pk, by=SYSTEM, at=wall.now())
    page = client.get(link_in(question))
    assert "Ist das Paket schon gepackt?" in page.text
    assert "Haben Sie schon etwas gehört?" not in page.text


def test_a_withdrawn_question_says_so_kindly_and_takes_nothing(client: Client, question: Question) -> None:
    withdraw_question(question.pk, reason=WITHDRAWN, by=SYSTEM, at=wall.now())
    page, late = client.get(link_in(question)), client.post(link_in(question), given())
    assert (page.status_code, late.status_code) == (410, 410)
    assert "erledigt" in page.text
    assert "Ist das Paket" not in page.text
    assert answers(question) == []


def test_an_old_link_points_to_the_mail(client: Client, question: Question) -> None:
    QuestionLink.objects.update(expires_at=wall.now() - timedelta(minutes=1))
    page, late = client.get(link_in(question)), client.post(link_in(question), given())
    assert (page.status_code, late.status_code) == (410, 410)
    assert "zu alt" in page.text
    assert answers(question) == []


def test_a_closed_tickets_question_takes_no_answer(client: Client, question: Question) -> None:
    Ticket.objects.update(status="closed")
    assert client.post(link_in(question), given()).status_code == 410
    assert answers(question) == []


def test_a_link_opens_its_own_question_only(client: Client, question: Question, ticket: Ticket) -> None:
    other = asked(ticket, at=wall.now(), what=wanted(on=(wall.now() + timedelta(days=7)).date()))
    client.post(link_in(other), given())
    question.refresh_from_db()
    assert (question.state, len(answers(question)), len(answers(other))) == ("open", 0, 1)


def test_guessing_is_answered_by_nothing_and_then_by_patience(client: Client, question: Question) -> None:
    statuses = [client.get(f"/asked/{uuid4().hex}{uuid4().hex}/").status_code for _ in range(MISSES + 1)]
    assert statuses == [404] * MISSES + [429]


def test_too_many_answers_must_wait_and_keep_what_was_typed(client: Client, question: Question) -> None:
    for _ in range(ANSWERS_EACH):
        client.post(link_in(question), given())
    page = client.post(link_in(question), given("Noch etwas."))
    assert page.status_code == 429
    assert "Noch etwas." in page.text
    assert len(answers(question)) == ANSWERS_EACH
