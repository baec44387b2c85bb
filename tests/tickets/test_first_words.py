"""What a ticket without a subject is called."""

from tresen.tickets.first_words import first_words, without_first_words

LONG = (
    "Guten Tag, bei der Wandleuchte flackert das Licht, auch mit einem neuen Leuchtmittel. Was können Sie denn da tun?"
)


def test_no_word_is_cut_and_the_row_goes_on_where_the_subject_ends() -> None:
    assert first_words("Moin,\nwo  ist sie?") == "Moin, wo ist sie?"
    called = first_words(LONG)
    assert (
        called == "Guten Tag, bei der Wandleuchte flackert das Licht, auch mit einem neuen Leuchtmittel. Was können …"
    )
    assert without_first_words(LONG, called) == "Sie denn da tun?"
    assert without_first_words("Wo ist mein Paket?", "Lieferung") == "Wo ist mein Paket?"
