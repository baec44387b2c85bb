"""What connectors say to whoever sets up a store or acts on an order: English data there, made known here.

A test holds these lists complete.
"""

from django.utils.translation import gettext as _

from tresen.workspace.setup.stores.labels import (
    amazon,
    ebay,
    general,
    kaufland,
    meta,
    mirakl,
    otto,
    shopify,
    sms,
    tiktok_shop,
    walmart,
    whatsapp,
    woocommerce,
)

KNOWN = (
    *general.KNOWN,
    *amazon.KNOWN,
    *ebay.KNOWN,
    *kaufland.KNOWN,
    *meta.KNOWN,
    *mirakl.KNOWN,
    *otto.KNOWN,
    *shopify.KNOWN,
    *sms.KNOWN,
    *tiktok_shop.KNOWN,
    *walmart.KNOWN,
    *whatsapp.KNOWN,
    *woocommerce.KNOWN,
)


def label(text: str) -> str:
    """A connector's words in the agent's language."""
    return _(text) if text else ""
