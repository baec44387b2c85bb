"""A small page: what the buyers of an account see, and what has been done about their orders."""

from collections.abc import Iterable
from html import escape

from tresen.fakes.sales import Letter, Sale, Talk
from tresen.fakes.world import World

_STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { margin: 0 auto; max-inline-size: 60rem; padding: 1.5rem }
article { border: 1px solid color-mix(in oklab, currentColor 20%, transparent); border-radius: .75rem; padding: 1rem }
article + article { margin-block-start: 1rem }
h2 { font-size: 1rem; margin: 0 }
.letter { border-radius: .75rem; margin-block: .5rem; max-inline-size: 85%; padding: .5rem .75rem }
.letter { white-space: pre-wrap }
.buyer { background: color-mix(in oklab, currentColor 8%, transparent) }
.seller, .operator { background: color-mix(in oklab, oklch(60% .15 250) 18%, transparent) }
.seller, .operator { margin-inline-start: auto }
small { opacity: .7 }
"""
_MOST = 100


def overview(accounts: Iterable[tuple[str, str]]) -> str:
    """All accounts by name and platform, each with its page."""
    links = "".join(
        f'<li><a href="/{escape(name)}/seen">{escape(name)}</a> ({escape(title)})</li>' for name, title in accounts
    )
    return _page("Fake platforms", f"<p>They talk to this machine alone.</p><ul>{links}</ul>")


def page_of(name: str, title: str, world: World) -> str:
    """The account's conversations and orders, what changed last first."""
    with world.alone():
        talks = sorted(
            (talk for talk in world.talks.values() if talk.letters), key=lambda one: one.changed_at, reverse=True
        )
        sales = sorted(world.sales.values(), key=lambda one: one.changed_at, reverse=True)
        body = [_talk(talk) for talk in talks[:_MOST]] + [_sale(sale) for sale in sales[:_MOST]]
    return _page(f"{title}: {name}", "".join(body) or "<p>Nothing is there yet.</p>")


def _talk(talk: Talk) -> str:
    letters = "".join(_letter(letter) for letter in talk.letters)
    about = talk.sale or talk.item
    return f"<article><h2>{escape(talk.topic)} · {escape(talk.buyer.name)} · {escape(about)}</h2>{letters}</article>"


def _letter(letter: Letter) -> str:
    head = f"<small>{letter.by} · {letter.at:%d %b %H:%M:%S}</small>"
    files = "".join(f"\n<small>{escape(name)}, {size:,} bytes</small>" for name, size in letter.files)
    return f'<div class="letter {letter.by}">{head}\n{escape(letter.text)}{files}</div>'


def _sale(sale: Sale) -> str:
    state = "cancelled" if sale.cancelled_at else "shipped" if sale.parcels else "open"
    facts = [
        f"{sale.total / 100:.2f} {escape(sale.currency)}, {state}",
        *(f"{line.quantity} × {escape(line.title)}" for line in sale.lines),
        *(f"{escape(one.carrier)} {escape(one.tracking)}: {one.state}" for one in sale.parcels),
        *(f"refund of {one.amount / 100:.2f}: {escape(one.reason)}" for one in sale.refunds),
        *(f"return {escape(one.id)}: {one.state}" for one in sale.returns),
    ]
    items = "".join(f"<li>{fact}</li>" for fact in facts)
    return f"<article><h2>{escape(sale.number)} · {escape(sale.buyer.name)}</h2><ul>{items}</ul></article>"


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style><h1>{escape(title)}</h1>{body}</html>"
    )
