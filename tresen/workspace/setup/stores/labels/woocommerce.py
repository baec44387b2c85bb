"""What WooCommerce's connector says."""

from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy("Answers to shoppers come from here."),
    gettext_lazy("WordPress, WooCommerce, Settings, Advanced, Webhooks: the field Secret, the same for each of them."),
    gettext_lazy("Open the shop in your browser. Its address is what stands before /shop or /wp-admin."),
    gettext_lazy("Address of the shop"),
    gettext_lazy("Like https://shop.example. It must begin with https."),
    gettext_lazy(
        "In WordPress open WooCommerce, Settings, Advanced, REST API and choose Add key. Take a user who may "
        "edit orders, and Read/Write as permissions; with Read alone nothing can be refunded, cancelled, "
        "completed or written to buyers from here. Choose Generate API key and paste both; "
        "they are shown once only."
    ),
    gettext_lazy("Consumer key"),
    gettext_lazy("It begins with ck_."),
    gettext_lazy("Consumer secret"),
    gettext_lazy("It begins with cs_."),
    gettext_lazy(
        "Once the shop is connected, let it tell of orders at once: the page of the store’s webhooks says what to "
        "enter in WordPress. Without it they come some minutes later."
    ),
    gettext_lazy("Secret"),
    gettext_lazy("At least 16 characters: who guesses it could tell of orders that do not exist."),
    gettext_lazy("Something else answers there: check the shop’s address, and that its permalinks are not plain ones."),
    gettext_lazy("The shop’s address must begin with https://: over http anybody on the way could read the key."),
    gettext_lazy("The shop has no order %(number)s."),
    gettext_lazy("The shop’s payment provider pays it back; where it can’t, nothing is paid and nothing is noted."),
    gettext_lazy("WooCommerce tells the buyer by e-mail, unless the shop has turned that mail off."),
    gettext_lazy("No money goes back by it: refund what was paid besides."),
    gettext_lazy("Whether the buyer is told depends on the shop’s e-mail settings."),
    gettext_lazy("The whole order becomes complete."),
    gettext_lazy("Carrier and tracking number go to the buyer in a note of their own."),
    gettext_lazy("Note to the customer"),
    gettext_lazy("WordPress, WooCommerce, Settings, Advanced, Webhooks: one for each of these, active, API version 3."),
)
