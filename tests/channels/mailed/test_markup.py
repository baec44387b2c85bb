from tresen.channels.mailed.markup import Markup, text_of


def test_text_keeps_line_breaks_and_decodes_entities() -> None:
    block = Markup('<div id="a">one<br>two &amp; three<p>four</p></div>').by_id("a")
    assert block is not None
    assert text_of(block) == "one\ntwo & three\nfour"


def test_preformatted_text_keeps_its_spaces() -> None:
    (block,) = Markup("<pre>a  b\n  c</pre>").elements("pre")
    assert text_of(block) == "a  b\n  c"


def test_styles_and_scripts_are_no_text() -> None:
    block = Markup('<div id="a"><style>p{}</style><script>x()</script>seen<!-- not --></div>').by_id("a")
    assert block is not None
    assert text_of(block) == "seen"


def test_links_are_told_apart_by_where_they_stand() -> None:
    markup = Markup(
        '<a href="https://a.example">a</a><pre>x</pre><a href="https://b.example?x=1&amp;y=2">b</a><a>c</a>'
    )
    (block,) = markup.elements("pre")
    assert [link.url for link in markup.links(before=block)] == ["https://a.example"]
    assert [link.url for link in markup.links(after=block)] == ["https://b.example?x=1&y=2"]
    assert [link.label for link in markup.links()] == ["a", "b"]


def test_only_innermost_tables_are_read() -> None:
    tables = list(
        Markup("<table><tr><td><table><tr><th>A</th></tr><tr><td>1</td></tr></table></td></tr></table>").tables()
    )
    assert tables == [[["A"], ["1"]]]


def test_text_before_an_element_ends_there() -> None:
    markup = Markup("<p>above</p><pre>x</pre><p>below</p>")
    (block,) = markup.elements("pre")
    assert markup.text_before(block).strip() == "above"


def test_nothing_and_nonsense_give_nothing() -> None:
    for html in ("", "   ", "\n", "<", "<!-- only a comment -->", "plain"):
        markup = Markup(html)
        assert markup.links() == []
        assert list(markup.tables()) == []
        assert markup.by_id("a") is None


def test_an_encoding_declaration_in_the_markup_is_not_obeyed() -> None:
    (block,) = Markup('<?xml version="1.0" encoding="latin-1"?><meta charset="latin-1"><pre>ü</pre>').elements("pre")
    assert text_of(block) == "ü"
