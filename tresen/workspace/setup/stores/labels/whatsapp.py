"""What WhatsApp's connector says, beside what all of Meta's say."""

from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy(
        "Choose WhatsApp, API setup. Paste the number’s id, the id of the WhatsApp Business Account that stands beside "
        "it, and a token of a system user, which does not end (Business settings, System users), with the permissions "
        "whatsapp_business_messaging and whatsapp_business_management."
    ),
    gettext_lazy("Phone number ID"),
    gettext_lazy("WhatsApp Business Account ID"),
    gettext_lazy("The business account does not tell this app of messages yet: subscribe the app to it at Meta."),
    gettext_lazy(
        "Make up a word for Meta’s question whether the address below is yours, the same for all stores of this app. "
        "Connect first. Then enter address and word at Meta, WhatsApp, Configuration, and subscribe to the fields that "
        "the page about webhooks names."
    ),
    gettext_lazy("All other requests"),
    gettext_lazy("developers.facebook.com, your app, WhatsApp, Configuration: as callback URL, for these fields."),
)
