"""The style sheets in the order the page loads them. Their order of precedence stands in layers.css."""

from functools import cache

from django.templatetags.static import static
from markupsafe import Markup

EVERYWHERE = ("layers", "tokens", "reset", "base", "frame", "demo", "frame-small")
PIECES = (
    "chart",
    "avatar", "badge", "banner", "button", "card", "channel", "clock", "dialog", "empty", "field", "key", "menu",
    "message", "mail", "more", "order", "place", "table", "tier", "toast",
)  # fmt: skip
SCREENS = (
    "chats",
    "duties",
    "asked",
    "rules",
    "reports",
    "entrance", "queue", "queue-open", "views-drawer", "list-foot", "splitter", "row", "row-choice", "row-compact",
    "ticket", "ticket-clocks", "thread", "composer", "composer-choice", "side", "ticket-small", "composer-small",
    "sheets", "palette", "hand-over", "ladder",
    "board", "board-strip", "board-sides", "board-wall", "board-small", "setup", "setup-lists", "first-steps",
    "setup-sides", "connection", "policies", "policy-form", "open-clocks", "timetables", "lanes", "limits", "erasures",
    "notices", "year",
    "roster", "roster-lists", "roster-small", "styleguide",
)  # fmt: skip


@cache
def stylesheets() -> Markup:
    """All link elements. One set for every screen: the browser keeps them, and a change of screen loads nothing."""
    names = [*EVERYWHERE, *(f"pieces/{name}" for name in PIECES), *(f"screens/{name}" for name in SCREENS)]
    link = Markup('<link rel="stylesheet" href="{}">')
    return Markup("\n").join(link.format(static(f"css/{name}.css")) for name in names)
