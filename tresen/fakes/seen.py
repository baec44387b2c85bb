"""A small page: what the buyers of an account see, and what has been done about their orders."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape

from tresen.fakes.sales import Letter, Sale, Talk
from tresen.fakes.world import World

_STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { margin: 0 auto; max-inline-size: 60rem; padding: 1.5rem; overflow-wrap: anywhere }
article { border: 1px solid color-mix(in oklab, currentColor 20%, transparent); border-radius: .75rem; padding: 1rem }
article + article { margin-block-start: 1rem }
h1 { font-size: 1.5rem; line-height: 1.25; margin-block: .5rem 1rem }
h2 { font-size: 1.125rem; margin-block: 2rem .75rem }
h3 { font-size: 1rem; margin: 0 }
nav, form { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem }
form { margin-block: 1rem }
input, button { font: inherit; min-block-size: 2.75rem; padding-inline: .75rem; border-radius: .5rem }
input, button { border: 1px solid color-mix(in oklab, currentColor 45%, transparent) }
input { flex: 1 1 12rem; max-inline-size: 24rem; min-inline-size: 0 }
.letter { border-radius: .75rem; margin-block: .5rem; max-inline-size: 85%; padding: .5rem .75rem }
.letter { white-space: pre-wrap }
.buyer { background: color-mix(in oklab, currentColor 8%, transparent) }
.seller, .operator { background: color-mix(in oklab, oklch(60% .15 250) 18%, transparent) }
.seller, .operator { margin-inline-start: auto }
small { opacity: .7 }
"""
# Times stand in UTC; a browser that runs this shows them in its own zone, as Tresen does.
_OWN_ZONE = """
for (const one of document.querySelectorAll("time"))
  one.textContent = new Date(one.dateTime).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
"""
_MOST = 100
_LINK = re.compile(r"https?://[^\s<>\"']+")


def overview(accounts: Iterable[tuple[str, str]], *, desk: str = "") -> str:
    """All accounts by name and platform, each with its page. `desk` is the address of Tresen, where it is known."""
    links = "".join(
        f'<li><a href="/{escape(name)}/seen">{escape(title)}</a> <small>{escape(name)}</small></li>'
        for name, title in accounts
    )
    way = f"<nav>{_back(desk)}</nav>" if desk else ""
    said = (
        "<p>Invented platforms on this machine, which talk to nobody else: each shows what has reached its buyers.</p>"
    )
    chat = f"<p>The website’s chat is tried from <a href='{escape(desk)}/setup/stores/'>its store’s page</a>: Chat.</p>"
    return _page("What buyers see", f"{way}<h1>What buyers see</h1>{said}<ul>{links}</ul>{chat if desk else ''}")


def shop_page(script: str, *, desk: str = "") -> str:
    """A page of the shop's own website, as plain as one can be, with Tresen's script in it."""
    tag = f'<script src="{escape(script)}" async></script>' if script else ""
    said = "<p>An invented shop’s website on this machine. The chat is in the corner.</p>"
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return f"{head}<title>Shop</title>{_back(desk)}<h1>Lamps of fir</h1>{said}{tag}</html>"


def page_of(name: str, title: str, world: World, *, find: str = "", desk: str = "") -> str:
    """The account's conversations and orders, what changed last first; `find`: those in which it stands."""
    with world.alone():
        talks = [one for one in world.talks.values() if one.letters and _names(_of_talk(one), find)]
        sales = [one for one in world.sales.values() if _names(_of_sale(one), find)]
        talks.sort(key=lambda one: one.changed_at, reverse=True)
        sales.sort(key=lambda one: one.changed_at, reverse=True)
        parts = [
            _part("conversations", "Conversations", len(talks), [_talk(talk) for talk in talks[:_MOST]]),
            _part("orders", "Orders", len(sales), [_sale(sale) for sale in sales[:_MOST]]),
        ]
    shown = [part for part in parts if part[1]]
    jumps = "".join(jump for jump, _body in shown)
    heading = f"What buyers see: {title} ({name})"
    nothing = f"<p>Nothing here names “{escape(find)}”.</p>" if find else "<p>Nothing is there yet.</p>"
    head = f'<nav>{_back(desk)}<a href="/">All platforms</a>{jumps}</nav><h1>{escape(heading)}</h1>{_search(find)}'
    return _page(heading, head + ("".join(body for _jump, body in shown) or nothing))


def _back(desk: str) -> str:
    return f'<a href="{escape(desk)}">← Back to Tresen</a>' if desk else ""


def _search(find: str) -> str:
    clear = '<a href="?">Show all</a>' if find else ""
    return (
        '<form role="search"><input type="search" name="find" aria-label="Order number, name or words" '
        f'placeholder="Order number, name or words" value="{escape(find)}"><button>Find</button>{clear}</form>'
    )


def _part(anchor: str, title: str, count: int, articles: list[str]) -> tuple[str, str]:
    """Its jump, and itself; nothing where there is nothing."""
    if not articles:
        return "", ""
    shown = f" <small>the newest {_MOST} of {count}</small>" if count > _MOST else f" <small>{count}</small>"
    return (
        f'<a href="#{anchor}">{title}</a>',
        f'<section id="{anchor}"><h2>{title}{shown}</h2>{"".join(articles)}</section>',
    )


def _names(told: Iterable[str], find: str) -> bool:
    wanted = find.strip().casefold()
    return not wanted or any(wanted in one.casefold() for one in told)


def _of_talk(talk: Talk) -> Iterable[str]:
    return (talk.topic, talk.buyer.name, talk.sale, talk.item, *(letter.text for letter in talk.letters))


def _of_sale(sale: Sale) -> Iterable[str]:
    return (sale.number, sale.buyer.name, *(line.title for line in sale.lines), *(one.tracking for one in sale.parcels))


def _talk(talk: Talk) -> str:
    letters = "".join(_letter(letter) for letter in talk.letters)
    about = " · ".join(filter(None, (talk.topic, talk.buyer.name, talk.sale or talk.item)))
    return f"<article><h3>{escape(about)}</h3>{letters}</article>"


def _letter(letter: Letter) -> str:
    head = f"<small>{letter.by} · {_time(letter.at)}</small>"
    files = "".join(f"\n<small>{escape(name)}, {size:,} bytes</small>" for name, size in letter.files)
    return f'<div class="letter {letter.by}">{head}\n{_linked(letter.text)}{files}</div>'


def _linked(text: str) -> str:
    """The text with its links to follow."""
    parts, end = [], 0
    for found in _LINK.finditer(text):
        link = found[0].rstrip(".,;:!?)")
        parts += [escape(text[end : found.start()]), f'<a href="{escape(link)}">{escape(link)}</a>']
        end = found.start() + len(link)
    return "".join((*parts, escape(text[end:])))


def _time(at: datetime) -> str:
    here = at.astimezone(UTC)
    return f'<time datetime="{here:%Y-%m-%dT%H:%M:%SZ}">{here:%d %b %Y, %H:%M} UTC</time>'


def _sale(sale: Sale) -> str:
    state = "cancelled" if sale.cancelled_at else "shipped" if sale.parcels else "open"
    facts = [
        f"{sale.total / 100:.2f} {escape(sale.currency)}, {state}, ordered {_time(sale.ordered_at)}",
        *(f"{line.quantity} × {escape(line.title)}" for line in sale.lines),
        *(f"{escape(one.carrier)} {escape(one.tracking)}: {one.state}" for one in sale.parcels),
        *(f"refund of {one.amount / 100:.2f}: {escape(one.reason)}, {_time(one.at)}" for one in sale.refunds),
        *(f"return {escape(one.id)}: {one.state}" for one in sale.returns),
    ]
    items = "".join(f"<li>{fact}</li>" for fact in facts)
    return f"<article><h3>{escape(sale.number)} · {escape(sale.buyer.name)}</h3><ul>{items}</ul></article>"


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style>{body}<script>{_OWN_ZONE}</script></html>"
    )
