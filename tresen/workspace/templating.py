"""The Jinja2 environment of all screens."""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from jinja2 import Environment, StrictUndefined
from jinja2.ext import i18n

from tresen.channels.contract import Look
from tresen.stores.connectors import connector_of
from tresen.tickets.queries import known_tags
from tresen.workspace import amounts, dates, keys, money, naming, places, rail, telling, words
from tresen.workspace.icons import icon, mark, sprite
from tresen.workspace.remembering import drawing, unchanging
from tresen.workspace.stylesheets import stylesheets
from tresen.workspace.ticket.orders import words as order_words


def jinja_environment(**options: Any) -> Environment:
    """The environment Django asks for: escaping on, unknown names are errors, every string goes through gettext."""
    given = {**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    given.pop("autoescape", None)
    environment = Environment(**given, autoescape=True, extensions=[i18n])
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        said, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals |= _names()
    environment.filters |= _filters()
    return environment


def _filters() -> dict[str, Callable[..., str]]:
    """How templates write times, sizes and money."""
    return {
        "clock_time": dates.clock_time,
        "day": dates.day,
        "day_and_time": dates.day_and_time,
        "iso": dates.iso,
        "iso_day": dates.iso_day,
        "local_input": dates.local_input,
        "size": dates.file_size,
        "money": money.money,
        "whole": amounts.whole,
        "tenths": amounts.tenths,
        "initials": initials,
    }


def _names() -> dict[str, Any]:
    """What every template may name."""
    return {
        "static": static,
        "url": url,
        "icon": icon,
        "mark": mark,
        "sprite": sprite,
        "drawing": drawing,
        "unchanging": unchanging,
        "stylesheets": stylesheets,
        "current_language": translation.get_language,
        "languages": settings.LANGUAGES,
        "is_demo": lambda: settings.DEMO,
        "buyers_pages": lambda: settings.DEMO_PLATFORMS,
        "words_for_scripts": words.for_scripts,
        "places_of": rail.places_of,
        "to_agree_to": rail.to_agree_to,
        "pages_named": places.pages_named,
        "all_keys": keys.all_keys,
        "told": telling.told,
        "look_of": look_of,
        "name_of": naming.name_of,
        "naming": naming,
        "order_words": order_words,
        "known_tags": known_tags,
    }


def url(name: str, *args: Hashable, **kwargs: Hashable) -> str:
    """The address of a named route. Remembered: a page asks for dozens, and they never change."""
    return _url(name, args, tuple(kwargs.items()))


@lru_cache(maxsize=5000)
def _url(name: str, args: tuple[Hashable, ...], kwargs: tuple[tuple[str, Hashable], ...]) -> str:
    return reverse(name, args=args, kwargs=dict(kwargs))


def said(message: str) -> str:
    """The message in the active language. Remembered: Django's own look-up is slow for a hundred of them."""
    return _said(message, translation.get_language() or "en")


@lru_cache(maxsize=10_000)
def _said(message: str, language: str) -> str:
    del language
    return translation.gettext(message)


def form_token(request: HttpRequest) -> dict[str, object]:
    """The token against forged forms, made once a page and only where one is asked for."""
    token = SimpleLazyObject(lambda: get_token(request))
    field = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    return {"csrf_token": token, "csrf_input": SimpleLazyObject(lambda: format_html(field, token))}


def look_of(channel: str) -> Look:
    """How a channel is told apart by eye."""
    return connector_of(channel).look


def initials(name: str) -> str:
    """One or two letters that stand for a name: "Jana Meier" is JM, an empty name is a dot."""
    parts = [part for part in name.replace("@", " ").split() if part[0].isalnum()]
    if not parts:
        return "·"
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()
