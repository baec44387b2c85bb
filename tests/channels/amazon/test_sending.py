import pytest

from tests.channels.outgoing import AT, TAKEN, KeepingTransport, OpenAccess, read, reply
from tresen.channels.amazon.sending import composed, send, with_order
from tresen.channels.contract import Refused

RELAY = "abc123+1a2b3c4d-1111-4222-8333-abcdefabcdef@marketplace.amazon.de"
ORDER = "303-1000001-2000001"


def test_the_subject_stays_but_for_one_re_and_the_thread_is_named() -> None:
    mail = read(composed(reply(RELAY, subject=f"Re: Paket nicht angekommen(Bestellung: {ORDER})"), at=AT))
    assert mail.headers.subject == f"Re: Paket nicht angekommen(Bestellung: {ORDER})"
    assert mail.headers.in_reply_to == ("theirs@mails.example",)
    assert mail.headers.references == ("first@mails.example", "theirs@mails.example")
    assert mail.headers.to[0].email == RELAY


def test_no_quoted_history_and_no_marks_of_ours_go_to_a_relay() -> None:
    raw = composed(reply(RELAY), at=AT)
    assert b"Wo ist mein Paket?" not in raw
    assert not any(name.startswith("x-") for name, _ in read(raw).headers.everything)
    assert "tresen" not in read(raw).text.lower()


def test_text_and_files_leave_as_they_are() -> None:
    mail = read(composed(reply(RELAY), at=AT))
    assert mail.text == "Guten Tag,\n\nes kommt am Montag.\n\nBirkenhof"
    assert mail.html == ""
    assert [(file.name, file.content) for file in mail.attachments] == [("Beleg.pdf", b"%PDF")]


@pytest.mark.parametrize(
    ("subject", "text", "orders", "sent"),
    [
        ("Frage", "Ja.", (ORDER,), f"Ja.\n\n# {ORDER}"),
        ("Frage", f"Ja, {ORDER}.", (ORDER,), f"Ja, {ORDER}."),
        (f"Frage (Bestellung: {ORDER})", "Ja.", (ORDER,), "Ja."),
        ("Frage", "Ja.", (), "Ja."),
        ("Frage", f"Zu {ORDER}: ja.", ("303-1000002-2000002", ORDER), f"Zu {ORDER}: ja."),
    ],
)
def test_an_order_is_named_only_where_nothing_names_one(
    subject: str, text: str, orders: tuple[str, ...], sent: str
) -> None:
    assert with_order(reply(RELAY, subject=subject, text=text, order_ids=orders)) == sent


def test_the_same_answer_is_the_same_mail() -> None:
    assert composed(reply(RELAY), at=AT) == composed(reply(RELAY), at=AT)


def test_the_servers_word_is_the_result() -> None:
    transport = KeepingTransport()
    assert send(reply(RELAY), OpenAccess(transport)) == TAKEN
    ((sender, recipient, raw),) = transport.taken
    assert (sender, recipient) == ("hallo@birkenhof.example", RELAY)
    assert read(raw).headers.message_id == "00112233445566778899aabbccddeeff.tresen@birkenhof.example"


@pytest.mark.parametrize(
    "recipient", ["nora@mail.example", "abc@marketplace.amazon.de.evil.example", "donotreply@marketplace.amazon.de", ""]
)
def test_nothing_leaves_to_any_other_address(recipient: str) -> None:
    transport = KeepingTransport()
    assert isinstance(send(reply(recipient), OpenAccess(transport)), Refused)
    assert transport.taken == []


def test_an_address_of_ours_that_is_none_is_refused_in_words() -> None:
    result = send(reply(RELAY, sender="birkenhof"), OpenAccess(KeepingTransport()))
    assert isinstance(result, Refused)
    assert "birkenhof" in result.reason
