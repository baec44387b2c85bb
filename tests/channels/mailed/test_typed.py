import pytest

from tresen.channels.amazon.contents import order_ids
from tresen.channels.mailed.typed import as_typed

NUMBER = "302-1234567-7654321"
FULL_WIDTH = 0xFEE0


@pytest.mark.parametrize(
    "written",
    [
        NUMBER,
        NUMBER.replace("-", "\u2010"),
        NUMBER.replace("-", "\u2011"),
        NUMBER.replace("-", "\u2013"),
        NUMBER.replace("-", "\u2212"),
        NUMBER.replace("-", "\uff0d"),
        "".join(chr(ord(sign) + FULL_WIDTH) for sign in NUMBER),
        "٣٠٢-١٢٣٤٥٦٧-٧٦٥٤٣٢١",
        "\u200b302-123\u200b4567\u2060-765\u00ad4321\ufeff",
        "\u2066302-1234567-7654321\u2069",
    ],
)
def test_an_order_number_is_found_however_it_was_set(written):
    assert as_typed(written) == NUMBER
    assert order_ids(f"Wo ist Bestellung {written}?") == (NUMBER,)


def test_a_dash_between_words_stays_one():
    assert as_typed("Nummer 302-1234567-7654321\u2013bitte \u2014 schnell, Größe \u2013 L") == (
        "Nummer 302-1234567-7654321\u2013bitte \u2014 schnell, Größe \u2013 L"
    )
    assert order_ids("302-1234567-7654321\u2013bitte") == (NUMBER,)


def test_the_sign_before_a_number_may_be_of_full_width():
    assert as_typed("".join(chr(ord(sign) + FULL_WIDTH) for sign in "#1042")) == "#1042"
