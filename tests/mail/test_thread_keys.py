from uuid import UUID

import pytest

from tresen.mail.thread_keys import (
    is_own_message_id,
    message_ids,
    own_message_id,
    without_prefixes,
)

KEY = UUID("018f0000-0000-7000-8000-000000000001")


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("<a@b>", ("a@b",)),
        ("<a@b> <c@d>\t<a@b>", ("a@b", "c@d")),
        ("<a@b><c@d>", ("a@b", "c@d")),
        ("<long \t folded@b>", ("longfolded@b",)),
        ("a@b", ("a@b",)),
        ("your mail of Monday <a@b> (Max's message)", ("a@b",)),
        ("<without-at>", ("without-at",)),
        ("", ()),
        ("<>", ()),
    ],
)
def test_ids_are_found_in_whatever_senders_write(value, ids):
    assert message_ids(value) == ids


def test_a_chain_without_end_keeps_its_latest():
    assert message_ids("".join(f"<{number}@x>" for number in range(1000)))[-1] == "999@x"
    assert len(message_ids("".join(f"<{number}@x>" for number in range(1000)))) == 100


def test_our_ids_are_told_from_others():
    assert is_own_message_id(own_message_id(KEY, domain="shop.example"))
    assert not is_own_message_id("0102019a-000000@eu-west-1.amazonses.com")
    assert not is_own_message_id(f"{KEY.hex}@shop.example")


@pytest.mark.parametrize(
    "subject",
    [
        "Paket kaputt", "Re: Paket kaputt", "RE: Paket kaputt", "AW: Paket kaputt", "WG: AW: Paket kaputt",
        "R: Paket kaputt",
        "I: R: Paket kaputt", "Fwd: Paket kaputt", "FW: RE: Paket kaputt", "SV: Paket kaputt", "Re[2]: Paket kaputt",
        "Re(3): Paket kaputt", "RE : Paket kaputt", "Antw: Paket kaputt", "ODP: Paket kaputt", "RV: Paket kaputt",
        "TR: Paket kaputt", "回复: Paket kaputt", "回复\uff1aPaket kaputt", "YNT: Paket kaputt",
        "re:re:re:Paket kaputt",
        "  Re:   PAKET   Kaputt ",
    ],
)  # fmt: skip
def test_answers_and_forwards_in_many_languages_share_their_subject(subject):
    assert without_prefixes(subject).casefold().split() == ["paket", "kaputt"]


@pytest.mark.parametrize(
    "subject", ["Retoure: kaputt", "Reklamation", "Ihre Anfrage: Paket", "Auto: Bremse", "Re", "Ref: 17"]
)
def test_words_that_only_look_like_a_mark_stay(subject):
    assert without_prefixes(subject) == subject


def test_a_subject_of_nothing_but_marks_stays_readable():
    assert without_prefixes("Re: Re:") == "Re:"
