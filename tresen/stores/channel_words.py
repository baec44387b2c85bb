"""What channels and their limits are called. Channels' titles are English data, made known to the catalogues here.

A test holds the list complete; the words of rule packs stand in `tresen.stores.rule_words`.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tresen.stores.connectors import connector_of
from tresen.stores.models import Store

CHANNELS = (
    gettext_lazy("Amazon"),
    gettext_lazy("Console"),
    gettext_lazy("E-mail"),
    gettext_lazy("Facebook"),
    gettext_lazy("Instagram"),
    gettext_lazy("Kaufland"),
    gettext_lazy("Mirakl"),
    gettext_lazy("OTTO"),
    gettext_lazy("SMS"),
    gettext_lazy("Shopify"),
    gettext_lazy("TikTok Shop"),
    gettext_lazy("Walmart"),
    gettext_lazy("Website"),
    gettext_lazy("WhatsApp"),
    gettext_lazy("WooCommerce"),
    gettext_lazy("eBay"),
)


def channel_title(store: Store | str) -> str:
    """What the channel of a store, or with this key, is called in the active language. Raises LookupError."""
    return _(connector_of(store).title)


def source_title(source: str) -> str:
    """What a rule's source is called in the active language; an address stays as it is."""
    return source if "://" in source else _(source)


def limit_title(title: str) -> str:
    """What a platform's limit is called in the active language."""
    return _(title)
