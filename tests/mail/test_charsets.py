import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.mail.charsets import decode, decode_unlabelled, decode_windows


def test_bytes_without_a_label_are_utf_8_or_western_european():
    assert decode_unlabelled("Grüße".encode()) == "Grüße"
    assert decode_unlabelled("Grüße €".encode("cp1252")) == "Grüße €"
    assert decode_windows(b"\x81") == "\x81"


@pytest.mark.parametrize("label", ["utf-8", "us-ascii", "", "nonsense"])
def test_ascii_is_never_a_guess(label):
    assert decode(b"Paket", label) == ("Paket", False)


def test_an_empty_text_is_empty_in_every_charset():
    assert decode(b"", "utf-16") == ("", False)


def test_cyrillic_without_a_label_is_guessed_by_its_letters():
    text = "Здравствуйте, где находится моя посылка? Я жду уже две недели и очень недоволен." * 3
    assert decode(text.encode("cp1251"), "")[0] == text


def test_a_short_name_under_an_unknown_label_is_western_european():
    assert decode("Jürgen".encode("cp1252"), "x-foo") == ("Jürgen", True)


def test_what_calls_itself_utf_8_and_holds_none_of_it_is_western_european():
    assert decode("Größe – 5 €".encode("cp1252"), "utf-8") == ("Größe – 5 €", True)
    assert decode("Größe".encode() + b"\xff", "utf-8") == ("Größe\ufffd", True)
    assert decode(b"x\xed\xa0\x80y", "utf-8")[0].startswith("x\ufffd")


@given(
    st.binary(max_size=300),
    st.text(max_size=20) | st.sampled_from(["utf-8", "utf-16", "utf-7", "iso-2022-jp", "hz", "cp037"]),
)
def test_every_byte_under_every_label_gives_some_text(content, label):
    assert isinstance(decode(content, label)[0], str)
