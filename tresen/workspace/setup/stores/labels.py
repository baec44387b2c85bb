"""What connectors ask for when a store is set up: their labels are English data, here they are made known.

A test holds this list complete.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy("Marketplace"),
    gettext_lazy("Site"),
    gettext_lazy("Sender address"),
    gettext_lazy("Addresses buyers' messages arrive at"),
    gettext_lazy("Addresses members' messages arrive at"),
    gettext_lazy("Addresses customers' messages arrive at"),
    gettext_lazy("Addresses the contact form writes to"),
    gettext_lazy("Further addresses of this store"),
    gettext_lazy("Order number pattern"),
    gettext_lazy(
        "Must be approved in Seller Central under Messaging Permissions, else Amazon rejects answers.",
    ),
    gettext_lazy("The e-mail address of the eBay account; eBay passes on mail from no other."),
    gettext_lazy("The customer-care address registered in Seller Center; the relay takes mail from no other."),
    gettext_lazy("Only where one mailbox serves several stores."),
    gettext_lazy("The store contact e-mail of the Shopify admin, where one mailbox serves several stores."),
    gettext_lazy("Answers to shoppers come from here."),
    gettext_lazy("Answers come from here."),
    gettext_lazy("Mail to any of them belongs to this store."),
    gettext_lazy(
        "Shopify admin, Settings, Notifications, Webhooks: below the list; or the client secret of your app.",
    ),
    gettext_lazy("A regular expression, if your numbers do not look like #1042."),
)


def label(text: str) -> str:
    """A connector's words in the agent's language."""
    return _(text) if text else ""
