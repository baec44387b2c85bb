import pytest

from tresen.stores.order_patterns import objections


@pytest.mark.parametrize(
    "pattern",
    ["", r"#\d+", r"BH-\d{5}", r"\bORD[-_ ]?\d+\b", r"[A-Z0-9]+-[A-Z0-9]+", r"(?:Order|Bestellung)\s*(?:Nr\.?)?\s*\d+"],
)
def test_patterns_as_shops_write_them_are_taken(pattern):
    assert list(objections(pattern)) == []


@pytest.mark.parametrize(
    "pattern", [r"(a+)+$", r"BH-(\d+-?)+$", r"(ab|a|b)+c", r"(?P<n>\d+)+z", r"\d+\d+\d+x", r"(?:\s*\d\s*)+x"]
)
def test_a_pattern_that_some_text_holds_up_for_long_is_refused_with_the_cure(pattern):
    (sentence,) = objections(pattern)
    assert "takes too long" in sentence
    assert "{1,12}" in sentence


@pytest.mark.parametrize(
    ("pattern", "words"),
    [("(", "can't be read"), ("BH-[", "look at sign 4,"), ("x*", "fits anything"), ("x" * 121, "too long")],
)
def test_what_is_no_pattern_or_none_to_find_numbers_by_is_refused(pattern, words):
    (sentence,) = objections(pattern)
    assert words in sentence
