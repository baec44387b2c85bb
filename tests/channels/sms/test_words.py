"""The words by which people end being written to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.channels.sms.words import STARTING, STOPPING, Word, word_in


@pytest.mark.parametrize("around", ["{}", " {}. ", "„{}!“", "\n{}\n"])
def test_the_words_count_alone_and_whatever_their_case(around: str) -> None:
    for words, means in ((STOPPING, Word.STOP), (STARTING, Word.START)):
        for word in words:
            assert {word_in(around.format(form)) for form in (word, word.lower(), word.title())} == {means}


def test_accents_are_left_out_or_not() -> None:
    assert {word_in(text) for text in ("ARRÊT", "arrêté", "Arrêtê", "Arret")} == {Word.STOP}


@given(st.text())
def test_any_other_text_is_none_of_them(text: str) -> None:
    for word in STOPPING | STARTING:
        assert word_in(f"{word} x{text}") is None
        assert word_in(f"{text}x {word}") is None


def test_a_word_in_a_sentence_ends_nothing() -> None:
    assert [word_in(text) for text in ("", "Stop the order, please", "STOPS", "Nonstop", "?!")] == [None] * 5
