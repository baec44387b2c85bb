import pytest

from tests.mail import hostile
from tresen.mail.mime import parse_mail
from tresen.mail.parts.flowed import joined


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("Meine Lampe ist \nzerbrochen.\nWas nun?", "Meine Lampe ist zerbrochen.\nWas nun?"),
        ("eins \n\nzwei", "eins \n\nzwei"),
        ("> Guten \n> Tag\n>> Hallo \n>> Welt\nneu", "> Guten Tag\n>> Hallo Welt\nneu"),
        ("> alt \nneu", "> alt \nneu"),
        (" From hier an\n > kein Zitat", "From hier an\n> kein Zitat"),
        ("Gruß \n-- \nAnna", "Gruß \n-- \nAnna"),
        ("> Gruß \n> -- \n> Anna", "> Gruß \n> -- \n> Anna"),
        ("offen ", "offen "),
        ("", ""),
    ],
)
def test_soft_breaks_are_undone_within_each_depth(sent, meant):
    assert joined(sent, without_blanks=False) == meant


def test_the_blank_of_a_soft_break_goes_where_the_sender_says_so():
    assert joined("注文番号 \n302-1234567", without_blanks=True) == "注文番号302-1234567"


@pytest.mark.parametrize(
    ("kind", "meant"),
    [
        ("text/plain; charset=utf-8; format=flowed", "Bestellung 302-1234567-7654321 fehlt."),
        ("text/plain; charset=utf-8; format=Flowed; DelSp=Yes", "Bestellung302-1234567-7654321 fehlt."),
        ("text/plain; charset=utf-8", "Bestellung \n302-1234567-7654321 fehlt."),
    ],
)
def test_only_what_calls_itself_flowed_is_joined(kind, meant):
    raw = hostile.raw("From: a@a.example", f"Content-Type: {kind}", body="Bestellung \n302-1234567-7654321 fehlt.")
    assert parse_mail(raw, trusted_receivers=[]).text == meant
