"""What several connectors say."""

from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy("Marketplace"),
    gettext_lazy("Orders"),
    gettext_lazy("Messages"),
    gettext_lazy("Returns"),
    gettext_lazy("Stock"),
    gettext_lazy("Sender address"),
    gettext_lazy("Addresses customers' messages arrive at"),
    gettext_lazy("Addresses the contact form writes to"),
    gettext_lazy("Further addresses of this store"),
    gettext_lazy("Order number pattern"),
    gettext_lazy("The customer-care address registered in Seller Center; the relay takes mail from no other."),
    gettext_lazy("Only where one mailbox serves several stores."),
    gettext_lazy("Answers come from here."),
    gettext_lazy("Mail to any of them belongs to this store."),
    gettext_lazy("It arrived damaged"),
    gettext_lazy("It did not arrive"),
    gettext_lazy("It was the wrong item"),
    gettext_lazy("It is not as expected"),
    gettext_lazy("It came too late"),
    gettext_lazy("The buyer changed their mind"),
    gettext_lazy("Goodwill"),
)
