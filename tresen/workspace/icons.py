"""Icons as inline SVG, from the lucide wheel."""

from functools import cache

from lucide import _render_icon
from markupsafe import Markup

MARKS = ("octagon-alert", "circle-x", "alarm-clock", "circle-pause", "circle-check", "circle-dashed", "circle-slash")
"""Drawn once a page and referred to: clocks stand on every row of a list."""


@cache
def icon(name: str, size: int = 16) -> Markup:
    """An icon that only accompanies words: screen readers skip it. Raises IconDoesNotExist for an unknown name."""
    svg = _render_icon(name, size, **{"class": "icon", "aria_hidden": "true", "stroke_width": "1.75"})
    return Markup(svg)  # noqa: S704 - drawn by the wheel from its own files, no input from outside


@cache
def mark(name: str) -> Markup:
    """One of MARKS, by reference to the page's sprite."""
    assert name in MARKS
    return Markup('<svg class="icon" width="16" height="16" aria-hidden="true"><use href="#mark-{}"/></svg>').format(
        name
    )


@cache
def sprite() -> Markup:
    """The drawings that `mark` refers to; stands once on every page."""
    symbol = Markup('<symbol id="mark-{}" viewBox="0 0 24 24">{}</symbol>')
    return Markup('<svg class="sprite" width="0" height="0" aria-hidden="true">{}</svg>').format(
        Markup().join(symbol.format(name, icon(name, 24)) for name in MARKS)
    )
