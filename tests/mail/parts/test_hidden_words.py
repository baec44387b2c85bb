import pytest

from tresen.mail.parts.html_text import to_text


@pytest.mark.parametrize(
    "hides",
    [
        'style="display:none"',
        'style="DISPLAY : none !important"',
        'style="display/* x */:none; color:red"',
        'style="color:#fff;visibility:hidden"',
        'style="visibility:collapse"',
        'style="font-size:0"',
        'style="font-size:0px"',
        'style="font-size:.0em;line-height:1"',
        'style="font:0/0 a"',
        'style="opacity:0"',
        "hidden",
        'hidden="until-found"',
    ],
)
@pytest.mark.parametrize("tag", ["div", "span", "td"])
def test_words_that_nobody_sees_are_not_read(hides, tag):
    inside = f"<{tag} {hides}>Anwalt <b>Klage</b> Polizei</{tag}>"
    html = f"<table><tr>{inside}<td>da</td></tr></table>" if tag == "td" else f"<p>da {inside}</p>"
    text, simplified = to_text(html)
    assert (text.split(), simplified) == (["da"], False)


@pytest.mark.parametrize(
    "html",
    [
        '<div style="font-size:0">weg <p style="font-size:14px">da</p> weg</div>',
        '<div style="font-size:0">weg <p style="font:bold 14px/1.2 Arial">da</p></div>',
        '<div style="font-size:0">weg <font size="2">da</font></div>',
        '<div style="visibility:hidden">weg <p style="visibility:visible">da</p> weg</div>',
    ],
)
def test_what_is_made_visible_again_within_is_read(html):
    assert to_text(html) == ("da", False)


@pytest.mark.parametrize(
    "html",
    [
        '<div style="font-size:0"><p style="font-size:200%">weg</p></div>da',
        '<div style="display:none"><p style="display:block;visibility:visible">weg</p></div>da',
        "<template>weg</template>da",
        '<div style="font-size:0"><!-- x -->weg<br>weg</div>da',
    ],
)
def test_what_stays_hidden_is_not_read(html):
    assert to_text(html) == ("da", False)


@pytest.mark.parametrize(
    "style",
    ["font-size:0.9em", "font-size:10px", "opacity:0.8", "display:block", "font:400 12px Arial", "margin:0", ";:"],
)
def test_small_is_not_hidden(style):
    assert to_text(f'<p style="{style}">da</p>') == ("da", False)


def test_where_all_is_hidden_the_words_are_kept_and_said_to_be_simplified():
    assert to_text('<div style="visibility:hidden">nur das</div>') == ("nur das", True)


def test_words_behind_a_hidden_element_stay():
    assert to_text('eins <span style="display:none">weg</span>zwei') == ("eins zwei", False)
