"""What the end of a marketplace's host says: the language of its buyers, where it has one alone."""

from collections.abc import Iterable

_LANGUAGES = {
    "de": ("de", "at"),
    "en": ("com", "co.uk", "ie", "com.au", "ca", "com.sg", "ph", "com.my", "in"),
    "es": ("es", "com.mx"),
    "fr": ("fr",),
    "it": ("it",),
    "nl": ("nl",),
    "pl": ("pl",),
    "pt": ("com.br",),
    "sv": ("se",),
    "tr": ("com.tr",),
}
_BY_END = {end: language for language, ends in _LANGUAGES.items() for end in ends}


def language_of(host: str) -> str:
    """Most buyers' language at a marketplace, "de" for ebay.de; empty where the host does not tell."""
    return _BY_END.get(_end(host), "")


def likely(hosts: Iterable[str], *, sold_at: Iterable[str], language: str) -> str:
    """The one of these that fits a seller: as where he sells already, else the site of his language; or empty.

    `sold_at` are his marketplaces so far. English has no site that fits more than others.
    """
    offered = {_end(host): host for host in hosts if _end(host)}
    ends = [_end(host) for host in sold_at if _end(host) in offered]
    if ends:
        return offered[max(sorted(set(ends)), key=ends.count)]
    return offered.get(language, "") if language != "en" else ""


def _end(host: str) -> str:
    """What follows the name: "co.uk" of ebay.co.uk; empty for what is no host."""
    return host.partition(".")[2]
