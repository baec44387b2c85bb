"""Pieces that look the same on every row and every page, and rows that read alike, are drawn once a language and kept.

A list comes anew whenever something in it changes: all rows but one read as they did, for everybody who sees them.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache

from django.utils import translation
from jinja2 import Environment, pass_environment
from jinja2.runtime import Macro
from markupsafe import Markup


def drawing() -> Callable[..., Markup]:
    """Draws a macro with its arguments; it may depend on nothing else but the language, asked for only here."""
    language = translation.get_language() or "en"

    def once(piece: Macro, *args: Hashable) -> Markup:
        return _drawn(piece, args, language)

    return once


@lru_cache(maxsize=4000)
def _drawn(piece: Macro, args: tuple[Hashable, ...], language: str) -> Markup:
    del language
    return Markup(piece(*args))  # noqa: S704 - a macro escapes what it is given


@pass_environment
def unchanging(environment: Environment, template: str) -> Markup:
    """A template that takes nothing from the request."""
    return _rendered(environment, template, translation.get_language() or "en")


@lru_cache(maxsize=50)
def _rendered(environment: Environment, template: str, language: str) -> Markup:
    del language
    return Markup(environment.get_template(template).render())  # noqa: S704 - rendered with escaping on
