"""Icons as inline SVG, from the lucide wheel."""

from functools import cache

from lucide import _render_icon
from markupsafe import Markup


@cache
def icon(name: str, size: int = 16) -> Markup:
    """An icon that only accompanies words: screen readers skip it. Raises IconDoesNotExist for an unknown name."""
    svg = _render_icon(name, size, **{"class": "icon", "aria_hidden": "true", "stroke_width": "1.75"})
    return Markup(svg)  # noqa: S704 - drawn by the wheel from its own files, no input from outside
