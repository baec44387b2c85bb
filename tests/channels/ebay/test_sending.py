import pytest

from tests.channels.outgoing import AT, TAKEN, KeepingTransport, OpenAccess, read, reply
from tresen.channels.contract import Refused
from tresen.channels.ebay.sending import composed, send

ALIAS = "0123456789abcdef0123@members.ebay.de"
REFERENCE = "[#a11-birkenhof1#]_[#00aa11bb22cc33dd44ee55ff66778899#]"


def test_the_reference_stands_below_the_text_and_the_subject_stays() -> None:
    mail = read(composed(reply(ALIAS, subject="m hat eine Frage #220000000001", reply_reference=REFERENCE), at=AT))
    assert mail.headers.subject == "Re: m hat eine Frage #220000000001"
    assert mail.text.endswith(f"Birkenhof\n\n{REFERENCE}")
    assert mail.text.count(REFERENCE) == 1


def test_a_reference_that_is_there_already_is_not_repeated() -> None:
    mail = read(composed(reply(ALIAS, text=f"Ja.\n{REFERENCE}", reply_reference=REFERENCE), at=AT))
    assert mail.text.count(REFERENCE) == 1


def test_no_quoted_history_and_no_marks_of_ours_go_to_ebay() -> None:
    raw = composed(reply(ALIAS), at=AT)
    assert b"Wo ist mein Paket?" not in raw
    assert not any(name.startswith("x-") for name, _ in read(raw).headers.everything)


def test_the_servers_word_is_the_result() -> None:
    assert send(reply(ALIAS), OpenAccess(KeepingTransport())) == TAKEN


@pytest.mark.parametrize("recipient", ["m@mail.example", "x@members.ebay.de.evil.example", "ebay@ebay.de"])
def test_nothing_leaves_to_any_other_address(recipient: str) -> None:
    transport = KeepingTransport()
    assert isinstance(send(reply(recipient), OpenAccess(transport)), Refused)
    assert transport.taken == []


def test_an_address_of_ours_that_is_none_is_refused() -> None:
    assert isinstance(send(reply(ALIAS, sender="birkenhof"), OpenAccess(KeepingTransport())), Refused)
