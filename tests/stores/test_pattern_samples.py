import pytest

from tresen.stores.pattern_samples import Searched, samples, search_worst


def test_what_is_repeated_comes_after_what_stands_before_it_and_ends_unfit():
    texts = set(samples(r"BH-(\d+)+$"))
    assert "BH-" + 40 * "1" + "\0" in texts
    assert "BH-" + 2000 * "1" + "\0" in texts
    assert "B" + 40 * "H-" + "\n\0" in texts


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"([a-z]|\w)+!", 40 * "a" + "\0"),
        (r"(\w|\d)+!", 40 * "1" + "\0"),
        (r"\x41+", 40 * "A" + "\0"),
        (r"[^\]1]+", 40 * "a" + "\0"),
        (r"(?P<number>ä)+", 40 * "ä" + "\0"),
        (r"\.{2,}", 40 * "." + "\0"),
    ],
)
def test_a_sign_is_one_that_the_piece_fits(pattern, text):
    assert text in set(samples(pattern))


def test_all_texts_are_searched_to_their_end():
    assert search_worst(r"#\d{4,12}") == Searched(texts=len(list(samples(r"#\d{4,12}"))))
