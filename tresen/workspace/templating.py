"""The Jinja2 environment of all screens."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from jinja2.ext import i18n

from tresen.channels.contract import Look
from tresen.stores.connectors import connector_of
from tresen.tickets.queries import known_tags
from tresen.workspace import dates, keys, money, naming, rail, telling, words
from tresen.workspace.icons import icon, mark, sprite
from tresen.workspace.remembering import once, unchanging
from tresen.workspace.stylesheets import stylesheets
from tresen.workspace.ticket import order_words


def jinja_environment(**options: Any) -> Environment:
    """The environment Django asks for: escaping on, unknown names are errors, every string goes through gettext."""
    given = {**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    given.pop("autoescape", None)
    environment = Environment(**given, autoescape=True, extensions=[i18n])
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals |= {
        "static": static,
        "url": url,
        "icon": icon,
        "mark": mark,
        "sprite": sprite,
        "once": once,
        "unchanging": unchanging,
        "stylesheets": stylesheets,
        "current_language": translation.get_language,
        "languages": settings.LANGUAGES,
        "words_for_scripts": words.for_scripts,
        "places_of": rail.places_of,
        "all_keys": keys.all_keys,
        "told": telling.told,
        "look_of": look_of,
        "name_of": naming.name_of,
        "naming": naming,
        "order_words": order_words,
        "known_tags": known_tags,
    }
    environment.filters |= {
        "clock_time": dates.clock_time,
        "day": dates.day,
        "day_and_time": dates.day_and_time,
        "iso": dates.iso,
        "size": dates.file_size,
        "money": money.money,
        "initials": initials,
    }
    return environment


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named route."""
    return reverse(name, args=args, kwargs=kwargs)


def look_of(channel: str) -> Look:
    """How a channel is told apart by eye."""
    return connector_of(channel).look


def initials(name: str) -> str:
    """One or two letters that stand for a name: "Jana Meier" is JM, an empty name is a dot."""
    parts = [part for part in name.replace("@", " ").split() if part[0].isalnum()]
    if not parts:
        return "·"
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()
