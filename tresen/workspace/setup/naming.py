"""What stores, brands, channels, timetables and languages are called, for sentences and for choices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from unicodedata import combining, normalize

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from django.utils import translation

from tresen.staffing.models import Timetable
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connectors
from tresen.stores.models import Brand, Store

SPOKEN = ("en", "de", "it", "fr", "es", "nl", "pl", "pt", "sv", "da", "cs", "tr")
"""The languages offered where buyers' languages are chosen: those of Europe's large marketplaces."""

EXPECTED = {
    "mirakl": "Mirakl",
}
"""Channels that the standard targets name already and whose connectors are still to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What ids and keys are called."""

    stores: dict[int, str]
    brands: dict[int, str]
    timetables: dict[int, str]
    channels: dict[str, str]


def names_in_use() -> Names:
    """Three small queries. Retired stores and timetables are named too: what was said about them still stands."""
    return Names(
        stores=dict(Store.objects.order_by("name").values_list("pk", "name")),
        brands=dict(Brand.objects.order_by("name").values_list("pk", "name")),
        timetables=dict(Timetable.objects.order_by("name").values_list("pk", "name")),
        channels={connector.key: channel_title(connector.key) for connector in connectors()},
    )


def any_channel_title(key: str) -> str:
    """What a channel is called, also one that has no connector yet; its key where nobody knows it."""
    try:
        return channel_title(key)
    except LookupError:
        return EXPECTED.get(key, key)


def marketplace_title(host: str) -> str:
    """What a marketplace is called: Amazon.de."""
    title = _marketplaces().get(host, "")
    return translation.gettext(title) if title else host


def language_title(code: str) -> str:
    """A language in the agent's own: "German"."""
    try:
        return Locale.parse(code, sep="-").get_display_name(reader()) or code
    except (ValueError, LookupError):
        return code


def alphabetical(title: str) -> str:
    """What a title is sorted by: Österreich stands among the O, as people look it up."""
    return "".join(sign for sign in normalize("NFKD", title) if not combining(sign)).casefold()


def spoken(*also: str) -> list[tuple[str, str]]:
    """The choices of a buyer's language, by name; `also` adds those that are in use."""
    titles = {code: language_title(code) for code in (*SPOKEN, *also) if code}
    return sorted(titles.items(), key=lambda choice: alphabetical(choice[1]))


def one_of(names: Iterable[str]) -> str:
    """A, B or C."""
    return format_list(list(names), style="or", locale=reader())


def day_in_words(day: date) -> str:
    """22 Nov 2026."""
    return format_date(day, "medium", locale=reader())


def reader() -> str:
    """The agent's language, as Babel calls it."""
    language = translation.get_language() or "en"
    return "en_GB" if language == "en" else language


@cache
def _marketplaces() -> dict[str, str]:
    return {host: title for connector in connectors() for host, title in connector.marketplaces}
