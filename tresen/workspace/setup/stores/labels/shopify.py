"""What Shopify's connector says."""

from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy("The store contact e-mail of the Shopify admin, where one mailbox serves several stores."),
    gettext_lazy("Answers to shoppers come from here."),
    gettext_lazy(
        "Shopify admin, Settings, Notifications, Webhooks: below the list; or the client secret of your app.",
    ),
    gettext_lazy("A regular expression, if your numbers do not look like #1042."),
)
