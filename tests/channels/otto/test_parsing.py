import pytest

from tests.channels.payloads import mail_payload, recorded, written
from tresen.channels.contract import Automatic, IdentityKind, InboundMessage, ThreadKey, ThreadKeyKind
from tresen.channels.otto.parsing import claims, orders_in, parse
from tresen.mail.parsed import Address, MailHeaders

ALIAS = "4f1c9a7be0d2@customer.otto.market"


def message(name: str) -> InboundMessage:
    (found,) = parse(recorded(f"otto/{name}.eml"))
    assert isinstance(found, InboundMessage)
    return found


@pytest.mark.parametrize(
    ("sender", "claimed"),
    [
        (ALIAS, True),
        ("no-reply@customer.otto.market", False),
        ("partner@otto.market", False),
        ("x@customer.otto.market.evil.example", False),
        ("x@evilcustomer.otto.market", False),
        ("x@mail.example", False),
    ],
)
def test_only_a_buyers_alias_is_otto(sender: str, *, claimed: bool) -> None:
    assert bool(claims(MailHeaders(sender=Address(email=sender)))) is claimed


def test_a_mail_is_known_by_its_alias_and_names_its_order() -> None:
    found = message("names_its_order")
    assert (found.sender.kind, found.sender.key, found.sender.reply_to) == (IdentityKind.RELAY, ALIAS, ALIAS)
    assert (found.sender.name, found.marketplace) == ("Ida Muster", "otto.de")
    assert found.order_ids == ("kx7b000555",)
    assert found.text.startswith("Guten Tag,\n\nbei der Lampe")
    assert found.expects_answer


def test_a_mail_without_a_number_is_tied_by_alias_and_by_what_it_answers() -> None:
    found = message("answers_without_a_number")
    assert found.text == "Danke, der Schirm ist gekommen."
    assert found.order_ids == ()
    assert found.thread_keys == (
        ThreadKey(kind=ThreadKeyKind.REFERENCE, value="00112233445566778899aabbccddeeff.tresen@birkenhof.example"),
        ThreadKey(kind=ThreadKeyKind.BUYER, value=ALIAS),
    )


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("Bestellung KX7B000555, bitte", ("KX7B000555",)),
        ("Bestellnummer: 1234567890", ("1234567890",)),
        ("Meine Nummer ist 0151234567", ()),
        ("Bestellung verschickt?", ()),
        ("https://track.example/kx7b000555a und AB-kx7b000555", ()),
        ("kx7b000555 und kx7b000556 und kx7b000555", ("kx7b000555", "kx7b000556")),
    ],
)
def test_a_number_of_ten_signs_is_an_order_where_it_is_no_word_and_no_telephone(
    text: str, orders: tuple[str, ...]
) -> None:
    assert orders_in(text) == orders


def test_an_absence_note_of_the_buyers_expects_no_answer() -> None:
    (found,) = parse(mail_payload(written("Bin weg.", headers={"From": ALIAS, "Auto-Submitted": "auto-replied"})))
    assert isinstance(found, InboundMessage)
    assert (found.automatic, found.expects_answer) == (Automatic.AUTO_REPLY, False)
