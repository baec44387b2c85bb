import pytest

from tresen.mail.parts.html_text import to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>eins</p><p>zwei</p>", "eins\n\nzwei"),
        ("eins<br>zwei", "eins\nzwei"),
        ("<pre>a  b\n c</pre>", "a  b\n c"),
        ("<style>p { color: red }</style><title>x</title><p>nur das</p>", "nur das"),
        ('<div style="display:none">versteckt</div>da', "da"),
        ("Gr&uuml;&szlig;e &amp; Dank &#8364;", "Grüße & Dank €"),
        ("", ""),
        ("<!-- nichts -->", ""),
        ("ohne Tags", "ohne Tags"),
    ],
)
def test_html_reads_as_a_person_reads_it(html, text):
    assert to_text(html) == (text, False)


def test_a_table_keeps_its_cells_apart():
    text, _ = to_text("<table><tr><td>Artikel</td><td>2</td></tr><tr><td>Lampe</td><td>1</td></tr></table>")
    assert [line.split() for line in text.split("\n")] == [["Artikel", "2"], ["Lampe", "1"]]


def test_nesting_beyond_reason_keeps_the_words_and_says_that_it_was_simplified():
    assert to_text("<div>" * 20_000 + "hallo") == ("hallo", True)


def test_more_than_can_be_read_is_cut_and_says_so():
    text, simplified = to_text("<p>x</p>" * 200_000)
    assert simplified
    assert text.count("x") == 125_000
