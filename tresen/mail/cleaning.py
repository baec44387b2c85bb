"""What may be stored and shown: text that PostgreSQL takes, HTML that cannot harm who reads it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote

import nh3

MAX_HTML_CHARACTERS = 500_000
# The cleaner's time grows with the square of the depth: 100,000 nested elements take it 23 s.
MAX_DEPTH = 500

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

_TAGS = {
    *("a", "abbr", "b", "big", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del"),
    *(
        "div",
        "dl",
        "dt",
        "em",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
    ),
    *("ol", "p", "pre", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot"),
    *("th", "thead", "tr", "tt", "u", "ul"),
}
_TAGS_WITH_THEIR_CONTENT = {
    "script",
    "style",
    "title",
    "head",
    "iframe",
    "object",
    "noscript",
    "template",
    "svg",
    "math",
}
_ATTRIBUTES = {
    "*": {"dir", "lang", "style", "align", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "valign", "width"},
    "th": {"colspan", "rowspan", "valign", "width"},
    "table": {"border", "cellpadding", "cellspacing", "width"},
    "col": {"span", "width"},
    "ol": {"start", "type"},
    "font": {"size"},
}
# Nothing that places, hides, overlays or loads. No colours either: a mail written for white paper would be
# unreadable on a dark screen.
_STYLES = {
    *("font-style", "font-weight", "text-align", "text-decoration", "vertical-align", "white-space", "list-style-type"),
    "border-collapse",
}
_SIZE = re.compile(r"\d{1,4}%?")
_CID_PICTURE = re.compile(r'(<img(?: [a-z]+="[^"]*")*? src=")cid:([^"]*)"', re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_SELF_CLOSING = {
    *("br", "img", "hr", "meta", "link", "input", "col", "area", "base", "wbr", "source"),
    *("p", "li", "td", "th", "tr", "dd", "dt", "tbody", "thead", "option"),
}
_BREAKING = {"br", "p", "div", "tr", "li", "table", "ul", "ol", "pre", "blockquote", "hr", "h1", "h2", "h3", "h4"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeHtml:
    """HTML fit for the screen. `blocked_images` counts remote pictures left out; `cut`: the original was longer."""

    html: str
    blocked_images: int = 0
    cut: bool = False


def clean_text(text: str) -> str:
    """`text` with line ends as LF, without control characters, lone surrogates replaced by U+FFFD."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LONE_SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def clean_line(text: str) -> str:
    """`text` on one line: clean, every run of white space one blank."""
    return " ".join(clean_text(text).split())


def safe_html(html: str, *, allow_remote_images: bool, attachment_url: Callable[[str], str | None]) -> SafeHtml:
    """A mail's HTML without anything that runs, loads, hides or escapes its frame.

    `attachment_url` gives our own address of the picture with a content id (no angle brackets), or None.
    Links open in a new tab and tell nobody where they were clicked.
    """
    cut = html[:MAX_HTML_CHARACTERS]
    if _depth(cut) > MAX_DEPTH:
        return SafeHtml(html=f"<pre>{escape(crude_text(cut))}</pre>", cut=True)
    blocked = 0

    def keep_attribute(tag: str, attribute: str, value: str) -> str | None:
        nonlocal blocked
        if tag == "img" and attribute == "src" and not value.strip().lower().startswith("cid:"):
            if allow_remote_images:
                return value
            blocked += 1
            return None
        if attribute in {"width", "height"}:
            return value if _SIZE.fullmatch(value) else None
        return value

    cleaned = nh3.clean(
        clean_text(cut),
        tags=_TAGS,
        clean_content_tags=_TAGS_WITH_THEIR_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=keep_attribute,
        filter_style_properties=_STYLES,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={
            "a": {"target": "_blank"},
            "img": {"loading": "lazy", "referrerpolicy": "no-referrer"},
        },
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        url_relative="deny",
    )
    return SafeHtml(
        html=_with_own_pictures(cleaned, attachment_url), blocked_images=blocked, cut=len(html) > MAX_HTML_CHARACTERS
    )


def _with_own_pictures(cleaned: str, attachment_url: Callable[[str], str | None]) -> str:
    """Content ids replaced by our addresses, after cleaning: the cleaner lets no relative address through."""

    def own(found: re.Match[str]) -> str:
        url = attachment_url(unquote(unescape(found[2])).strip("<>"))
        return f'{found[1]}{escape(url)}"' if url else found[1].removesuffix(' src="')

    return _CID_PICTURE.sub(own, cleaned)


def crude_text(html: str) -> str:
    """The words between the tags, for HTML that no parser can take: linear in its length, whatever it holds."""
    out: list[str] = []
    skip_until = ""
    for piece in html.split("<"):
        inside, closed, words = piece.partition(">")
        name = inside[:20].partition(" ")[0].strip().lower().rstrip("/")
        if skip_until:
            if name != skip_until:
                continue
            skip_until = ""
        elif name in {"script", "style", "title"}:
            skip_until = f"/{name}"
            continue
        if name.lstrip("/") in _BREAKING:
            out.append("\n")
        out.append(words if closed else inside)
    return clean_text(unescape("".join(out))).strip()


def _depth(html: str) -> int:
    """How deep elements nest at most, counted by tags that must be closed."""
    depth = deepest = 0
    for closing, name in _TAG.findall(html):
        if name.lower() in _SELF_CLOSING:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest
