from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from tests.factories.mailboxes import a_mailbox
from tests.factories.mails import a_mail
from tests.factories.marketplace_mails import amazon_mail
from tests.factories.payloads import kept
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store
from tresen.channels.contract import Uncertain
from tresen.intake import parsing, understanding
from tresen.intake.forms import receive_form
from tresen.intake.models import PayloadState, StoredPayload
from tresen.intake.parsing import parse_kept
from tresen.intake.reading import ANSWERS
from tresen.mail.sandbox import Sandbox
from tresen.outbox.receipts import confirm
from tresen.outbox.sending import _claim
from tresen.routing.models import QueuePlace
from tresen.sla.models import Clock
from tresen.stores.models import Mailbox
from tresen.tickets.models import Message, MessageArrival, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox() -> Mailbox:
    return a_mailbox(a_store("email", ""))


def states() -> list[str]:
    return list(StoredPayload.objects.order_by("number").values_list("state", flat=True))


def test_a_kept_mail_becomes_a_ticket_in_its_own_language(mailbox: Mailbox) -> None:
    kept(mailbox, a_mail("Dove è il mio pacco? Grazie mille."))
    assert parse_kept(MONDAY) == 1
    message = Message.objects.get()
    assert (message.text, message.language, message.kind) == ("Dove è il mio pacco? Grazie mille.", "it", "message")
    assert Ticket.objects.get().language == "it"
    payload = StoredPayload.objects.get()
    assert payload.state == PayloadState.FILED
    assert payload.read_in_ms is not None
    assert MessageArrival.objects.get().payload_number == payload.number
    assert parse_kept(MONDAY) == 0


def test_mail_to_two_mailboxes_of_a_brand_is_one_message_with_two_arrivals(mailbox: Mailbox) -> None:
    other = a_mailbox(mailbox.stores.get())
    mail = a_mail()
    kept(mailbox, mail)
    kept(other, mail)
    assert parse_kept(MONDAY) == 2
    assert Message.objects.count() == 1
    assert set(MessageArrival.objects.values_list("mailbox_id", flat=True)) == {mailbox.pk, other.pk}


def test_a_copy_that_comes_later_is_a_further_arrival_of_the_same_message(mailbox: Mailbox) -> None:
    mail = a_mail()
    kept(mailbox, mail)
    parse_kept(MONDAY)
    other = a_mailbox(mailbox.stores.get())
    (copy,) = kept(other, mail)
    parse_kept(MONDAY)
    assert MessageArrival.objects.get(mailbox_id=other.pk).payload_number == copy.pk
    assert MessageArrival.objects.count() == 2
    assert Message.objects.count() == 1


def test_a_form_becomes_a_ticket_of_its_store() -> None:
    store = a_store("website", "")
    fields = {"name": "Petra Muster", "email": "petra@kundin.example", "message": "Passt der Deckel auf den Topf?"}
    receive_form(store.pk, fields=fields, at=MONDAY)
    parse_kept(MONDAY)
    ticket = Ticket.objects.get()
    assert (ticket.store, ticket.language) == (store, "de")
    assert Message.objects.get().facts["reply_by"] == "email_new_thread"


def test_mail_of_a_mailbox_without_stores_waits_for_one() -> None:
    mailbox = a_mailbox()
    kept(mailbox, a_mail())
    assert parse_kept(MONDAY) == 0
    mailbox.stores.add(a_store("email", ""))
    assert parse_kept(MONDAY) == 1


def test_one_bad_payload_is_set_aside_where_people_see_it_and_blocks_nobody(mailbox: Mailbox) -> None:
    good = [a_mail(f"Frage {number}") for number in range(6)]
    # Nothing that a reader gives can't be filed; so what is to be filed is made unfit in the database itself.
    refuse_to_file("Frage 3")
    try:
        kept(mailbox, *good)
        assert parse_kept(MONDAY) == 6
    finally:
        file_all_again()
    assert states() == ["filed", "filed", "filed", "quarantined", "filed", "filed"]
    culprit = StoredPayload.objects.get(state="quarantined")
    assert "refused by the test" in culprit.problem
    shown = Message.objects.get(kind="unreadable")
    assert shown.arrivals.get().payload_number == culprit.number
    assert sorted(Message.objects.exclude(pk=shown.pk).values_list("text", flat=True)) == [
        "Frage 0",
        "Frage 1",
        "Frage 2",
        "Frage 4",
        "Frage 5",
    ]


def refuse_to_file(text: str, *, error: str = "check_violation") -> None:
    run(
        "CREATE FUNCTION refuse_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION 'refused by the test' USING ERRCODE = '{error}'; END $$"
    )
    run(
        "CREATE TRIGGER refuse_it BEFORE INSERT ON tickets_message FOR EACH ROW"
        f" WHEN (NEW.text = '{text}') EXECUTE FUNCTION refuse_it()"
    )


def file_all_again() -> None:
    run("DROP TRIGGER refuse_it ON tickets_message")
    run("DROP FUNCTION refuse_it()")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_cannot_be_filed_for_want_of_disk_space_is_set_aside_by_no_number_of_attempts(mailbox: Mailbox) -> None:
    refuse_to_file("Frage 3", error="disk_full")
    kept(mailbox, a_mail("Frage 2"), a_mail("Frage 3"))
    for _ in range(parsing.SET_ASIDE_FROM + 1):
        with pytest.raises(OperationalError):
            parse_kept(MONDAY)
    file_all_again()
    assert parse_kept(MONDAY) == 2
    assert states() == ["filed", "filed"]
    assert sorted(Message.objects.values_list("text", flat=True)) == ["Frage 2", "Frage 3"]


def test_a_payload_that_cost_several_attempts_is_read_alone_and_then_set_aside(mailbox: Mailbox) -> None:
    first, _ = kept(mailbox, a_mail("eins"), a_mail("zwei"))
    StoredPayload.objects.filter(pk=first.pk).update(attempts=parsing.ALONE_FROM)
    assert parse_kept(MONDAY) == 1
    assert states() == ["filed", "kept"]
    StoredPayload.objects.filter(state="kept").update(attempts=parsing.SET_ASIDE_FROM)
    assert parse_kept(MONDAY) == 1
    assert states() == ["filed", "quarantined"]
    assert Message.objects.filter(kind="unreadable").count() == 1


def test_a_batch_is_bounded_by_its_bytes(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(mailbox, *(a_mail("x" * 400) for _ in range(4)))
    monkeypatch.setattr(parsing, "MOST_BYTES", 1_500)
    assert [parse_kept(MONDAY), parse_kept(MONDAY)] == [2, 2]


def test_who_comes_behind_a_mail_that_took_long_to_read_is_not_filed_with_it_but_next(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(mailbox, *(a_mail(f"Frage {number}") for number in range(3)))
    monkeypatch.setattr(parsing, "MOST_MILLISECONDS", -1)
    assert parse_kept(MONDAY) == 1
    assert states() == ["filed", "kept", "kept"]
    assert list(StoredPayload.objects.order_by("number").values_list("attempts", flat=True)) == [1, 0, 0]
    assert [parse_kept(MONDAY), parse_kept(MONDAY), parse_kept(MONDAY)] == [1, 1, 0]


def test_a_mail_that_is_too_large_to_read_still_becomes_an_entry_with_its_subject(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Enough to start with and to read headers, too little for forty megabytes of text.
    with Sandbox("tresen.intake.reading:read", answers=ANSWERS, memory=120_000_000) as narrow:
        monkeypatch.setattr(understanding, "_sandboxes", [narrow])
        kept(mailbox, a_mail("viel " * 8_000_000, subject="Zu groß"))
        assert parse_kept(MONDAY) == 1
    message = Message.objects.get()
    assert (message.kind, message.subject, message.problems) == ("unreadable", "Zu groß", ["too_large"])
    assert message.text.startswith("viel viel")
    assert message.reply_to == "petra@kundin.example"
    assert StoredPayload.objects.get().problem


def own_address(mailbox: Mailbox) -> str:
    return f"Nordlicht <{mailbox.stores.get().addresses[0]}>"


def test_a_copy_of_our_own_answer_is_not_a_message(mailbox: Mailbox) -> None:
    delivery = answered(a_ticket(mailbox.stores.get()))
    before = Message.objects.count()
    kept(mailbox, a_mail("Ihr Paket ist unterwegs.", sender=own_address(mailbox), message_id=delivery.idempotency_key))
    parse_kept(MONDAY)
    payload = StoredPayload.objects.get()
    assert (payload.state, payload.problem) == ("ignored", "own_answer")
    assert Message.objects.count() == before


def test_a_buyers_mail_under_the_id_of_our_answer_is_a_message_that_waits(mailbox: Mailbox) -> None:
    delivery = answered(a_ticket(mailbox.stores.get()))
    kept(mailbox, a_mail("Danke, und wo bleibt der Rest?", message_id=delivery.idempotency_key))
    parse_kept(MONDAY)
    message = Message.objects.get(text="Danke, und wo bleibt der Rest?")
    assert message.kind == "message"
    assert QueuePlace.objects.filter(ticket=message.ticket).exists()


def test_an_agent_of_another_house_that_runs_tresen_is_a_person(mailbox: Mailbox) -> None:
    mark = "X-Tresen-Loop: lieferant.example\n"
    sender = "Einkauf <einkauf@lieferant.example>"
    kept(mailbox, a_mail("Wann holen Sie die Palette?", sender=sender, headers=mark))
    own = f"X-Tresen-Loop: {mailbox.stores.get().addresses[0].partition('@')[2]}\n"
    kept(mailbox, a_mail("Unsere eigene Antwort", sender=sender, headers=own))
    parse_kept(MONDAY)
    assert Message.objects.get(text="Wann holen Sie die Palette?").kind == "message"
    assert Message.objects.get(text="Unsere eigene Antwort").kind == "automatic"


def test_the_same_words_without_an_id_are_one_mail_only_if_written_at_the_same_time(mailbox: Mailbox) -> None:
    other = a_mailbox(mailbox.stores.get())
    first = a_mail("Hallo?", message_id="")
    kept(mailbox, first)
    kept(other, first)
    kept(mailbox, a_mail("Hallo?", message_id="", at=MONDAY + timedelta(days=2)), at=MONDAY + timedelta(days=2))
    parse_kept(MONDAY + timedelta(days=2))
    assert Message.objects.count() == 2
    assert MessageArrival.objects.count() == 3


def test_a_copy_of_an_uncertain_answer_shows_that_it_left(mailbox: Mailbox) -> None:
    delivery = answered(a_ticket(mailbox.stores.get()))
    claimed = _claim(MONDAY + timedelta(hours=2))
    assert claimed is not None
    confirm(delivery.pk, Uncertain(reason="silent"), attempt=1, at=MONDAY + timedelta(hours=2))
    seen_at = MONDAY + timedelta(hours=2, seconds=3)
    copy = a_mail("Ihr Paket ist unterwegs.", sender=own_address(mailbox), message_id=delivery.idempotency_key)
    kept(mailbox, copy, at=seen_at)
    parse_kept(seen_at)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.accepted_at) == ("accepted", seen_at)


def test_a_mail_cut_on_its_way_says_so(mailbox: Mailbox) -> None:
    (payload,) = kept(mailbox, a_mail())
    StoredPayload.objects.filter(pk=payload.pk).update(size=99_000_000)
    parse_kept(MONDAY)
    assert "too_large" in Message.objects.get().problems


def test_a_claimed_mail_counts_from_when_it_came_not_from_its_date(mailbox: Mailbox) -> None:
    kept(mailbox, a_mail(at=MONDAY + timedelta(days=27_000)), at=MONDAY)
    parse_kept(MONDAY)
    assert Message.objects.get().occurred_at == MONDAY


def test_amazons_clocks_run_wherever_in_the_brands_mailboxes_its_mail_is_read_first() -> None:
    amazon = a_store()
    shop = a_store("email", "", brand=amazon.brand)
    mail = amazon_mail("Wo ist es?", at=MONDAY)
    kept(a_mailbox(shop), mail)
    parse_kept(MONDAY)
    kept(a_mailbox(amazon), mail)
    parse_kept(MONDAY)
    assert Ticket.objects.get().store == amazon
    assert Clock.objects.filter(kind="platform").count() == 2
    assert MessageArrival.objects.count() == 2
